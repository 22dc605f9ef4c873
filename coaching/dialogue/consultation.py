"""What a group session is made of, as data: the Dialogue Structure, with the consultation as its content (product.md, 5).

A group without a practice profile holds a plain conversation along the same eight stages, with nothing in between.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from coaching.dialogue.stages import BY_KEY, STAGES, WORDS, Field, Stage


class Voice(StrEnum):
    """Who writes in a step."""

    EVERYBODY = "everybody"
    PRESENTER = "presenter"


@dataclass(frozen=True)
class Step:
    """One page of a group session: a stage, or a step within the content stage."""

    key: str
    title: str
    question: str
    stage: Stage
    fields: tuple[Field, ...] = WORDS
    help: str = ""
    voice: Voice = Voice.EVERYBODY
    peers_first: bool = False
    """Whether the facilitator's own field waits for the peers (FAQ, context: peer to peer)."""
    has_prompts: bool = False

    @property
    def is_content(self) -> bool:
        return self.stage.key == "content"

    @property
    def is_presenters(self) -> bool:
        return self.voice is Voice.PRESENTER


"""So many peers speak, or pass, before the facilitator's own field opens."""

_CONTENT = BY_KEY["content"]

CONSULTATION = (
    Step(
        "question",
        "The question",
        "What would you like the group to think about with you?",
        _CONTENT,
        help="What happened, what it meant for the child, and where you are stuck. Not who it was.",
        voice=Voice.PRESENTER,
    ),
    Step(
        "works_well",
        "What works well",
        "What is working well here, for the child and in the work?",
        _CONTENT,
        peers_first=True,
    ),
    Step(
        "worries",
        "Worries",
        "What worries you, and what don’t we know yet?",
        _CONTENT,
        peers_first=True,
    ),
    Step(
        "prompts",
        "Prompts",
        "What does the practice profile let us ask?",
        _CONTENT,
        help="Ask something, or offer something. Questions travel further than advice.",
        peers_first=True,
        has_prompts=True,
    ),
    Step(
        "stood_out",
        "What stood out",
        "What stood out, and what do we learn from it?",
        _CONTENT,
        help=(
            "Elicit: what stood out for you? Amplify: how did that come about, and what difference did it make? "
            "Reflect: what does it tell us about this practice? Then start over: what else?"
        ),
        peers_first=True,
    ),
    Step(
        "takes",
        "What I take",
        "What do you take with you?",
        _CONTENT,
        help="Choose what fits, and leave the rest.",
        voice=Voice.PRESENTER,
    ),
)


def _of(stage: Stage) -> Step:
    return Step(stage.key, stage.title, stage.question, stage, stage.fields or WORDS, stage.help)


_TRIES = replace(
    _of(BY_KEY["next_steps"]),
    question="What will you try next?",
    help="Something small that is yours. You can take it into your goals afterwards; nobody else does.",
)
_OPENING = tuple(_of(stage) for stage in STAGES if stage.key not in ("content", "next_steps", "feedback"))

CONVERSATION_STEPS = tuple(_of(stage) for stage in STAGES)
CONSULTATION_STEPS = (*_OPENING, *CONSULTATION, _TRIES, _of(BY_KEY["feedback"]))
KEYS = tuple(dict.fromkeys(step.key for step in (*CONSULTATION_STEPS, *CONVERSATION_STEPS)))

TERMS = (
    ("Try it on.", "An idea is a coat. Wear it for a minute."),
    ("You may pass.", "At any time, without a reason."),
    ("Silence counts.", "It’s where the thinking happens."),
    ("Share the airtime.", "If you’ve spoken twice, wait for two others."),
    ("Speak for yourself.", "“I saw”, “I’d ask”."),
)
"""What everybody says yes to by joining (product.md, 5.3)."""


def prompts_of(questions: Iterable[str], aspects: Iterable[str]) -> list[str]:
    """What a practice profile lets a group ask: its coaching questions, then each of its aspects by title."""
    return [
        *questions,
        *(f"“{title}”: where do we hear it, and what would take it a step further?" for title in aspects),
    ]
