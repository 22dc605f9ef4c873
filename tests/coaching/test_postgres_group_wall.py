"""The second depth of the wall round groups: what the database itself shows, and to whom."""

import pytest
from django.db import transaction
from django.utils import timezone

from coaching.groups.models import (
    Group,
    GroupLink,
    GroupMember,
    GroupSeat,
    GroupSession,
    GroupWords,
    handover,
)
from coaching.groups.models.group import holding
from coaching.groups.models.parts import Part
from coaching.models.meeting import LAST_WORDS
from sopcoach.models import User
from sopcoach.requests.actor import acting_as
from tests.coaching import gathering
from tests.coaching.gathering import say
from tests.coaching.walled import A_WHILE, assert_refused, refused, refused_to, seen, update
from tests.factories import UserFactory
from tests.roles import before_the_wall

MODELS = (Group, GroupLink, GroupMember, GroupSession, GroupSeat, GroupWords)


@pytest.fixture
def session(cast, edition):
    session = gathering.begin(cast, gathering.peers(cast))
    say(session, "purpose", cast.wanda, "To think.")
    say(session, "purpose", cast.petra, "To learn.")
    return session


def test_outsiders_administrators_and_nobody_see_no_row_of_a_group(session, cast):
    for user in (cast.olaf, cast.nia, cast.ada, cast.root, None):
        for model in MODELS:
            assert seen(model, user) == 0, (user, model)


def test_those_who_are_in_see_it_but_not_the_list_nor_the_link(session, cast):
    assert [seen(model, cast.wanda) for model in MODELS] == [1, 0, 1, 1, 5, 2]
    assert [seen(model, cast.sam) for model in MODELS] == [1, 1, 5, 1, 5, 2]


def test_somebody_on_the_list_who_is_not_in_sees_no_words(session, cast):
    session.group.ask([cast.nia], by=cast.sam)
    assert [seen(model, cast.nia) for model in MODELS] == [1, 0, 1, 1, 5, 0]


def test_who_has_left_keeps_the_sessions_they_were_in(session, cast):
    session.close(by=cast.sam)
    session.group.members.get(person=cast.petra).leave(by=cast.petra)
    gathering.plan(session.group)
    assert [seen(model, cast.petra) for model in MODELS] == [1, 0, 0, 1, 1, 2]


def test_nobody_puts_themselves_on_a_list_without_its_link(session, cast):
    group, token = session.group, session.group.link.token
    for facilitator in (cast.sam, cast.olaf):
        with before_the_wall(), acting_as(cast.olaf), refused():
            GroupMember._base_manager.create(group=group, facilitator=facilitator, person=cast.olaf)
    with before_the_wall(), acting_as(cast.olaf), holding("of another group"), refused():
        GroupMember._base_manager.create(group=group, facilitator=cast.sam, person=cast.olaf)
    with before_the_wall(), acting_as(cast.olaf), holding(token), refused():
        GroupMember._base_manager.create(group=group, facilitator=cast.sam, person=cast.nia)
    with before_the_wall(), acting_as(cast.olaf):
        Group.join(token, by=cast.olaf)
    assert seen(Group, cast.olaf) == 1


def test_the_link_shows_the_group_only_while_it_is_held(session, cast):
    token = session.group.link.token
    with before_the_wall(), acting_as(cast.olaf):
        with holding(token):
            assert Group._base_manager.count() == 1
            assert GroupSeat._base_manager.count() == 0
        assert Group._base_manager.count() == 0


def test_nobody_says_yes_or_speaks_for_another(session, cast):
    late = UserFactory(name="Late Comer")
    session.group.ask([late], by=cast.sam)
    with before_the_wall(), acting_as(cast.sam), refused():
        GroupSeat._base_manager.create(session=session, group=session.group, person=late, place=9)
    seat = session.seats.get(person=cast.petra)
    for actor in (cast.sam, late, cast.olaf):
        with before_the_wall(), acting_as(actor), refused():
            GroupWords._base_manager.create(
                session=session,
                group=session.group,
                seat=seat,
                author=cast.petra,
                step="context",
                field="words",
            )
    with before_the_wall(), acting_as(cast.sam), refused():
        GroupWords._base_manager.filter(author=cast.wanda).update(revision=9)


