"""A group outlives whoever looks after it: handed over by hand, or taken over when an account is closed."""

import pytest
from django.core.exceptions import ValidationError

from coaching.groups.models import Group, GroupLink, GroupMember, GroupSeat, handover
from sopcoach.words.refusal import Refused
from tests.coaching import gathering
from tests.coaching.gathering import say

pytestmark = [pytest.mark.usefixtures("edition"), pytest.mark.both_databases]


@pytest.fixture
def people(cast):
    return gathering.peers(cast)


@pytest.fixture
def group(cast, people):
    """Sam looks after it; Wanda, Petra, Linh, Dele and Nia, who may supervise, are on its list."""
    return gathering.open_group(cast.sam, [*people, cast.nia])


def keepers(group) -> set:
    """Everybody whom a policy would take for the one who looks after it."""
    copies = [Group.objects.get(pk=group.pk), GroupLink.objects.get(group=group)]
    return {row.facilitator for row in (*copies, *GroupMember.objects.filter(group=group))}


# ------------------------------------------------------------ by hand


def test_a_group_is_handed_to_somebody_on_its_list_who_may_supervise(cast, group, client_for):
    page = client_for(cast.sam).get(f"/groups/{group.slug}/").text
    assert "Let somebody else look after it" in page
    assert "Talk about it first" in page
    client_for(cast.sam).post(f"/groups/{group.slug}/hand-over/", {"to": cast.nia.pk})
    assert keepers(group) == {cast.nia}
    theirs = client_for(cast.nia).get(f"/groups/{group.slug}/").text
    assert "On the list" in theirs
    assert "A link to join by" in theirs
    former = client_for(cast.sam).get(f"/groups/{group.slug}/").text
    assert "A link to join by" not in former
    assert "Nia plans the next session" in former


@pytest.mark.parametrize("to", ["petra", "olaf", "sam", "", "999999999999999999999", "nobody"])
def test_it_is_handed_to_nobody_else_and_the_page_says_why(cast, group, client_for, to):
    value = getattr(cast, to).pk if to in {"petra", "olaf", "sam"} else to
    answer = client_for(cast.sam).post(f"/groups/{group.slug}/hand-over/", {"to": value})
    assert answer.status_code == 200
    assert "Choose" in answer.context["hand_form"].errors["to"][0]
    assert keepers(group) == {cast.sam}
    if to in {"petra", "olaf"}:
        with pytest.raises(ValidationError):
            handover.hand_over(group, getattr(cast, to), by=cast.sam)


def test_only_whoever_looks_after_it_hands_it_over(cast, group, client_for):
    assert (
        client_for(cast.nia).post(f"/groups/{group.slug}/hand-over/", {"to": cast.nia.pk}).status_code == 403
    )
    assert client_for(cast.olaf).post(f"/groups/{group.slug}/hand-over/").status_code == 404
    with pytest.raises(Refused):
        handover.hand_over(group, cast.nia, by=cast.petra)
    with pytest.raises(Refused, match="Sam looks after"):
        handover.take_over(group, by=cast.nia)
    assert keepers(group) == {cast.sam}


def test_where_nobody_else_may_supervise_the_page_says_what_to_do(cast, people, client_for):
    group = gathering.open_group(cast.sam, people)
    assert "Nobody else on the list may supervise" in client_for(cast.sam).get(f"/groups/{group.slug}/").text


def test_what_is_planned_stays_with_whoever_leads_it(cast, people, group):
    session = gathering.plan(group)
    handover.hand_over(group, cast.nia, by=cast.sam)
    session.refresh_from_db()
    assert session.facilitator == cast.sam
    gathering.gather(session, people)
    session.begin(by=cast.sam)
    session.close(by=cast.sam)
    assert gathering.plan(Group.objects.get(pk=group.pk)).facilitator == cast.nia


# ------------------------------------------------------------ when an account is closed


@pytest.fixture
def held(cast, people, group):
    """A session that Sam has led, and one that Sam has planned, with the four and Nia in."""
    session = gathering.plan(group)
    gathering.gather(session, people)
    session.begin(by=cast.sam)
    say(session, "stood_out", cast.wanda, "A nod is not an answer yet.")
    session.close(by=cast.sam)
    ahead = gathering.plan(group)
    gathering.gather(ahead, people)
    GroupSeat.join(ahead, by=cast.nia)
    return ahead


def test_a_group_stays_readable_when_its_facilitators_account_is_closed(cast, group, held, client_for):
    cast.sam.deactivate(by=cast.ada)
    page = client_for(cast.wanda).get(f"/groups/{group.slug}/").text
    assert "Nobody looks after this group just now" in page
    assert "I’ll look after it" not in page
    assert "Sam Ortiz leads" not in page
    record = client_for(cast.wanda).get(f"/groups/{group.slug}/sessions/1/").text
    assert "A nod is not an answer yet." in record
    assert "Nobody looks after it just now" in client_for(cast.petra).get("/groups/").text


