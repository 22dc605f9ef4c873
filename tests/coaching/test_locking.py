"""What a verb decides on is how things are when its turn comes, whatever the page showed that asked for it (ADR 16)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from coaching.models import (
    CoachingSession,
    EditionMove,
    Focus,
    Invitation,
    OrientationWish,
    Partnership,
    Promise,
    Target,
    engagement,
)
from coaching.models.locking import Gone
from sopcoach.words.refusal import Refused
from tests.coaching import steps
from tests.coaching.test_edition_move import newer_edition_of
from tests.profiles.factories import small_edition

pytestmark = pytest.mark.both_databases


def as_loaded_before(row):
    """The same row as another page has it before itself."""
    return type(row).objects.get(pk=row.pk)


def test_an_old_page_does_not_move_a_session_that_has_begun(session, cast):
    old_page = as_loaded_before(session)
    session.open(by=cast.sam)
    with pytest.raises(Refused, match="has begun"):
        old_page.move_to(timezone.now() + timedelta(days=20), by=cast.wanda)
    assert as_loaded_before(session).starts_at == session.starts_at


def test_an_old_page_begins_no_conversation_once_the_coaching_has_ended(session, cast):
    old_page = as_loaded_before(session.partnership)
    engagement.end(session.partnership, by=cast.sam)
    with pytest.raises(Refused, match="isn’t going on"):
        CoachingSession.converse(old_page, by=cast.wanda)
    assert not CoachingSession.objects.filter(closed_at=None).exists()


def test_an_old_page_sets_no_target_once_both_have_agreed_to_orientation(agreed, cast):
    (focus,) = Focus.choose(agreed, steps.aspects_of(agreed)[:1], by=cast.wanda)
    old_page = as_loaded_before(focus)
    assert not old_page.partnership.orientation
    OrientationWish.propose(agreed, by=cast.sam)
    OrientationWish.propose(agreed, by=cast.wanda)
    with pytest.raises(Refused, match="no targets"):
        Target.set(old_page, 4, by=cast.wanda)


def test_an_old_page_picks_an_aspect_in_the_words_that_the_pair_has_moved_to(session, cast):
    partnership = session.partnership
    on_the_old_page = steps.aspects_of(partnership)[2]
    newer = newer_edition_of(partnership)
    EditionMove.propose(partnership, by=cast.sam)
    EditionMove.propose(partnership, by=cast.wanda)
    (focus,) = Focus.choose(partnership, [on_the_old_page], by=cast.wanda)
    assert focus.aspect_slug == on_the_old_page.slug
    assert focus.aspect.edition == newer


def test_an_old_page_picks_no_aspect_that_is_gone_from_the_edition_moved_to(session, cast):
    partnership = session.partnership
    on_the_old_page = steps.aspects_of(partnership)[4]
    small_edition(name="2", profiles=2)
    EditionMove.propose(partnership, by=cast.sam)
    EditionMove.propose(partnership, by=cast.wanda)
    with pytest.raises(ValidationError, match="moved to a newer edition"):
        Focus.choose(partnership, [on_the_old_page], by=cast.wanda)


def test_what_is_gone_meanwhile_is_a_sentence(session, cast):
    session.open(by=cast.sam)
    due_on = timezone.localdate() + timedelta(days=4)
    promise = Promise.make(session, by=cast.wanda, text="I will.", due_on=due_on)
    old_page = as_loaded_before(promise)
    promise.take_back(by=cast.wanda)
    with pytest.raises(Gone, match="Load the page again"):
        old_page.keep(by=cast.wanda)


def test_whoever_acts_sees_on_their_own_page_what_came_of_it(session, cast):
    page = as_loaded_before(session)
    session.open(by=cast.sam)
    page.open(by=cast.wanda)
    assert page.is_open
    assert page.opened_at == as_loaded_before(session).opened_at


def test_a_mark_that_was_taken_away_meanwhile_counts_when_somebody_is_asked(cast, edition):
    as_signed_in = type(cast.sam).objects.get(pk=cast.sam.pk)
    type(cast.sam).objects.filter(pk=cast.sam.pk).update(may_supervise=False)
    with pytest.raises(Refused, match="marks who may coach"):
        Invitation.send(by=as_signed_in, to=cast.wanda)
    assert not Partnership.objects.exists()