def test_a_list_is_never_rewritten(session, cast):
    with before_the_wall(), acting_as(cast.wanda), refused():
        GroupMember._base_manager.filter(person=cast.wanda).update(facilitator=cast.wanda)
    with before_the_wall(), acting_as(cast.wanda), transaction.atomic():
        assert GroupMember._base_manager.filter(person=cast.petra).delete()[0] == 0
    with before_the_wall(), acting_as(cast.olaf), refused():
        GroupLink._base_manager.create(group_id=session.group_id, facilitator=cast.sam)


def test_words_are_written_for_another_only_on_the_laptop_that_their_author_has_named(session, cast):
    seat = session.seat_of(cast.petra)
    words = {
        "session": session,
        "group": session.group,
        "seat": seat,
        "author": cast.petra,
        "step": "context",
        "field": "words",
    }
    with before_the_wall(), acting_as(cast.sam), refused():
        GroupWords._base_manager.create(**words, laptop_of=cast.sam)
    with before_the_wall(), acting_as(cast.petra):
        session.seat_of(cast.petra).write_on_laptop(by=cast.petra)
    with before_the_wall(), acting_as(cast.sam), refused():
        GroupWords._base_manager.create(**words)
    with before_the_wall(), acting_as(cast.wanda), refused():
        GroupWords._base_manager.create(**words, laptop_of=cast.wanda)
    with before_the_wall(), acting_as(cast.sam):
        row = GroupWords.say(
            session,
            "context",
            by=cast.petra,
            field="words",
            text="Tired.",
            revision=0,
            laptop_of=cast.sam,
        )
    with before_the_wall(), acting_as(cast.petra):
        session.seat_of(cast.petra).write_on_own_page(by=cast.petra)
    with before_the_wall(), acting_as(cast.sam), refused():
        GroupWords._base_manager.filter(pk=row.pk).update(revision=9)


def test_nobody_names_a_laptop_for_another(session, cast):
    with before_the_wall(), acting_as(cast.sam), refused():
        GroupSeat._base_manager.filter(person=cast.petra).update(laptop_of=cast.sam)


def test_a_group_changes_hands_by_its_verbs_and_in_no_other_way(session, cast):
    session.group.ask([cast.nia], by=cast.sam)
    token = session.group.link.token
    for actor in (cast.sam, cast.nia):
        with before_the_wall(), acting_as(actor), refused():
            Group._base_manager.filter(pk=session.group_id).update(facilitator=cast.nia)
    with before_the_wall(), acting_as(cast.nia), holding(token), refused():
        GroupLink._base_manager.update(facilitator=cast.nia)
    with before_the_wall(), acting_as(cast.sam):
        handover.hand_over(Group.objects.get(), cast.nia, by=cast.sam)
    assert [seen(model, cast.sam) for model in (GroupLink, GroupMember)] == [0, 1]
    assert [seen(model, cast.nia) for model in (GroupLink, GroupMember)] == [1, 6]


def test_a_group_is_taken_over_before_the_wall_when_an_account_has_been_closed(session, cast):
    session.group.ask([cast.nia], by=cast.sam)
    with before_the_wall(), acting_as(cast.ada):
        cast.sam.deactivate(by=cast.ada)
    session.refresh_from_db()
    assert session.is_closed
    assert seen(GroupWords, cast.petra) == 2
    with before_the_wall(), acting_as(cast.nia):
        handover.take_over(Group.objects.get(), by=cast.nia)
        following = gathering.plan(Group.objects.get())
    assert following.facilitator == cast.nia
    assert [seen(model, cast.nia) for model in (GroupLink, GroupMember)] == [1, 5]


# ------------------------------------------------------------------ a seat, and what it opens


def test_a_seat_in_ones_own_group_opens_no_session_of_another(session, cast):
    """Nia looks after a group of her own, with a session ahead."""
    own = gathering.plan(gathering.open_group(cast.nia, [cast.olaf]))
    for group in (own.group, session.group):
        with refused_to(cast.nia):
            GroupSeat._base_manager.create(group=group, session=session, person=cast.nia, place=9)
    assert seen(GroupWords, cast.nia) == 0
    assert_refused(cast.nia, update("coaching_groupseat", f"session_id = '{session.pk}'"))


