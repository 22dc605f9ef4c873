"""The second depth of the wall where people begin: what the database itself shows of what somebody keeps."""

import pytest
from django.utils import timezone

from coaching.models import (
    CoachingSession,
    Invitation,
    OrientationWish,
    Partnership,
    PrivateEntry,
    ShadowNote,
    ShadowOffer,
    ShownNote,
    engagement,
    trying_on,
)
from sopcoach.requests.actor import acting_as, acting_as_system
from tests.coaching.walled import assert_refused, refused, refused_to, seen, update
from tests.roles import before_the_wall


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
    trying_on.try_on(watching, by=cast.wanda)
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


def test_a_worker_begins_nothing_that_no_supervisor_has_said_yes_to(cast, edition):
    row = {"worker": cast.wanda, "supervisor": cast.sam, "edition": edition}
    with refused_to(cast.wanda):
        Partnership._base_manager.create(**row)
    asked = Invitation.ask(by=cast.wanda, to=cast.sam, wish="formal")
    with refused_to(cast.wanda):
        Partnership._base_manager.create(slug=asked.slug, **row)
    invited = Invitation.send(by=cast.nia, to=cast.wanda)
    with refused_to(cast.wanda):
        Partnership._base_manager.create(slug=invited.slug, **row)
    with refused_to(cast.wanda):
        Partnership._base_manager.create(slug=invited.slug, **row | {"supervisor": cast.nia})


def test_a_yes_to_observing_begins_nothing_more_than_that(cast, edition):
    invited = Invitation.send(by=cast.sam, to=cast.wanda)
    answered = {"answer": "observing", "answered_at": timezone.now()}
    Invitation._base_manager.filter(pk=invited.pk).update(**answered)
    row = {"worker": cast.wanda, "supervisor": cast.sam, "edition": edition, "slug": invited.slug}
    for user in (cast.wanda, cast.sam):
        with refused_to(user):
            Partnership._base_manager.create(**row, engagement="formal")
    with before_the_wall(), acting_as(cast.wanda):
        Partnership._base_manager.create(**row, engagement="observing")


def test_an_answer_is_given_once_and_by_whoever_was_asked_alone(cast, edition):
    now = timezone.now()
    with refused_to(cast.sam):
        Invitation._base_manager.create(
            supervisor=cast.sam, worker=cast.wanda, answer="formal", answered_at=now
        )
    invited = Invitation.send(by=cast.sam, to=cast.wanda, words="Would you like to?")
    for change in (f"supervisor_id = {cast.nia.pk}", "sent_at = now()", "slug = 'other'"):
        for user in (cast.wanda, cast.sam):
            assert_refused(user, update("coaching_invitation", change))
    # the question is its asker's, the answer is not
    assert_refused(cast.wanda, update("coaching_invitation", "words = ''"))
    assert_refused(cast.wanda, update("coaching_invitation", "answer = 'withdrawn', answered_at = now()"))
    assert_refused(cast.sam, update("coaching_invitation", "answer = 'formal', answered_at = now()"))
    assert_refused(cast.sam, update("coaching_invitation", "answer_words = 'x'"))
    with before_the_wall(), acting_as(cast.wanda):
        invited.reply(by=cast.wanda, answer="not_now")
    for change in ("words = ''", "answer = 'withdrawn'"):
        assert_refused(cast.sam, update("coaching_invitation", change))
    for change in ("answer = 'formal'", "answer = '', answered_at = NULL", "answer_words = 'x'"):
        assert_refused(cast.wanda, update("coaching_invitation", change))


# ------------------------------------------------------------------ how far, and the end


def test_how_far_to_come_in_is_the_workers_choice_alone(watching, cast):
    for change in (
        "engagement = 'formal'",
        "engagement = 'trying_on', until_on = current_date + 30",
        "formal_on = current_date",
        "until_on = current_date + 30",
    ):
        assert_refused(cast.sam, update("coaching_partnership", change))
    with before_the_wall(), acting_as(cast.wanda):
        trying_on.try_on(watching, by=cast.wanda)
    assert_refused(cast.sam, update("coaching_partnership", "engagement = 'formal', until_on = NULL"))
    with before_the_wall(), acting_as(cast.wanda):
        engagement.formalize(watching, by=cast.wanda)
    for user in (cast.wanda, cast.sam):
        assert_refused(user, update("coaching_partnership", "engagement = 'observing'"))


def test_either_pauses_and_resumes_formal_coaching(agreed, cast):
    with before_the_wall(), acting_as(cast.sam):
        engagement.pause(agreed, by=cast.sam)
    with before_the_wall(), acting_as(cast.wanda):
        engagement.resume(agreed, by=cast.wanda)
    assert agreed.is_formal


def test_what_has_ended_is_not_opened_again(agreed, cast):
    engagement.end(agreed, by=cast.wanda)
    for user in (cast.sam, cast.wanda):
        for change in (
            "engagement = 'formal', ended_at = NULL",
            "engagement = 'observing', ended_at = NULL",
            "ended_at = now() + interval '1 day'",
            "path = 'one_by_one'",
        ):
            assert_refused(user, update("coaching_partnership", change))
    with before_the_wall(), acting_as_system("ending"), refused():
        Partnership._base_manager.update(engagement="formal", ended_at=None)
    assert seen(CoachingSession, cast.sam) == 0


def test_a_side_ends_it_by_the_verb_alone_and_neither_gives_their_place_away(agreed, cast):
    for user in (cast.sam, cast.wanda):
        for change in (
            "engagement = 'ended', ended_at = now()",
            f"worker_id = {cast.petra.pk}",
            f"supervisor_id = {cast.nia.pk}",
            "slug = 'other'",
        ):
            assert_refused(user, update("coaching_partnership", change))
    with before_the_wall(), acting_as(cast.sam):
        engagement.end(agreed, by=cast.sam)
    assert Partnership.objects.get().is_ended


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


def test_nothing_begins_with_somebody_who_has_lost_the_mark(cast, edition):
    asked = Invitation.send(by=cast.sam, to=cast.wanda)
    type(cast.sam).objects.filter(pk=cast.sam.pk).update(may_supervise=False)
    Invitation._base_manager.update(answer="observing", answered_at=timezone.now())
    pair = {"worker": cast.wanda, "supervisor": cast.sam, "edition": edition, "engagement": "observing"}
    with refused_to(cast.wanda):
        Partnership._base_manager.create(slug=asked.slug, **pair)
    Partnership._base_manager.create(slug=asked.slug, **pair)
    assert_refused(
        cast.wanda, update("coaching_partnership", "engagement = 'formal', formal_on = current_date")
    )
