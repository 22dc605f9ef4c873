"""The agreed slot is data: the next date follows it, over moved meetings and changes of the clock (product.md, 10)."""

from datetime import datetime, time
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from coaching.models import Agreement, AgreementDraft, CoachingSession
from coaching.rules import spans
from coaching.rules.slot import Slot, read_slot
from tests.coaching import steps

PACIFIC = ZoneInfo("America/Los_Angeles")


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=PACIFIC)


@pytest.fixture
def pacific(settings):
    settings.TIME_ZONE = "America/Los_Angeles"
    with timezone.override("America/Los_Angeles"):
        yield


@pytest.mark.parametrize(
    ("rhythm", "held", "following"),
    [
        ("fortnightly", (2026, 12, 4, 10, 0), (2026, 12, 18, 10, 0)),
        ("fortnightly", (2026, 12, 2, 15, 15), (2026, 12, 18, 10, 0)),  # held on Wednesday, for that Friday
        ("fortnightly", (2026, 12, 7, 9, 0), (2026, 12, 18, 10, 0)),  # held on Monday, for the Friday before
        ("weekly", (2026, 10, 30, 10, 0), (2026, 11, 6, 10, 0)),  # the clocks went back
        ("weekly", (2027, 3, 12, 10, 0), (2027, 3, 19, 10, 0)),  # and forward
        ("monthly", (2027, 1, 1, 10, 0), (2027, 2, 5, 10, 0)),
        ("three_weekly", (2028, 2, 11, 23, 30), (2028, 3, 3, 10, 0)),  # over a leap day
    ],
)
def test_the_next_date_follows_the_slot_and_not_when_begin_was_pressed(pacific, rhythm, held, following):
    agreement = Agreement(rhythm=rhythm, weekday="4", at="10:00")
    assert agreement.next_after(at(*held)) == at(*following)


def test_a_slot_in_the_hour_that_the_clocks_leave_out_is_the_one_that_they_show(pacific):
    found = Slot(6, time(2, 30)).on(at(2027, 3, 14).date(), PACIFIC)
    assert (found.hour, found.minute) == (3, 30)


def test_a_slot_has_a_day_and_an_hour(session, cast):
    draft = AgreementDraft.begin(session.partnership, by=cast.sam)
    terms = {name: getattr(draft, name) for name in draft.FIELDS}
    for half in ({"weekday": "4"}, {"at": "10:00"}):
        draft.put(by=cast.sam, **terms | {"weekday": "", "at": ""} | half)
        with pytest.raises(ValidationError, match="choose both"):
            draft.sign(by=cast.sam)
    for wrong in ({"weekday": "7"}, {"at": "25:00"}, {"at": "at ten"}):
        with pytest.raises(ValidationError):
            draft.put(by=cast.sam, **terms | wrong)


def agree_on(session, cast, **terms) -> None:
    draft = AgreementDraft.begin(session.partnership, by=cast.sam)
    stands = {name: getattr(draft, name) for name in draft.FIELDS}
    draft.put(by=cast.sam, **stands | terms)
    draft.sign(by=cast.sam).sign(by=cast.wanda)


def test_the_agreement_says_it_and_the_last_page_of_a_session_offers_it(pacific, cast, edition, client_for):
    with time_machine.travel(at(2026, 11, 18, 10, 0)):
        session = steps.ready_for_review(cast.wanda, cast.sam)
        agree_on(session, cast, rhythm="fortnightly", weekday="4", at="10:00")
        session.move_to(at(2026, 12, 4, 10, 0), by=cast.sam)
        slug = session.partnership.slug
        assert Agreement.objects.in_force(session.partnership).slot == read_slot("4", "10:00")
        text = unescape(client_for(cast.wanda).get(reverse("agreement", args=[slug])).text)
        assert "on Fridays at 10:00 AM" in text
    with time_machine.travel(at(2026, 12, 2, 15, 10)):
        session = CoachingSession.objects.get(pk=session.pk)
        session.open(by=cast.wanda)
        page = client_for(cast.wanda).get(reverse("stage", args=[slug, 2, "feedback"]))
        assert "You meet again on Friday, December 18, 10:00 AM" in page.text


def test_a_draft_keeps_the_slot_while_it_is_chosen(session, cast, client_for):
    client = client_for(cast.sam)
    url = reverse("agreement_draft", args=[session.partnership.slug])
    page = client.get(url)
    for field, text in (("weekday", "4"), ("at", "10:00")):
        revision = page.context["revisions"][field]
        said = client.post(
            url, {"field": field, "text": text, "revision": revision}, headers={"X-Autosave": "1"}
        )
        assert said.status_code == 200, said.json()
    draft = AgreementDraft.objects.get(author=cast.sam)
    assert (draft.weekday, draft.at) == ("4", "10:00")


def test_no_meeting_is_planned_into_an_hour_that_the_clocks_leave_out(pacific, cast, edition, client_for):
    with time_machine.travel(at(2027, 2, 20, 10, 0)):
        session = steps.ready_for_review(cast.wanda, cast.sam)
        before = session.starts_at
        url = reverse("session_move", args=[session.partnership.slug, 2])
        page = client_for(cast.sam).post(url, {"day": "2027-03-14", "at": "02:30"})
        assert "The clocks go forward on March 14, and 2:30 AM is left out." in unescape(page.text)
        assert 'value="02:30"' in page.text
        session.refresh_from_db()
        assert session.starts_at == before
        with pytest.raises(ValidationError):
            spans.require_hour(at(2027, 3, 14).date(), time(2, 0), "at")
        assert spans.require_hour(at(2027, 3, 14).date(), time(3, 0), "at") == at(2027, 3, 14, 3, 0)
