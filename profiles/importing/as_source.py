"""An edition that is stored, as the data that a reader makes of a file."""

from profiles.importing.source import (
    AspectSource,
    BandSource,
    EditionSource,
    GoalSource,
    LevelSource,
    Pairs,
    ProfileSource,
    ProvenanceSource,
)
from profiles.models import (
    Edition,
    ExampleGoal,
    PracticeProfile,
    Provenance,
    SkillAspect,
)


def source_of(edition: Edition) -> EditionSource:
    """An edition as the data that a reader makes of a file."""
    levels = list(edition.levels.all())
    return EditionSource(
        slug=edition.slug,
        title=edition.title,
        name=edition.name,
        note=edition.note,
        bands=tuple(
            BandSource(
                band.slug, band.title, tuple(level.number for level in levels if level.band_id == band.pk)
            )
            for band in edition.bands.all()
        ),
        levels=tuple(
            LevelSource(level.number, level.name, level.gist, stands_alone=level.stands_alone)
            for level in levels
        ),
        profiles=tuple(_profile_as_source(profile) for profile in edition.profiles.for_reading()),
        scale_name=edition.scale_name,
        provenance=_provenance_as_source(Provenance.objects.filter(edition=edition).first()),
    )


def _provenance_as_source(stored: Provenance | None) -> ProvenanceSource | None:
    if stored is None:
        return None
    return ProvenanceSource(
        status=stored.status,
        authors=tuple(stored.authors),
        written_on=stored.written_on,
        citation=stored.citation,
        sources=tuple(stored.sources),
        originators=tuple(stored.originators),
        method=stored.method,
        reviewers=tuple(stored.reviewers),
        wording=stored.wording,
        anchor_rule=stored.anchor_rule,
        character_rule=stored.character_rule,
        scale_rationale=stored.scale_rationale,
        changelog=_pairs(stored.changelog),
        glossary=_pairs(stored.glossary),
        not_written=_pairs(stored.not_written),
    )


def _pairs(lines: list[list[str]]) -> Pairs:
    return tuple((first, second) for first, second in lines)


def _profile_as_source(profile: PracticeProfile) -> ProfileSource:
    questions, goals = profile.questions.all(), profile.example_goals.all()
    return ProfileSource(
        slug=profile.slug,
        title=profile.title,
        order=profile.order,
        purpose=profile.purpose,
        cross_cutting=profile.cross_cutting,
        aspects=tuple(
            _aspect_as_source(
                aspect,
                [question.text for question in questions if question.aspect_id == aspect.pk],
                [_goal_as_source(goal) for goal in goals if goal.aspect_id == aspect.pk],
            )
            for aspect in profile.aspects.all()
        ),
        questions=tuple(question.text for question in questions if question.aspect_id is None),
        example_goals=tuple(_goal_as_source(goal) for goal in goals if goal.aspect_id is None),
        aliases=tuple(profile.aliases),
        at_every_level=tuple(profile.at_every_level),
    )


def _aspect_as_source(aspect: SkillAspect, questions: list[str], goals: list[GoalSource]) -> AspectSource:
    descriptors = aspect.descriptors.all()
    return AspectSource(
        aspect.slug,
        aspect.title,
        tuple((descriptor.level.number, descriptor.text) for descriptor in descriptors),
        definition=aspect.definition,
        evidence=tuple(aspect.evidence),
        applies=aspect.applies,
        lookalike=aspect.lookalike,
        occasions=tuple((each.level.number, each.occasion) for each in descriptors if each.occasion),
        questions=tuple(questions),
        example_goals=tuple(goals),
    )


def _goal_as_source(goal: ExampleGoal) -> GoalSource:
    return GoalSource(
        goal.text,
        goal.verb,
        goal.practice,
        goal.with_whom,
        goal.count,
        goal.unit,
        goal.when,
        level=goal.level,
    )