def test_somebody_on_the_list_who_may_supervise_takes_it_over(cast, people, group, held, client_for):
    cast.sam.deactivate(by=cast.ada)
    client = client_for(cast.nia)
    assert "I’ll look after it" in client.get(f"/groups/{group.slug}/").text
    assert client.post(f"/groups/{group.slug}/take-over/").status_code == 302
    assert keepers(group) == {cast.nia}
    assert not GroupMember.objects.filter(group=group, person=cast.sam).exists()
    held.refresh_from_db()
    assert held.facilitator == cast.nia
    assert cast.sam not in held.people()
    held.begin(by=cast.nia)
    assert client.get(f"/groups/{group.slug}/sessions/2/").status_code == 200


def test_whoever_takes_it_over_leads_without_having_been_in(cast, people, group, client_for):
    ahead = gathering.plan(group)
    gathering.gather(ahead, people)
    cast.sam.deactivate(by=cast.ada)
    client_for(cast.nia).post(f"/groups/{group.slug}/take-over/")
    ahead.refresh_from_db()
    assert ahead.facilitator == cast.nia
    assert cast.nia in ahead.people()


def test_nobody_else_takes_it_over(cast, group, held, client_for):
    cast.sam.deactivate(by=cast.ada)
    refused = client_for(cast.petra).post(f"/groups/{group.slug}/take-over/")
    assert refused.status_code == 403
    assert "An administrator marks who may coach others" in refused.text
    assert client_for(cast.olaf).post(f"/groups/{group.slug}/take-over/").status_code == 404
    with pytest.raises(Refused, match="on the group’s list"):
        handover.take_over(group, by=cast.olaf)
    assert keepers(group) == {cast.sam}


def test_it_can_be_taken_over_when_the_mark_is_gone_as_well(cast, group, client_for):
    cast.sam.change(
        by=cast.ada,
        email=cast.sam.email,
        name=cast.sam.name,
        unit=cast.sam.unit,
        may_supervise=False,
        is_administrator=False,
    )
    client_for(cast.nia).post(f"/groups/{group.slug}/take-over/")
    assert keepers(group) == {cast.nia}
    assert GroupMember.objects.filter(group=group, person=cast.sam).exists()


def test_a_session_that_was_going_on_under_a_closed_account_is_closed_and_kept(
    cast, people, group, client_for
):
    session = gathering.plan(group)
    gathering.gather(session, people)
    session.begin(by=cast.sam)
    say(session, "takes", cast.wanda, "I’ll wait.")
    cast.sam.deactivate(by=cast.ada)
    session.refresh_from_db()
    assert session.is_closed
    assert "I’ll wait." in client_for(cast.petra).get(f"/groups/{group.slug}/sessions/1/").text
    client_for(cast.nia).post(f"/groups/{group.slug}/take-over/")
    assert gathering.plan(Group.objects.get(pk=group.pk)).number == 2


def test_a_peer_whose_account_is_closed_leaves_lists_and_what_has_not_begun(cast, people, group):
    ahead = gathering.plan(group)
    gathering.gather(ahead, people)
    cast.wanda.deactivate(by=cast.ada)
    ahead.refresh_from_db()
    assert ahead.presenter is None
    assert cast.wanda not in ahead.people()
    assert not GroupMember.objects.filter(person=cast.wanda).exists()


def test_a_peer_whose_account_is_closed_while_the_group_sits_together_stays_in_its_record(
    cast, people, group, client_for
):
    session = gathering.plan(group)
    gathering.gather(session, people)
    session.begin(by=cast.sam)
    say(session, "purpose", cast.wanda, "To think.")
    cast.wanda.deactivate(by=cast.ada)
    session.refresh_from_db()
    assert session.is_open
    assert "To think." in client_for(cast.petra).get(f"/groups/{group.slug}/sessions/1/purpose/").text


def test_leading_goes_back_when_the_one_who_leads_has_no_account_any_more(cast, people, group, client_for):
    ahead = gathering.plan(group)
    gathering.gather(ahead, people)
    GroupSeat.join(ahead, by=cast.nia)
    ahead.lead(by=cast.nia)
    ahead.seat_of(cast.sam).step_out(by=cast.sam)
    cast.nia.deactivate(by=cast.ada)
    ahead.refresh_from_db()
    assert ahead.facilitator == cast.sam
    with pytest.raises(Refused, match="Only those who are in"):
        ahead.begin(by=cast.sam)
    page = client_for(cast.sam).get(f"/groups/{group.slug}/").text
    assert "You lead this one: say that you’re in, and begin." in page
    client_for(cast.sam).post(f"/groups/{group.slug}/sessions/1/join/")
    ahead.begin(by=cast.sam)
    assert ahead.is_open
