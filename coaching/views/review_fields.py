"""What is written in a review, and what of it is kept as a draft."""

from collections.abc import Iterable

from coaching.dialogue.stages import Field
from coaching.models import CoachingSession, Draft
from coaching.queries.review import FocusReview
from coaching.views import autosave
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.reading import number_in
from sopcoach.requests.typed import HttpRequest

WENT_WELL = Field("went_well", "What went well?")
DIFFERENTLY = Field("differently", "What would you do differently?")
BECAUSE = Field("because", "What tells you so?", "No names, please, and nothing that points to a family.")
SAW = Field(
    "saw",
    "What I saw that fits the goals",
    "What was done and said, as a camera would have it. No names, please.",
)
TRY_NEXT = Field("try_next", "Something to try next")
LEVEL = Field("level", "")
GLIMPSE = Field("glimpse", "")
CHEER = Field("congratulation", "")
REPLY = Field("reply", "")


def drafts_of(
    request: HttpRequest, session: CoachingSession, *, focus: FocusReview | None
) -> dict[str, Draft]:
    rows = Draft.objects.visible_to(request.user).filter(
        session=session, focus=focus.focus if focus else None
    )
    return {row.field: row for row in rows}


def fields_of(
    fields: Iterable[Field], drafts: dict[str, Draft], form: BaseForm | None = None
) -> list[autosave.WordsField]:
    """The words of a form: as drafted, or as typed when the form came back with something to put right."""
    made = [autosave.WordsField.of(field, drafts.get(field.key)) for field in fields]
    for words in made:
        words.take(form)
    return made


def chosen_in(name: str, drafts: dict[str, Draft], form: BaseForm | None) -> int | None:
    """A level of a form, by the same rule as its words."""
    if form is not None and form.is_bound:
        return number_in(form.data.get(name), most_digits=3)
    return number_in(drafts[name].text, most_digits=3) if name in drafts else None


def revision_of(drafts: dict[str, Draft], name: str) -> int:
    """The revision of a level that saves itself as a draft."""
    return drafts[name].revision if name in drafts else 0


def saved_text_of(drafts: dict[str, Draft]) -> str:
    rows = [(row.saved_at, row) for row in drafts.values() if row.saved_at]
    if not rows:
        return ""
    return (
        autosave.saved_text(max(rows, key=lambda pair: pair[0])[1]).replace("Saved", "Draft saved")
        + ", for you only"
    )
