from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from profiles.importing.as_source import source_of
from profiles.importing.source import content_hash
from profiles.models import (
    Band,
    CoachingQuestion,
    Edition,
    EditionError,
    EditionStatus,
    ExampleGoal,
    IncompleteEditionError,
    Level,
    LevelDescriptor,
    PracticeProfile,
    Provenance,
    PublishedEditionError,
    SkillAspect,
)
from sopcoach.words.refusal import Refused
from tests.factories import UserFactory
from tests.profiles.factories import full_edition, full_source, small_edition

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

KINDS = [
    Edition,
    Band,
    Level,
    PracticeProfile,
    SkillAspect,
    LevelDescriptor,
    CoachingQuestion,
    ExampleGoal,
    Provenance,
]
TEXT_OF = {
    Edition: "title",
    Band: "title",
    Level: "name",
    PracticeProfile: "title",
    SkillAspect: "title",
    Provenance: "status",
}


def counts() -> dict[str, int]:
    return {kind.__name__: kind.objects.count() for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_no_row_of_a_published_edition_can_be_saved(kind: type) -> None:
    small_edition()
    row = kind.objects.first()
    field = TEXT_OF.get(kind, "text")
    before = getattr(row, field)
    setattr(row, field, "Something else")
    with pytest.raises(PublishedEditionError, match="never changes"):
        row.save()
    row.refresh_from_db()
    assert getattr(row, field) == before


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "act",
    [
        lambda kind: kind.objects.first().delete(),
        lambda kind: kind.objects.all().delete(),
        lambda kind: kind.objects.filter(pk__gt=0).update(**{TEXT_OF.get(kind, "text"): "Something else"}),
        lambda kind: kind.objects.bulk_update(
            [kind(pk=kind.objects.first().pk, **{TEXT_OF.get(kind, "text"): "Something else"})],
            [TEXT_OF.get(kind, "text")],
        ),
    ],
    ids=["delete", "delete many", "update", "bulk_update"],
)
def test_no_road_leads_round_the_rule(kind: type, act: Callable[[type], object]) -> None:
    small_edition()
    before = list(kind.objects.values())
    with pytest.raises(PublishedEditionError):
        act(kind)
    assert list(kind.objects.values()) == before


def test_nothing_can_be_added_to_a_published_edition() -> None:
    edition = small_edition()
    profile = edition.profiles.get(slug="listening")
    before = counts()
    with pytest.raises(PublishedEditionError):
        SkillAspect.objects.create(profile=profile, slug="new", title="New", order=9)
    with pytest.raises(PublishedEditionError):
        CoachingQuestion.objects.bulk_create([CoachingQuestion(profile=profile, order=9, text="What else?")])
    with pytest.raises(PublishedEditionError):
        edition.bands.create(slug="new", title="New", position=9)
    assert counts() == before


def test_a_row_can_neither_be_moved_into_a_published_edition_nor_out_of_it() -> None:
    published, draft = small_edition(), small_edition(name="2", published=False)
    out = published.profiles.get(slug="listening")
    out.edition = draft
    into = draft.profiles.get(slug="mapping")
    into.edition = published
    for row in (out, into):
        with pytest.raises(PublishedEditionError):
            row.save()


def test_everything_in_a_draft_can_change() -> None:
    edition = small_edition(published=False)
    LevelDescriptor.objects.filter(aspect__slug="listening-opening").update(text="Better words.")
    edition.title = "A better title"
    edition.save()
    edition.profiles.get(slug="planning").delete()
    assert Edition.objects.get().title == "A better title"
    assert [profile.slug for profile in edition.profiles.all()] == ["listening", "mapping"]
    edition.delete()
    assert set(counts().values()) == {0}


def test_the_current_edition_is_the_one_published_last() -> None:
    assert Edition.objects.current() is None
    small_edition(published=False, name="draft")
    assert Edition.objects.current() is None
    small_edition(name="1")
    newer = small_edition(name="2")
    assert Edition.objects.current() == newer


