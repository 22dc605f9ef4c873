"""What open pages ask all day: that nothing has changed is said cheaply, and nothing else is (ADR 34)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.models import Congratulation, Correction, Draft
from coaching.models.engagement import end
from coaching.models.walkthrough import mark_interests
from coaching.views.nothing_new import HEADER, LONGEST
from sopcoach.models import LastChange
from tests.cast import Cast
from tests.coaching import gathering, steps
from tests.pages import live_address


class Page:
    """An open page that asks what is new, as static/js/live.js does."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, live_address(client.get(address).text)
        self.since = ""

    def asks(self, *, told: str | None = None):
        headers = {"X-Live": "1", HEADER: self.since if told is None else told}
        with CaptureQueriesContext(connection) as asked:
            answer = self.client.get(self.address, headers=headers)
        self.queries = len(asked)
        self.since = answer.headers.get(HEADER, self.since)
        return answer

    def knows_that_nothing_is_new(self) -> bool:
        return self.asks().status_code == 204 and self.queries == 1


@pytest.fixture
def meeting(session):
    session.open(by=session.partnership.worker)
    return session


@pytest.fixture
def purpose(meeting) -> str:
    return reverse("stage", args=[meeting.partnership.slug, meeting.number, "purpose"])


@pytest.fixture
def sams(purpose, cast, client_for) -> Page:
    page = Page(client_for(cast.sam), purpose)
    page.asks()
    assert page.knows_that_nothing_is_new()
    return page


def say(meeting, text: str, revision: int = 0) -> None:
    worker = meeting.partnership.worker
    meeting.say("purpose", by=worker, field="words", text=text, revision=revision)


def test_what_the_other_side_writes_is_heard_at_the_next_question(meeting, sams):
    say(meeting, "The visit on Monday.")
    assert "The visit on Monday." in sams.asks().text
    assert sams.knows_that_nothing_is_new()
    say(meeting, "The visit on Tuesday.", revision=1)
    assert "The visit on Tuesday." in sams.asks().text


def test_a_question_that_is_asked_without_what_was_told_is_answered_in_full(sams):
    assert "Nothing yet." in sams.asks(told="").text
    assert "Nothing yet." in sams.asks(told="1.99999999999.0").text


def test_the_answer_is_kept_nowhere_and_holds_nothing(sams):
    answer = sams.asks()
    assert (answer.status_code, answer.content) == (204, b"")
    assert "no-store" in answer.headers["Cache-Control"]
    assert HEADER not in answer.headers


def test_what_is_private_is_not_heard_of(meeting, sams):
    worker = meeting.partnership.worker
    Draft.put(meeting, by=worker, field="went_well", text="For me alone", revision=0)
    assert sams.knows_that_nothing_is_new()


def test_marking_is_not_heard_of_until_both_are_done(agreed, cast, edition, client_for):
    page = Page(client_for(cast.sam), reverse("agreement", args=[agreed.slug]))
    page.asks()
    mark_interests(agreed, by=cast.wanda, aspects={edition.aspects.first()})
    assert page.knows_that_nothing_is_new()


def test_a_change_that_was_taken_back_is_none(meeting, sams):
    with pytest.raises(Exception, match="case number"):
        say(meeting, "Case 18-20417 again.")
    assert sams.knows_that_nothing_is_new()


def _signs_out(page: Page, cast: Cast) -> None:
    page.client.post(reverse("account_logout"))


def _is_signed_out_elsewhere(page: Page, cast: Cast) -> None:
    page.client.session.flush()


def _has_another_password(page: Page, cast: Cast) -> None:
    cast.sam.set_password("another one altogether")
    cast.sam.save()


def _has_no_account_any_more(page: Page, cast: Cast) -> None:
    type(cast.sam).objects.filter(pk=cast.sam.pk).update(is_active=False)


@pytest.mark.parametrize(
    "happens", [_signs_out, _is_signed_out_elsewhere, _has_another_password, _has_no_account_any_more]
)
def test_whoever_is_not_signed_in_hears_nothing_at_once(sams, cast, happens: Callable[[Page, Cast], None]):
    cookies = sams.client.cookies.copy()
    happens(sams, cast)
    sams.client.cookies = cookies
    answer = sams.asks()
    assert answer.status_code in (302, 401)
    assert HEADER not in answer.headers