def test_nobody_takes_a_seat_once_it_has_begun_or_is_closed(session, cast):
    session.group.ask([cast.nia], by=cast.sam)
    seat = {"group": session.group, "session": session, "person": cast.nia, "place": 9}
    with refused_to(cast.nia):
        GroupSeat._base_manager.create(**seat)
    session.close(by=cast.sam)
    with refused_to(cast.nia):
        GroupSeat._base_manager.create(**seat)
    assert seen(GroupWords, cast.nia) == 0
    following = gathering.plan(session.group)
    with before_the_wall(), acting_as(cast.nia):
        GroupSeat.join(following, by=cast.nia)


def test_words_stand_in_ones_own_seat_of_that_session(session, cast):
    row = {
        "session": session,
        "group": session.group,
        "author": cast.wanda,
        "step": "context",
        "field": "words",
    }
    with refused_to(cast.wanda):
        GroupWords._base_manager.create(seat=session.seat_of(cast.petra), **row)
    other = gathering.plan(gathering.open_group(cast.sam, [cast.wanda]))
    with before_the_wall(), acting_as(cast.wanda):
        elsewhere = GroupSeat.join(other, by=cast.wanda)
    for forged in (row, row | {"group": other.group}, row | {"session": other}):
        with refused_to(cast.wanda):
            GroupWords._base_manager.create(seat=elsewhere, **forged)


def test_words_of_a_closed_session_stay_as_they_are(session, cast):
    session.close(by=cast.sam)
    GroupSession.objects.filter(pk=session.pk).update(closed_at=timezone.now() - LAST_WORDS - A_WHILE)
    for change in ("text = ''", "passed_at = now()"):
        assert_refused(cast.wanda, update("coaching_groupwords", change, "author_id = app_me()"))
    with refused_to(cast.wanda):
        GroupWords._base_manager.create(
            session=session,
            group=session.group,
            seat=session.seat_of(cast.wanda),
            author=cast.wanda,
            step="context",
            field="words",
        )


def test_nobody_makes_themselves_the_one_who_leads_what_has_begun_or_is_closed(session, cast):
    for person in (cast.wanda, cast.petra):
        assert_refused(person, update("coaching_groupsession", f"facilitator_id = {person.pk}"))
    session.close(by=cast.sam)
    User.objects.filter(pk=cast.petra.pk).update(may_supervise=True)
    for person in (cast.petra, cast.sam):
        for change in (
            f"facilitator_id = {cast.petra.pk}",
            "closed_at = NULL",
            "closed_at = now()",
            "step = 'context'",
            "presenter_id = NULL",
        ):
            assert_refused(person, update("coaching_groupsession", change))


def test_only_whoever_leads_begins_closes_and_brings_everybody_to_a_step(session, cast):
    for change in (
        "closed_at = now()",
        "step = 'context'",
        f"advisor_id = {cast.wanda.pk}, presenter_id = NULL",
    ):
        assert_refused(cast.wanda, update("coaching_groupsession", change))
    session.close(by=cast.sam)
    following = gathering.plan(session.group)
    for change in ("opened_at = now()", f"facilitator_id = {cast.wanda.pk}", "profile_id = NULL"):
        assert_refused(cast.wanda, update("coaching_groupsession", change, "closed_at IS NULL"))
    GroupSeat.join(following, by=cast.wanda)
    GroupSeat.join(following, by=cast.petra)
    following.take_part(Part.PRESENTER, by=cast.petra)
    for change in (f"presenter_id = {cast.wanda.pk}", "presenter_id = NULL", f"advisor_id = {cast.petra.pk}"):
        assert_refused(cast.wanda, update("coaching_groupsession", change, "closed_at IS NULL"))
    with before_the_wall(), acting_as(cast.wanda):
        following.take_part(Part.ADVISOR, by=cast.wanda)
    with before_the_wall(), acting_as(cast.sam):
        following.give_parts(by=cast.sam, presenter=cast.wanda, advisor=cast.petra)