def test_retiring_an_edition_brings_back_the_one_before_and_keeps_its_words() -> None:
    older, newer = small_edition(name="1"), small_edition(name="2")
    newer.retire(by=None)
    newer.refresh_from_db()
    assert newer.status is EditionStatus.RETIRED
    assert Edition.objects.current() == older
    assert newer.aspects.count() == 6
    with pytest.raises(PublishedEditionError):
        newer.profiles.all().delete()


def test_a_draft_can_not_be_retired() -> None:
    with pytest.raises(EditionError, match="Only a published edition"):
        small_edition(published=False).retire(by=None)


def test_only_an_administrator_publishes_and_retires() -> None:
    ada, olaf = UserFactory(is_administrator=True), UserFactory()
    draft, used = small_edition(published=False, name="draft"), small_edition(name="used")
    for refused in (draft.publish, used.retire):
        with pytest.raises(Refused, match="Only an administrator"):
            refused(by=olaf)
    assert (draft.status, used.status) == (EditionStatus.DRAFT, EditionStatus.PUBLISHED)
    draft.publish(by=ada)
    used.retire(by=ada)
    assert (draft.status, used.status) == (EditionStatus.PUBLISHED, EditionStatus.RETIRED)


def test_an_edition_is_published_once() -> None:
    edition = small_edition()
    assert edition.status is EditionStatus.PUBLISHED
    with pytest.raises(PublishedEditionError):
        edition.publish(by=None)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda e: e.levels.filter(number__gt=2).delete(), "The scale has 2 levels"),
        (lambda e: e.profiles.all().delete(), "no practice profile"),
        (lambda e: e.profiles.get(slug="mapping").aspects.all().delete(), "“Mapping” has no skill aspect"),
        (
            lambda e: LevelDescriptor.objects.filter(
                aspect__slug="planning-opening", level__number=4
            ).delete(),
            "“Opening in planning” does not describe every level",
        ),
    ],
)
def test_an_incomplete_edition_is_not_published(spoil: Callable[[Edition], object], sentence: str) -> None:
    edition = small_edition(published=False)
    spoil(edition)
    with pytest.raises(IncompleteEditionError, match=sentence):
        edition.publish(by=None)
    edition.refresh_from_db()
    assert edition.status is EditionStatus.DRAFT


def test_an_aspect_has_its_slug_alone_in_the_edition_even_across_profiles() -> None:
    edition = small_edition(published=False)
    twin = SkillAspect(
        profile=edition.profiles.get(slug="mapping"), slug="listening-opening", title="A twin", order=9
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    small_edition(name="2")
    assert SkillAspect.objects.filter(slug="listening-opening").count() == 2


def test_a_level_is_described_once_and_never_with_nothing() -> None:
    edition = small_edition(published=False)
    aspect = edition.aspects.first()
    level = edition.levels.get(number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        LevelDescriptor.objects.create(aspect=aspect, level=level, text="Again.")
    with pytest.raises(IntegrityError), transaction.atomic():
        LevelDescriptor.objects.filter(aspect=aspect, level=level).update(text="")


def test_a_broken_rule_is_told_in_a_sentence() -> None:
    edition = small_edition(published=False)
    level = Level(edition=edition, band=edition.bands.first(), number=11, name="Beyond", gist="Too far.")
    with pytest.raises(ValidationError, match="A level has a number from 1 to 10"):
        level.full_clean()


def test_a_published_edition_has_the_mark_of_its_file() -> None:
    draft = full_edition(published=False)
    assert draft.content_hash == ""
    draft.publish(by=None)
    assert draft.content_hash == content_hash(full_source()) == content_hash(source_of(draft))
    assert f"Content {draft.content_mark}." in draft.provenance.cite()


def test_a_citation_says_how_far_the_words_can_be_relied_on() -> None:
    provenance = full_edition().provenance
    assert provenance.cite("Listening").startswith(
        "Ada Bello, Cedar County. (2026). Listening. In Small profiles, edition 1 [Draft for tests, not validated]."
    )


def test_what_stands_beside_a_ladder_knows_its_aspect() -> None:
    full_edition()
    question = CoachingQuestion.objects.get(text="What did you notice about opening in listening?")
    assert question.aspect.slug == "listening-opening"
    goal = ExampleGoal.objects.filter(aspect__slug="listening-opening").get()
    assert (goal.level, goal.order) == (1, 2)
