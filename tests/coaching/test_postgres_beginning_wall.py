"""The second depth of the wall where people begin: what the database itself shows of what somebody keeps."""

from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, transaction

from coaching.models import (
    Invitation,
    OrientationWish,
    Partnership,
    PrivateEntry,
    ShadowNote,
    ShadowOffer,
    ShownNote,
)
from sopcoach.actor import acting_as
from tests.roles import before_the_wall


def seen(model, user) -> int:
    with before_the_wall(), acting_as(user):
        return model._base_manager.count()


@contextmanager
def refused():
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        yield


@pytest.fixture
def aspect(edition):
    return edition.aspects.select_related("profile").first()


@pytest.fixture
def watching(cast, edition):
    return Invitation.send(by=cast.sam, to=cast.wanda).reply(by=cast.wanda, answer="observing")


@pytest.fixture
def note(cast, aspect):
    return ShadowNote.write(by=cast.wanda, aspect=aspect, stood_out="Petra waited.", colleague=cast.petra)


def test_private_entries_and_notes_exist_for_their_owner_alone(watching, note, cast, aspect):
    PrivateEntry.write(by=cast.wanda, aspect=aspect, line="It came.")
    for model in (PrivateEntry, ShadowNote):
        assert seen(model, cast.wanda) == 1
        for user in (cast.sam, cast.petra, cast.nia, cast.olaf, cast.ada, cast.root, None):
            assert seen(model, user) == 0, (model, user)


def test_a_shown_note_exists_for_its_author_and_the_colleague(watching, note, cast):
    with before_the_wall(), acting_as(cast.wanda):
        note.show(by=cast.wanda)
    for user in (cast.wanda, cast.petra):
        assert seen(ShownNote, user) == 1
    for user in (cast.sam, cast.nia, cast.olaf, cast.ada, cast.root, None):
        assert seen(ShownNote, user) == 0
    with before_the_wall(), acting_as(cast.petra):
        assert ShownNote._base_manager.all().delete()[0] == 0
    with before_the_wall(), acting_as(cast.wanda):
        ShownNote.objects.get().take_back(by=cast.wanda)
    assert seen(ShownNote, cast.petra) == 0


def test_a_note_cannot_be_shown_to_anybody_but_whom_it_names(note, cast, aspect):
    """Not even by its writer: what one writes about a colleague never goes to a supervisor."""
    copied = {"note": note, "aspect": aspect, "stood_out": note.stood_out, "seen_on": note.seen_on}
    for actor, author, reader in (
        (cast.wanda, cast.wanda, cast.sam),
        (cast.sam, cast.sam, cast.sam),
        (cast.sam, cast.wanda, cast.petra),
    ):
        with before_the_wall(), acting_as(actor), refused():
            ShownNote._base_manager.create(author=author, reader=reader, **copied)


def test_offers_exist_for_whoever_observes_now(watching, cast, edition):
    ShadowOffer.offer(by=cast.petra, profiles=list(edition.profiles.all())[:1])
    assert (seen(ShadowOffer, cast.petra), seen(ShadowOffer, cast.wanda)) == (1, 1)
    for user in (cast.sam, cast.nia, cast.olaf, cast.ada, cast.root, None):
        assert seen(ShadowOffer, user) == 0
    watching.try_on(by=cast.wanda)
    assert seen(ShadowOffer, cast.wanda) == 0
    with before_the_wall(), acting_as(cast.wanda), refused():
        ShadowOffer._base_manager.create(owner=cast.petra, profile_slug="mapping")


def test_each_direction_of_asking_is_sent_and_answered_by_its_own_side(cast, edition):
    with before_the_wall(), acting_as(cast.sam), refused():
        Invitation._base_manager.create(
            supervisor=cast.sam, worker=cast.wanda, asked_by="worker", wish="formal"
        )
    with before_the_wall(), acting_as(cast.wanda), refused():
        Invitation._base_manager.create(supervisor=cast.sam, worker=cast.wanda)
    with before_the_wall(), acting_as(cast.wanda):
        asked = Invitation.ask(by=cast.wanda, to=cast.sam, wish="observing")
    for user in (cast.nia, cast.petra, cast.olaf, cast.ada, cast.root, None):
        assert seen(Invitation, user) == 0
    with before_the_wall(), acting_as(cast.wanda), refused():
        Invitation._base_manager.filter(pk=asked.pk).update(wish="formal")
    with before_the_wall(), acting_as(cast.sam):
        begun = asked.reply(by=cast.sam, answer="observing")
    assert begun is not None
    assert seen(Partnership, cast.wanda) == 1


def test_a_supervisor_begins_nothing_that_no_worker_has_asked_for(cast, edition):
    row = {"supervisor": cast.sam, "edition": edition}
    with before_the_wall(), acting_as(cast.sam), refused():
        Partnership._base_manager.create(worker=cast.wanda, **row)
    with before_the_wall(), acting_as(cast.wanda):
        asked = Invitation.ask(by=cast.wanda, to=cast.sam, wish="observing")
    with before_the_wall(), acting_as(cast.sam), refused():
        Partnership._base_manager.create(worker=cast.wanda, slug=asked.slug, **row)
    with before_the_wall(), acting_as(cast.sam), refused():
        Partnership._base_manager.create(worker=cast.petra, slug=asked.slug, **row)


def test_a_wish_about_orientation_exists_for_the_two(agreed, cast):
    with before_the_wall(), acting_as(cast.wanda):
        OrientationWish.propose(agreed, by=cast.wanda)
    with before_the_wall(), acting_as(cast.sam):
        OrientationWish.propose(agreed, by=cast.sam)
    agreed.refresh_from_db()
    assert agreed.orientation
    assert (seen(OrientationWish, cast.wanda), seen(OrientationWish, cast.sam)) == (1, 1)
    for user in (cast.nia, cast.petra, cast.olaf, cast.ada, cast.root, None):
        assert seen(OrientationWish, user) == 0
