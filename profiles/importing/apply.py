"""The database's side of an import: what it holds now, and writing a plan into it."""

from collections.abc import Callable
from itertools import batched

from django.db import models, transaction

from profiles.importing.as_source import source_of
from profiles.importing.plan import Current, Plan, plan
from profiles.importing.source import (
    EditionSource,
    ProvenanceSource,
)
from profiles.models import (
    Band,
    CoachingQuestion,
    Edition,
    ExampleGoal,
    Level,
    LevelDescriptor,
    PracticeProfile,
    Provenance,
    PublishedEditionError,
    SkillAspect,
)

BATCH = 500

type Progress = Callable[[str], None]
"""Is told what is being done, in words for a person who waits."""


def no_progress(doing: str) -> None:
    pass


def base_source() -> EditionSource | None:
    """What a file that leaves something out is filled up from: the edition in use."""
    edition = Edition.objects.current()
    return source_of(edition) if edition else None


def current_for(source: EditionSource) -> Current | None:
    """What to plan the source against: the edition of its slug, else the one that coaching uses now."""
    edition = Edition.objects.filter(slug=source.slug).first() or Edition.objects.current()
    if edition is None:
        return None
    return Current(source_of(edition), is_fixed=edition.published_at is not None)


@transaction.atomic
def apply(planned: Plan, *, publish: bool = False, progress: Progress = no_progress) -> Edition:
    """Write the plan's edition as a draft, over a draft of the same slug if there is one, or leave it as it is.

    `publish` makes it the edition of all new coaching; only whoever runs the server does both in one step. Raises `ValueError` for a plan with problems and
    `PublishedEditionError` if the edition was published after the plan was made.
    """
    if planned.problems:
        raise ValueError("A plan with problems can’t be applied.")
    source = planned.source
    edition = Edition.objects.select_for_update().filter(slug=source.slug).first()
    if edition is None:
        edition = Edition.objects.create(
            slug=source.slug,
            title=source.title,
            name=source.name,
            note=source.note,
            scale_name=source.scale_name,
        )
        _write_content(edition, source, progress)
    else:
        _rewrite_if_changed(edition, source, progress)
    if publish and edition.published_at is None:
        edition.publish(by=None)
    return edition


def _rewrite_if_changed(edition: Edition, source: EditionSource, progress: Progress) -> None:
    fresh = plan(source, current_for(source))
    if fresh.problems:
        raise PublishedEditionError
    if not fresh.changes_something:
        return
    edition.title, edition.name, edition.note = source.title, source.name, source.note
    edition.scale_name = source.scale_name
    edition.save()
    edition.profiles.all().delete()
    edition.bands.all().delete()
    Provenance.objects.filter(edition=edition).delete()
    _write_content(edition, source, progress)


def _write_content(edition: Edition, source: EditionSource, progress: Progress) -> None:
    if source.provenance:
        _write_provenance(edition, source.provenance)
    bands = Band.objects.bulk_create(
        Band(edition=edition, slug=band.slug, title=band.title, position=position)
        for position, band in enumerate(source.bands, start=1)
    )
    band_of = {number: bands[index] for index, band in enumerate(source.bands) for number in band.levels}
    levels = Level.objects.bulk_create(
        Level(
            edition=edition,
            band=band_of[level.number],
            number=level.number,
            name=level.name,
            gist=level.gist,
            stands_alone=level.stands_alone,
        )
        for level in source.levels
    )
    level_of = {level.number: level for level in levels}
    profiles = PracticeProfile.objects.bulk_create(
        PracticeProfile(
            edition=edition,
            slug=profile.slug,
            title=profile.title,
            order=profile.order,
            purpose=profile.purpose,
            cross_cutting=profile.cross_cutting,
            aliases=list(profile.aliases),
            at_every_level=list(profile.at_every_level),
        )
        for profile in source.profiles
    )
    written = list(zip(profiles, source.profiles, strict=True))
    aspects = SkillAspect.objects.bulk_create(
        SkillAspect(
            profile=profile,
            slug=aspect.slug,
            title=aspect.title,
            order=order,
            definition=aspect.definition,
            evidence=list(aspect.evidence),
            applies=aspect.applies,
            lookalike=aspect.lookalike,
        )
        for profile, profile_source in written
        for order, aspect in enumerate(profile_source.aspects, start=1)
    )
    aspect_of = {aspect.slug: aspect for aspect in aspects}
    _write_in_batches(
        LevelDescriptor.objects,
        [
            LevelDescriptor(
                aspect=aspect_of[aspect.slug],
                level=level_of[number],
                text=text,
                occasion=dict(aspect.occasions).get(number, ""),
            )
            for profile_source in source.profiles
            for aspect in profile_source.aspects
            for number, text in aspect.descriptors
        ],
        "level descriptors",
        progress,
    )
    CoachingQuestion.objects.bulk_create(
        CoachingQuestion(profile=profile, order=order, text=text, aspect=aspect_of.get(about))
        for profile, profile_source in written
        for order, (about, text) in enumerate(profile_source.all_questions, start=1)
    )
    ExampleGoal.objects.bulk_create(
        ExampleGoal(
            profile=profile,
            order=order,
            aspect=aspect_of.get(about),
            level=goal.level,
            text=goal.text,
            verb=goal.verb,
            practice=goal.practice,
            with_whom=goal.with_whom,
            count=goal.count,
            unit=goal.unit,
            when=goal.when,
        )
        for profile, profile_source in written
        for order, (about, goal) in enumerate(profile_source.all_goals, start=1)
    )


def _write_provenance(edition: Edition, source: ProvenanceSource) -> None:
    Provenance.objects.create(
        edition=edition,
        status=source.status,
        authors=list(source.authors),
        written_on=source.written_on,
        citation=source.citation,
        sources=list(source.sources),
        originators=list(source.originators),
        method=source.method,
        reviewers=list(source.reviewers),
        wording=source.wording,
        anchor_rule=source.anchor_rule,
        character_rule=source.character_rule,
        scale_rationale=source.scale_rationale,
        changelog=[list(pair) for pair in source.changelog],
        glossary=[list(pair) for pair in source.glossary],
        not_written=[list(pair) for pair in source.not_written],
    )


def _write_in_batches[M: models.Model](
    manager: models.Manager[M], rows: list[M], name: str, progress: Progress
) -> None:
    written = 0
    for batch in batched(rows, BATCH):
        manager.bulk_create(batch)
        written += len(batch)
        progress(f"{written:,} of {len(rows):,} {name} written")
