"""The second depth: PostgreSQL itself shows an administrator nothing that goes on, however the mark came."""

import pytest

from coaching.groups.models import Group, GroupLink, GroupMember, GroupSeat, GroupSession, GroupWords
from coaching.groups.models.group import holding
from coaching.models import Invitation, Partnership, StageWords
from sopcoach.requests.actor import acting_as
from tests.coaching import gathering, steps
from tests.coaching.test_administrators import slip_the_mark_to
from tests.coaching.walled import refused, seen
from tests.roles import before_the_wall

GROUPS = (Group, GroupLink, GroupMember, GroupSeat, GroupSession, GroupWords)


@pytest.fixture
def gathered(cast, edition):
    session = gathering.begin(cast, gathering.peers(cast))
    gathering.say(session, "purpose", cast.wanda, "To think before I answer.")
    return session


def test_the_link_shows_an_administrator_nothing_and_lets_nobody_in(gathered, cast):
    group, token = gathered.group, gathered.group.link.token
    with before_the_wall(), acting_as(cast.ada), holding(token):
        assert not Group._base_manager.exists()
        assert not GroupLink._base_manager.exists()
    with before_the_wall(), acting_as(cast.ada), holding(token), refused():
        GroupMember._base_manager.create(group=group, facilitator=cast.sam, person=cast.ada)


def test_whoever_looks_after_a_list_can_t_put_an_administrator_on_it(gathered, cast):
    with before_the_wall(), acting_as(cast.sam), refused():
        GroupMember._base_manager.create(group=gathered.group, facilitator=cast.sam, person=cast.ada)


def test_a_mark_past_the_verbs_shows_no_row_that_goes_on(gathered, cast):
    partnership = steps.begin(cast.wanda, cast.sam)
    session = steps.open_session(partnership)
    session.say("purpose", by=cast.wanda, field="words", text="To slow down.", revision=0)
    assert all(seen(model, cast.wanda) for model in (Partnership, StageWords, Group, GroupSeat, GroupWords))
    slip_the_mark_to(cast.wanda)
    for model in (*GROUPS, Partnership, StageWords, Invitation):
        assert seen(model, cast.wanda) == 0, model


def test_no_partnership_begins_with_an_administrator(cast, edition):
    invitation = Invitation.send(by=cast.sam, to=cast.wanda)
    Invitation._base_manager.filter(pk=invitation.pk).update(answer="formal", answered_at=invitation.sent_at)
    slip_the_mark_to(cast.sam)
    with before_the_wall(), acting_as(cast.wanda), refused():
        Partnership._base_manager.create(
            slug=invitation.slug, worker=cast.wanda, supervisor=cast.sam, edition=edition
        )
