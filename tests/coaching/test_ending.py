"""Ending: by either side, at once, with no reason; and when an account is closed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.models import (
    AgreementDraft,
    CoachingSession,
    Draft,
    Engagement,
    Invitation,
    Partnership,
    engagement,
)
from coaching.models.reflection import share_reflection
from sopcoach.vault.models import DataKey
from sopcoach.words.refusal import Refused
from tests.coaching import steps
from tests.limits import MOST_QUERIES

pytestmark = pytest.mark.both_databases

EVERYWHERE = (
    "partnership",
    "goals",
    "sessions",
    "progress",
    "celebrations",
    "walkthrough",
    "handover",
    "released",
)


@pytest.fixture
def ended(session, cast):
    engagement.end(session.partnership, by=cast.wanda)
    return session.partnership


def statuses(client, slug: str) -> set[int]:
    return {client.get(reverse(name, args=[slug])).status_code for name in EVERYWHERE}


@pytest.mark.parametrize("who", ["wanda", "sam"])
def test_either_side_ends_it_and_it_has_a_day_and_no_reason(session, cast, who):
    partnership = session.partnership
    engagement.end(partnership, by=getattr(cast, who))
    assert partnership.engagement == Engagement.ENDED
    assert timezone.localdate(partnership.ended_at) == timezone.localdate()
    assert not [
        field.name for field in Partnership._meta.fields if "by" in field.name or "reason" in field.name
    ]


def test_nobody_else_ends_it(session, cast):
    with pytest.raises(ValueError, match="no side"):
        engagement.end(session.partnership, by=cast.olaf)


def test_a_second_click_changes_nothing(ended, cast):
    before = ended.ended_at
    engagement.end(ended, by=cast.sam)
    assert ended.ended_at == before


def test_the_supervisor_loses_everything_but_the_agreement_at_once(ended, cast, client_for):
    client = client_for(cast.sam)
    assert statuses(client, ended.slug) == {404}
    for number in (1, 2, 99):  # the same of a session that never was: it doesn't say which there were
        refused = client.get(reverse("session", args=[ended.slug, number]))
        assert refused.status_code == 403
        assert "Your coaching with Wanda has ended" in refused.text
    assert client.get(reverse("agreement", args=[ended.slug])).status_code == 200
    assert client.get(reverse("agreement_version", args=[ended.slug, 1])).status_code == 200


def test_the_worker_keeps_every_page_and_the_words_on_it(ended, cast, client_for):
    client = client_for(cast.wanda)
    assert statuses(client, ended.slug) == {200}
    assert "Three Questions with caregivers" in client.get(reverse("goals", args=[ended.slug])).text
    page = client.get(reverse("partnership", args=[ended.slug])).text
    assert "This coaching ended on" in page
    assert "Only you can read this page." in page


def test_the_supervisors_drafts_are_destroyed_with_their_keys(
    session, cast, django_capture_on_commit_callbacks
):
    partnership = session.partnership
    Draft.put(session, by=cast.sam, field="promise", text="Listen more.", revision=0)
    Draft.put(session, by=cast.wanda, field="promise", text="Ask more.", revision=0)
    own = AgreementDraft.begin(partnership, by=cast.sam)
    own.put(by=cast.sam, **{name: getattr(own, name) for name in AgreementDraft.FIELDS})
    units = [row.erasure_unit().id for row in (Draft.objects.get(author=cast.sam), own)]
    with django_capture_on_commit_callbacks(execute=True):
        engagement.end(partnership, by=cast.wanda)
    assert [draft.author for draft in Draft.objects.all()] == [cast.wanda]
    assert not AgreementDraft.objects.exists()
    assert DataKey.objects.filter(unit__in=units, erased_at__isnull=False).count() == 2


def test_a_session_that_is_going_on_is_closed_and_no_next_one_is_planned(session, cast):
    session.open(by=cast.sam)
    engagement.end(session.partnership, by=cast.sam)
    session.refresh_from_db()
    assert session.is_closed
    assert not CoachingSession.objects.filter(closed_at=None).exists()


def test_nothing_can_be_added_afterwards(session, cast):
    session.open(by=cast.sam)
    goal = session.partnership.goals.get()
    engagement.end(session.partnership, by=cast.sam)
    for act in (
        lambda: session.say("purpose", by=cast.wanda, field="words", text="More.", revision=0),
        lambda: share_reflection(session, by=cast.wanda, went_well="More.", differently=""),
        lambda: Draft.put(session, by=cast.wanda, field="promise", text="More.", revision=0),
        lambda: steps.practise(goal),
        lambda: steps.set_goal(goal.focus),
    ):
        with pytest.raises(Refused):
            act()


def test_what_was_planned_is_not_taken_for_the_next_meeting(ended, cast, client_for):
    client = client_for(cast.wanda)
    page = client.get(reverse("sessions", args=[ended.slug])).text
    assert "Not held" in page
    assert ">Next<" not in page
    page = client.get(reverse("session", args=[ended.slug, 2])).text
    assert "Begin" not in page


def test_the_way_to_stop_is_a_page_that_says_what_stays_with_whom(session, cast, client_for):
    address = reverse("end", args=[session.partnership.slug])
    for person, words in (
        (cast.wanda, ["You keep everything", "For Sam it closes at once", "Sam keeps the agreements"]),
        (cast.sam, ["Wanda keeps everything", "For you it closes at once", "You keep the agreements"]),
    ):
        client = client_for(person)
        assert address in client.get(reverse("partnership", args=[session.partnership.slug])).text
        page = client.get(address).text
        assert all(sentence in page for sentence in words), words
        assert "reason" in page
    assert not Partnership.objects.get(pk=session.partnership.pk).is_ended


def test_before_an_agreement_nothing_stays_with_the_supervisor(partnership, cast, client_for):
    client = client_for(cast.sam)
    assert "nothing stays with you" in client.get(reverse("end", args=[partnership.slug])).text
    response = client.post(reverse("end", args=[partnership.slug]), follow=True)
    assert "Coaching with Wanda has ended" in response.text
    assert partnership.slug not in client.get("/").text


def test_the_worker_stops_and_stays_on_what_is_theirs(session, cast, client_for):
    slug = session.partnership.slug
    response = client_for(cast.wanda).post(reverse("end", args=[slug]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("partnership", args=[slug])
    assert "Everything stays with you" in response.text
    again = client_for(cast.sam).post(reverse("end", args=[slug]))
    assert again.url == reverse("agreement", args=[slug])


def test_nobody_else_has_a_page_to_stop(session, cast, client_for):
    address = reverse("end", args=[session.partnership.slug])
    for person in (cast.olaf, cast.nia, cast.petra, cast.ada, cast.root):
        for response in (client_for(person).get(address), client_for(person).post(address)):
            assert response.status_code == 404
    assert not Partnership.objects.get(pk=session.partnership.pk).is_ended


def test_home_names_what_has_ended_in_one_quiet_line(ended, cast, client_for, django_assert_max_num_queries):
    page = client_for(cast.sam).get("/").text
    assert f'<a href="{reverse("agreement", args=[ended.slug])}">What you signed with Wanda Reyes</a>' in page
    assert reverse("partnership", args=[ended.slug]) + '"' not in page
    client = client_for(cast.wanda)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get("/").text
    assert f'<a href="{reverse("partnership", args=[ended.slug])}">Coaching with Sam Ortiz</a>' in page
    assert "You aren’t being coached yet" not in page


def test_the_two_may_begin_anew(ended, cast):
    again = steps.begin(cast.wanda, cast.sam)
    assert again != ended
    assert not again.is_ended


@pytest.mark.parametrize("who", ["wanda", "sam"])
def test_a_closed_account_ends_its_coaching_as_if_by_hand(session, cast, client_for, who):
    waiting = Invitation.send(by=cast.sam, to=cast.petra, words="Would you like to?")
    mine = Invitation.send(by=cast.nia, to=cast.wanda, words="And with me?")
    elsewhere = Invitation.send(by=cast.olaf, to=cast.petra, words="Or with me?")
    getattr(cast, who).deactivate(by=cast.ada)
    session.partnership.refresh_from_db()
    assert session.partnership.is_ended
    gone = waiting if who == "sam" else mine
    assert set(Invitation.objects.filter(answer="")) == {waiting, mine, elsewhere} - {gone}


def test_an_administrator_closes_an_account_from_their_page_and_reads_nothing_of_it(
    session, cast, client_for
):
    client = client_for(cast.ada)
    address = reverse("manage_person_deactivate", args=[cast.sam.pk])
    response = client.post(address, follow=True)
    assert response.status_code == 200
    session.partnership.refresh_from_db()
    assert session.partnership.is_ended
    assert client.get(reverse("partnership", args=[session.partnership.slug])).status_code == 404
    page = client_for(cast.wanda).get(reverse("goals", args=[session.partnership.slug])).text
    assert "Three Questions with caregivers" in page


def test_an_account_that_is_opened_again_finds_its_coaching_ended(session, cast):
    cast.sam.deactivate(by=cast.ada)
    cast.sam.reactivate(by=cast.ada)
    session.partnership.refresh_from_db()
    assert session.partnership.is_ended
