"""What stands beside the ladders of a practice profile: questions and goals, by the aspect that they are about."""

from collections.abc import Sequence
from dataclasses import dataclass

from profiles.models import CoachingQuestion, ExampleGoal, LevelDescriptor, PracticeProfile, SkillAspect


@dataclass(frozen=True)
class GoalLine:
    """An example goal, with the level that it practises and what the level after that looks like."""

    goal: ExampleGoal
    practises: str = ""
    following: str = ""


@dataclass(frozen=True)
class Beside:
    """The questions and goals about one aspect, or about the whole of the practice where there is no aspect."""

    aspect: SkillAspect | None
    questions: Sequence[CoachingQuestion]
    goals: Sequence[GoalLine]

    @property
    def title(self) -> str:
        return self.aspect.title if self.aspect else "The whole of it"


def beside(profile: PracticeProfile) -> list[Beside]:
    """Of a profile that came with `for_reading()`: the whole's first, then an aspect's after the other."""
    found = []
    for aspect in (None, *profile.aspects.all()):
        pk = aspect.pk if aspect else None
        questions = [each for each in profile.questions.all() if each.aspect_id == pk]
        descriptors = list(aspect.descriptors.all()) if aspect else []
        goals = [_line(goal, descriptors) for goal in profile.example_goals.all() if goal.aspect_id == pk]
        if questions or goals:
            found.append(Beside(aspect, questions, goals))
    return found


def _line(goal: ExampleGoal, descriptors: list[LevelDescriptor]) -> GoalLine:
    by_number = {each.level.number: each for each in descriptors}
    here = by_number.get(goal.level or 0)
    after = by_number.get((goal.level or 0) + 1) if here else None
    return GoalLine(
        goal,
        f"Practises level {here.level.number}, {here.level.name}." if here else "",
        f"Level {after.level.number}, {after.level.name}, looks like this: {after.text}" if after else "",
    )
