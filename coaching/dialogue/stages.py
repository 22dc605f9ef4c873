"""The Dialogue Structure as data: the eight stages that every session is made of (product.md, 5; FAQ, begin step 1)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One text of one author within a stage."""

    key: str
    label: str
    help: str = ""


WORDS = (Field("words", ""),)
"""One field; its heading on the page is its label."""


@dataclass(frozen=True)
class Stage:
    key: str
    title: str
    question: str
    help: str = ""
    fields: tuple[Field, ...] = WORDS
    opening_fields: tuple[Field, ...] = ()
    opening_question: str = ""
    reminder: str = ""
    """A word on the coach's part, for the supervisor's eyes in the session (FAQ, context)."""

    def fields_in(self, *, opening: bool) -> tuple[Field, ...]:
        return self.opening_fields if opening and self.opening_fields else self.fields

    def question_in(self, *, opening: bool) -> str:
        return self.opening_question if opening and self.opening_question else self.question


STAGES = (
    Stage(
        "purpose",
        "Purpose",
        "Why are we meeting today?",
        reminder="Leave the hierarchical hat outside. This hour belongs to the worker’s learning.",
    ),
    Stage(
        "context",
        "Context",
        "What might pull our attention away, and what do we need to know first?",
        reminder="Ask before you tell. What is on the worker’s mind comes before what is on yours.",
    ),
    Stage(
        "agreements",
        "Group agreements",
        "How shall we work together?",
        help="Some that people have used: try it on; you may pass; silence counts; share the airtime; speak for yourself.",
        reminder="You are bound by these as much as the worker is. Say so.",
    ),
    Stage(
        "network",
        "Network and stakeholders",
        "Who is affected, who is missing, who should know?",
        reminder="Keep to practice. Case decisions have a place of their own, outside of coaching.",
    ),
    Stage(
        "outcome",
        "Desired outcome",
        "What would make this time worth it?",
        opening_question="What do you hope for, and what do you fear?",
        help="",
        opening_fields=(
            Field(
                "best_hopes",
                "Best hopes",
                "What would be different if using the practice profiles in supervision went as well as it could?",
            ),
            Field(
                "worst_fears",
                "Worst fears",
                "What could go wrong, for you or for what is between you, if it went badly?",
            ),
        ),
        reminder="Say your own fears as well. Don’t talk the worker out of theirs.",
    ),
    Stage(
        "content",
        "Content",
        "What do we work on today?",
        fields=(),
        reminder="What works comes first. The worker speaks before you do.",
    ),
    Stage(
        "next_steps",
        "Next steps",
        "Who does what by when?",
        fields=(),
        reminder="Promise something yourself, too. Let the worker choose theirs.",
    ),
    Stage(
        "feedback",
        "Plus / delta",
        "What helped, and what would we change?",
        fields=(Field("plus", "Plus: what helped"), Field("delta", "Delta: what we’d change")),
        reminder="Thank the worker for a delta. It is a gift to a coach.",
    ),
)

BY_KEY = {stage.key: stage for stage in STAGES}


def neighbours(stage: Stage) -> tuple[Stage | None, Stage | None]:
    """The stages before and after this one."""
    place = STAGES.index(stage)
    before = STAGES[place - 1] if place else None
    after = STAGES[place + 1] if place + 1 < len(STAGES) else None
    return before, after
