"""An administrator has no coaching content by any link, list or code (product.md, 2; ADR 20)."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from coaching.groups.models import Group, GroupMember, GroupSeat, GroupWords
from coaching.models import Invitation, Partnership, engagement
from sopcoach.models import IN_COACHING, kept_from_the_mark
from sopcoach.people.importing.apply import current
from sopcoach.people.importing.plan import plan
from sopcoach.people.importing.reader import read
from sopcoach.words.refusal import Refused
from tests.coaching import gathering, steps

pytestmark = pytest.mark.both_databases


def mark(person, *, by):
    person.change(
        by=by,
        email=person.email,
        name=person.name,
        unit=person.unit,
        may_supervise=person.may_supervise,
        is_administrator=True,
    )


def slip_the_mark_to(person):
    """Past the verb, as rows of an earlier release may stand."""
    type(person).objects.filter(pk=person.pk).update(is_administrator=True)
    person.refresh_from_db()


@pytest.fixture
def gathered(cast, edition):
    """A session of a group that goes on, in which Wanda has spoken."""
    session = gathering.begin(cast, gathering.peers(cast))
    gathering.say(session, "purpose", cast.wanda, "To think before I answer.")
    return session


def test_the_link_of_a_group_puts_no_administrator_on_its_list(gathered, cast, client_for):
    address = reverse("group_join", args=[gathered.group.link.token])
    for administrator in (cast.ada, cast.root):
        browser = client_for(administrator)
        for response in (browser.get(address), browser.post(address)):
            assert response.status_code == 403
            assert "coaching and groups stay closed to this account" in response.text
            assert "Mapping on Tuesdays" not in response.text
    assert not GroupMember.objects.filter(person__in=[cast.ada, cast.root]).exists()
    with pytest.raises(Refused):
        Group.join(gathered.group.link.token, by=cast.ada)


def test_nobody_puts_an_administrator_on_a_list(gathered, cast, client_for):
    with pytest.raises(ValidationError, match="joins no group"):
        gathered.group.ask([cast.ada], by=cast.sam)
    page = client_for(cast.sam).get(reverse("group_ask", args=[gathered.group.slug]))
    assert cast.ada.name not in page.text
    client_for(cast.sam).post(reverse("group_ask", args=[gathered.group.slug]), {"people": [cast.ada.pk]})
    assert not GroupMember.objects.filter(person=cast.ada).exists()


def test_an_administrator_takes_no_seat_and_leads_no_group(cast, edition):
    group = gathering.open_group(cast.sam, gathering.peers(cast))
    session = gathering.plan(group)
    slip_the_mark_to(cast.petra)
    with pytest.raises(Refused, match="stay closed"):
        GroupSeat.join(session, by=cast.petra)
    cast.ada.may_supervise = True
    cast.ada.save()
    with pytest.raises(Refused, match="stay closed"):
        Group.open(by=cast.ada, title="Ours")
    slip_the_mark_to(cast.nia)
    group.members.create(facilitator=cast.sam, person=cast.nia)
    assert cast.nia not in group.heirs()


def test_an_administrator_neither_asks_nor_is_asked(cast, edition, client_for):
    cast.ada.may_supervise = True
    cast.ada.save()
    with pytest.raises(Refused, match="stay closed"):
        Invitation.send(by=cast.ada, to=cast.wanda)
    with pytest.raises(Refused, match="stay closed"):
        Invitation.ask(by=cast.ada, to=cast.sam, wish="formal")
    with pytest.raises(ValidationError, match="coaches with nobody under this account"):
        Invitation.send(by=cast.sam, to=cast.ada)
    with pytest.raises(ValidationError, match="coaches with nobody under this account"):
        Invitation.ask(by=cast.wanda, to=cast.ada, wish="formal")
    for name in ("invite", "ask", "group_new"):
        assert client_for(cast.ada).get(reverse(name)).status_code == 403
    assert cast.ada.name not in client_for(cast.sam).get(reverse("invite")).text
    assert cast.ada.name not in client_for(cast.wanda).get(reverse("ask")).text


def test_who_was_asked_and_then_got_the_mark_begins_no_coaching(cast, edition, client_for):
    invitation = Invitation.send(by=cast.sam, to=cast.wanda)
    mark(cast.wanda, by=cast.ada)
    with pytest.raises(Refused, match="stay closed"):
        invitation.reply(by=cast.wanda, answer="formal")
    assert client_for(cast.wanda).get(reverse("partnership", args=[invitation.slug])).status_code == 404
    assert not Partnership.objects.exists()


@pytest.mark.parametrize("side", ["wanda", "sam"])
def test_the_mark_is_not_given_to_a_side_of_an_open_partnership(cast, edition, client_for, side):
    partnership = steps.begin(cast.wanda, cast.sam)
    person = getattr(cast, side)
    with pytest.raises(ValidationError, match="administrators have neither"):
        mark(person, by=cast.ada)
    page = client_for(cast.ada).post(
        reverse("manage_person", args=[person.pk]),
        {"name": person.name, "email": person.email, "unit": person.unit.pk, "is_administrator": "on"},
    )
    assert IN_COACHING in page.context["form"].errors["is_administrator"]
    person.refresh_from_db()
    assert not person.is_administrator
    engagement.end(partnership, by=cast.wanda)
    mark(person, by=cast.ada)
    assert person.is_administrator


def test_the_mark_is_not_given_to_somebody_on_a_group_s_list(cast, edition):
    group = gathering.open_group(cast.sam, [cast.petra])
    with pytest.raises(ValidationError, match="administrators have neither"):
        mark(cast.petra, by=cast.ada)
    group.members.get(person=cast.petra).leave(by=cast.petra)
    mark(cast.petra, by=cast.ada)
    assert cast.petra.is_administrator


def test_an_administrator_is_changed_as_before(cast):
    cast.ada.change(
        by=cast.root,
        email=cast.ada.email,
        name="Ada B.",
        unit=cast.unit,
        may_supervise=False,
        is_administrator=True,
    )
    assert cast.ada.name == "Ada B."


def test_a_mark_that_came_past_the_verbs_opens_nothing_and_loses_nothing(gathered, cast, client_for):
    partnership = steps.begin(cast.wanda, cast.sam)
    slip_the_mark_to(cast.wanda)
    browser = client_for(cast.wanda)
    for address in (
        reverse("partnership", args=[partnership.slug]),
        reverse("session", args=[partnership.slug, 1]),
        reverse("group", args=[gathered.group.slug]),
        reverse("group_session", args=[gathered.group.slug, gathered.number]),
        reverse("group_step", args=[gathered.group.slug, gathered.number, "purpose"]),
    ):
        assert browser.get(address).status_code == 404, address
    assert "It is closed to you for as long as you are an administrator" in browser.get("/").text
    for model in (Group, GroupMember, GroupSeat, GroupWords):
        assert not model.objects.visible_to(cast.wanda).exists()
    type(cast.wanda).objects.filter(pk=cast.wanda.pk).update(is_administrator=False)
    assert client_for(cast.wanda).get(reverse("partnership", args=[partnership.slug])).status_code == 200


def test_what_had_ended_before_the_mark_stays_its_worker_s(cast, edition, client_for):
    partnership = steps.begin(cast.wanda, cast.sam)
    engagement.end(partnership, by=cast.sam)
    mark(cast.wanda, by=cast.ada)
    assert client_for(cast.wanda).get(reverse("partnership", args=[partnership.slug])).status_code == 200
    assert client_for(cast.wanda).get(reverse("session", args=[partnership.slug, 1])).status_code == 200


def test_what_is_open_is_told_of_and_nothing_more(cast, edition):
    steps.begin(cast.wanda, cast.sam)
    gathering.open_group(cast.nia, [])
    assert kept_from_the_mark(cast.everybody) == {cast.wanda.pk, cast.sam.pk, cast.nia.pk}


def test_a_list_of_people_gives_the_mark_to_nobody_who_coaches(cast, edition):
    steps.begin(cast.wanda, cast.sam)
    rows = f"{cast.wanda.email},yes\r\n{cast.petra.email},yes\r\n{cast.ada.email},yes\r\n"
    planned = plan(read("e-mail,administrator\r\n" + rows), current())
    assert [(problem.where, problem.sentence) for problem in planned.problems] == [
        ("Row 2, column B", f"Wanda Reyes: {IN_COACHING}")
    ]
