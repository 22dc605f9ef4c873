"""An administrator takes “may supervise” away, or gives another unit: nothing under way ends (product.md, 10)."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from coaching.groups.models import Group, GroupSession, handover, planning
from coaching.models import Engagement, Invitation, Partnership, engagement, trying_on
from sopcoach.models import User
from sopcoach.words.refusal import Refused
from tests.coaching import gathering, steps
from tests.factories import UnitFactory

pytestmark = [pytest.mark.usefixtures("edition"), pytest.mark.both_databases]
NO_MORE = "isn’t marked as somebody who may supervise any more"


def change(person: User, *, by: User, **changes) -> User:
    fresh = User.objects.get(pk=person.pk)
    as_it_is = {
        name: getattr(fresh, name) for name in ("email", "name", "unit", "may_supervise", "is_administrator")
    }
    fresh.change(by=by, **as_it_is | changes)
    return fresh


@pytest.fixture
def take_away(cast):
    """Ada takes Sam's mark away; returns Sam as he is then."""
    return lambda: change(cast.sam, by=cast.ada, may_supervise=False)


@pytest.mark.parametrize("answer", ["formal", "trying_on", "observing"])
def test_an_open_invitation_of_somebody_who_lost_the_mark_begins_nothing(cast, take_away, client_for, answer):
    invitation = Invitation.send(by=cast.sam, to=cast.wanda)
    take_away()
    client, address = client_for(cast.wanda), reverse("partnership", args=[invitation.slug])

    assert NO_MORE in client.get(address).text
    assert "would like to learn with you" not in client.get(reverse("home")).text
    response = client.post(
        reverse("invitation_answer", args=[invitation.slug]), {"act": "answer", "answer": answer}
    )

    assert response.status_code == 403
    assert "Sam begins no coaching at the moment" in response.text
    assert not Partnership.objects.exists()
    assert not Invitation.objects.get().answer


def test_not_now_can_be_answered_all_the_same(cast, take_away, client_for):
    invitation = Invitation.send(by=cast.sam, to=cast.wanda)
    take_away()

    client_for(cast.wanda).post(
        reverse("invitation_answer", args=[invitation.slug]), {"act": "answer", "answer": "not_now"}
    )

    assert Invitation.objects.get().answer == "not_now"


def test_whoever_was_asked_and_lost_the_mark_cannot_say_yes_and_reads_why(cast, take_away, client_for):
    invitation = Invitation.ask(by=cast.wanda, to=cast.sam, wish="formal")
    sam = take_away()
    client, address = client_for(sam), reverse("partnership", args=[invitation.slug])

    assert "You aren’t marked as somebody who may supervise any more" in client.get(address).text
    assert NO_MORE in client_for(cast.wanda).get(address).text
    assert (
        client.post(
            reverse("invitation_answer", args=[invitation.slug]), {"act": "answer", "answer": "formal"}
        ).status_code
        == 403
    )
    assert not Partnership.objects.exists()


def test_given_the_mark_again_the_same_invitation_can_be_answered(cast, take_away):
    invitation = Invitation.send(by=cast.sam, to=cast.wanda)
    take_away()
    change(cast.sam, by=cast.ada, may_supervise=True)

    assert Invitation.objects.get(pk=invitation.pk).reply(by=cast.wanda, answer="formal")


def test_what_is_under_way_goes_on_and_both_read_so(cast, agreed, take_away, client_for):
    sam = take_away()
    agreed.refresh_from_db()

    assert agreed.engagement == Engagement.FORMAL
    for address in (reverse("home"), reverse("partnership", args=[agreed.slug])):
        assert (
            f"Sam {NO_MORE}. What you have begun together goes on as it is"
            in client_for(cast.wanda).get(address).text
        )
        assert "What you and Wanda have begun goes on as it is" in client_for(sam).get(address).text
    engagement.pause(agreed, by=sam)
    engagement.resume(agreed, by=sam)
    session = agreed.sessions.get(number=1)
    session.open(by=sam)
    steps.close(session)


def test_with_the_mark_or_once_it_has_ended_nothing_of_it_is_said(cast, agreed, take_away, client_for):
    for person in (cast.wanda, cast.sam):
        assert "may supervise any more" not in client_for(person).get(reverse("home")).text
    take_away()
    engagement.end(agreed, by=cast.wanda)
    assert NO_MORE not in client_for(cast.wanda).get(reverse("partnership", args=[agreed.slug])).text


def test_whoever_tries_on_goes_on_trying_and_no_formal_coaching_begins(cast, take_away, client_for):
    Invitation.send(by=cast.sam, to=cast.wanda).reply(by=cast.wanda, answer="trying_on")
    take_away()
    pair = Partnership.objects.get()
    client, address = client_for(cast.wanda), reverse("partnership", args=[pair.slug])

    page = client.get(address).text
    assert NO_MORE in page
    assert 'value="formal"' not in page
    with pytest.raises(Refused, match="begins no coaching at the moment"):
        engagement.formalize(pair, by=cast.wanda)
    trying_on.try_on(pair, by=cast.wanda)
    trying_on.observe(pair, by=cast.wanda)


def test_another_unit_ends_nothing(cast, agreed, client_for):
    change(cast.sam, by=cast.ada, unit=UnitFactory(name="River unit"))
    agreed.refresh_from_db()

    assert agreed.is_formal
    assert client_for(cast.sam).get(reverse("partnership", args=[agreed.slug])).status_code == 200


def test_nothing_new_is_invited_opened_planned_or_led(cast, take_away, client_for):
    group = gathering.open_group(cast.sam, [*gathering.peers(cast), cast.nia])
    sam = take_away()
    for act in (
        lambda: Invitation.send(by=sam, to=cast.petra),
        lambda: Group.open(by=sam, title="Another"),
        lambda: planning.plan(Group.objects.get(pk=group.pk), by=sam),
    ):
        with pytest.raises(Refused, match="An administrator marks who may coach others"):
            act()
    with pytest.raises(ValidationError, match="doesn’t coach at the moment"):
        Invitation.ask(by=cast.petra, to=sam, wish="observing")

    page = client_for(sam).get(reverse("group", args=[group.slug])).text
    assert "nothing new is planned by you" in page
    assert "Plan it" not in page
    handover.hand_over(Group.objects.get(pk=group.pk), cast.nia, by=sam)
    assert Group.objects.get(pk=group.pk).facilitator == cast.nia


def test_a_group_session_that_was_planned_is_still_led(cast, take_away):
    people = gathering.peers(cast)
    group = gathering.open_group(cast.sam, people)
    session = gathering.plan(group)
    gathering.gather(session, people)
    sam = take_away()

    GroupSession.objects.get(pk=session.pk).begin(by=sam)


def test_the_pages_that_take_it_away_say_what_comes_of_it(cast, client_for):
    ada = client_for(cast.ada)
    page = ada.get(reverse("manage_person", args=[cast.sam.pk])).text

    assert "Taken away, nothing that is under way ends and nothing new begins" in page
    assert "Another unit ends nothing" in page
    assert "Taken away" not in ada.get(reverse("manage_people_invite")).text