def test_the_supervisor_of_a_coaching_that_has_ended_hears_nothing_at_once(meeting, sams):
    end(meeting.partnership, by=meeting.partnership.worker)
    answer = sams.asks()
    assert answer.status_code in (403, 404)
    assert HEADER not in answer.headers


def test_whoever_was_away_too_long_is_asked_about_in_full(meeting, sams, settings):
    with time_machine.travel(timezone.now() + timedelta(seconds=LONGEST + 1), tick=False):
        assert sams.asks().status_code == 200
        assert sams.queries > 1
        settings.IDLE_MINUTES = 1
        assert sams.knows_that_nothing_is_new()
    with time_machine.travel(timezone.now() + timedelta(hours=9), tick=False):
        assert sams.asks().status_code in (302, 401)


def test_another_person_cannot_use_what_somebody_was_told(sams, cast, client_for):
    for person, status in ((cast.wanda, 200), (cast.olaf, 404), (cast.ada, 404)):
        answer = client_for(person).get(sams.address, headers={"X-Live": "1", HEADER: sams.since})
        assert answer.status_code == status
    nobody = Client().get(sams.address, headers={"X-Live": "1", HEADER: sams.since})
    assert nobody.status_code in (302, 401)


def test_what_was_told_of_one_page_says_nothing_of_another(meeting, sams, cast):
    context = sams.address.replace("purpose", "context")
    answer = sams.client.get(context, headers={"X-Live": "1", HEADER: sams.since})
    assert answer.status_code == 200


def test_an_outsider_is_answered_alike_whether_there_is_anything_or_not(sams, cast, client_for):
    olaf = client_for(cast.olaf)
    nowhere = sams.address.replace(sams.address.split("/")[2], "aaaaaaaaaaaa")
    asked = []
    for address in (sams.address, nowhere):
        with CaptureQueriesContext(connection) as queries:
            answer = olaf.get(address, headers={"X-Live": "1", HEADER: sams.since})
        asked.append((answer.status_code, answer.headers.get(HEADER), len(answer.content), len(queries)))
    assert asked[0] == asked[1]
    assert asked[0][:2] == (404, None)


def test_the_rows_name_nobody(meeting):
    say(meeting, "The visit on Monday.")
    for row in LastChange.objects.all():
        assert meeting.partnership.slug not in row.place
        assert str(meeting.partnership.pk) not in row.place


def test_numbers_do_not_count_what_was_written(meeting):
    numbers = set()
    for revision in range(4):
        say(meeting, f"Word {revision}.", revision=revision)
        numbers |= set(LastChange.objects.values_list("number", flat=True))
    assert len(numbers) == 4
    assert min(numbers) > 1000


def test_one_who_only_congratulates_is_heard_as_well(meeting, sams):
    Congratulation.give(meeting.partnership, by=meeting.partnership.worker, text="You waited.")
    sams.asks()
    assert sams.queries > 1


def test_what_the_other_celebrates_arrives_on_the_last_stage_as_the_page_has_it(meeting, cast, client_for):
    client = client_for(cast.sam)
    address = reverse("stage", args=[meeting.partnership.slug, meeting.number, "feedback"])
    page = Page(client, address)
    page.asks()
    cheer = Congratulation.give(meeting.partnership, by=cast.wanda, text="You waited.", session=meeting)
    Congratulation.give(meeting.partnership, by=cast.sam, text="So did you.", session=meeting)
    Correction.put(cheer, by=cast.wanda, text="You waited twice.")

    heard = page.asks().text

    assert "You waited." in heard
    assert "You waited twice." in heard
    assert "So did you." not in heard
    whole = client.get(address).text
    assert heard.split() == whole.split('has written something.">', 1)[1][: len(heard)].split()
    assert whole.count("You waited.") == whole.count("So did you.") == 1
    steps.close(meeting)
    whole = client.get(address).text
    assert whole.count("You waited.") == whole.count("So did you.") == 1


def test_a_group_hears_what_one_of_them_says(edition, cast, client_for):
    session = gathering.begin(cast, gathering.peers(cast))
    page = Page(client_for(cast.petra), f"/groups/{session.group.slug}/sessions/{session.number}/")
    page.asks()
    assert page.knows_that_nothing_is_new()
    gathering.say(session, session.step, cast.wanda, "To sort a map.")
    assert "To sort a map." in page.asks().text
