"""Who can read what, in the words of the page that says so (product.md, 6). It claims only what the product does."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WhoReads:
    """Who writes a kind of words, and what the other side of a pair reads of them."""

    rows: tuple[str, ...]
    """The models whose rows it speaks of; a test asks that each is spoken of."""
    what: str
    writer: str
    other_side: str


WHO_READS = (
    WhoReads(("Draft", "AgreementDraft"), "A draft of anything", "Whoever types it", "No"),
    WhoReads(
        ("CoachingSession", "StageWords"),
        "Words in the stages of a session",
        "Each side, in fields of their own",
        "Yes, as they are saved",
    ),
    WhoReads(
        ("InterestMark", "WalkthroughDone"),
        "Marks of interest in the walk-through",
        "Each side",
        "Once both have said that they are done",
    ),
    WhoReads(
        ("SelfRating", "Reflection"),
        "A self-rating, a reflection",
        "The worker",
        "Once the worker shares them. From then on nobody can change them",
    ),
    WhoReads(
        ("Observation",),
        "An observation: what the supervisor saw, what to try next, perhaps a level",
        "The supervisor",
        "Once the supervisor shares it, which can’t be before the worker’s own rating. "
        "From then on nobody can change it",
    ),
    WhoReads(
        ("Reply",),
        "An answer to an observation, if the worker likes to give one",
        "The worker",
        "Once the worker shares it. From then on nobody can change it",
    ),
    WhoReads(
        ("Correction",),
        "A correction beside one’s own shared words",
        "Whoever has shared them",
        "Once it is shared, as what it corrects. The first words stay",
    ),
    WhoReads(("Focus", "ReviewedFocus"), "Focuses", "Either side, since both pick them together", "Yes"),
    WhoReads(
        ("Target", "Decision", "Goal", "PracticeEntry"),
        "Targets and goals, and how often a goal was practised",
        "The worker",
        "Yes",
    ),
    WhoReads(
        ("EntryLine",),
        "The line of reflection beside a practice entry",
        "The worker",
        "Only if the worker shares that line",
    ),
    WhoReads(
        ("LoggedLevel",),
        "A level logged between the meetings, with its line",
        "The worker, on any day",
        "Once the worker shares it. From then on nobody can change it",
    ),
    WhoReads(
        ("Placement", "CarriedItem"),
        "Where you place yourself privately, and your notes on it",
        "You, with or without coaching",
        "No. What you bring along into coaching is a copy, and that the other side can read",
    ),
    WhoReads(
        ("PrivateEntry", "ShadowNote", "ShownNote", "ShadowOffer"),
        "What you note for yourself on what you tried, and notes from shadowing",
        "You, with or without coaching",
        "No. A note from shadowing you may show to the colleague it is about, and to nobody else",
    ),
    WhoReads(
        ("Sorter",),
        "What you have begun in a blind sort of cards",
        "You, with or without coaching",
        "No. What you keep is counted without your name, and nobody can tell how you sorted, nor that you did",
    ),
    WhoReads(
        ("Agreement",),
        "The agreement",
        "Both, and both sign it",
        "Yes, with its earlier versions, also after coaching has ended",
    ),
    WhoReads(
        ("Promise", "Congratulation"), "Promises, and words of congratulation", "Whoever makes them", "Yes"
    ),
    WhoReads(
        ("OrientationWish", "EditionMove"),
        "How far the worker has come in, a pause, orientation",
        "Each side, as far as it’s theirs to say",
        "Yes",
    ),
    WhoReads(
        ("AccessRecord",),
        "Who opened what",
        "Written by itself, once for each person, thing and day, when the other side opens what is shared",
        "The worker reads it. Nobody can change or remove a line; after three years it goes by itself",
    ),
    WhoReads(
        ("Invitation",),
        "An invitation and its answer",
        "Whoever asks; whoever answers",
        "Yes, until it has lapsed; a “not now” disappears after 30 days",
    ),
)
