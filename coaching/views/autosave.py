"""The server's half of autosave: it answers with a status line, never with the field being typed in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.utils import timezone

from coaching.dialogue.stages import Field
from coaching.models import Draft
from coaching.models.agreement_draft import AgreementDraft, DraftedTerm
from coaching.models.base import Autosaved, StaleError
from coaching.models.meeting import Meeting
from coaching.views import noticing, waited
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.reading import number_in
from sopcoach.requests.typed import HttpRequest
from sopcoach.vault.fields import is_lost
from sopcoach.words import dates

type Keep = Callable[[str, str, int], Autosaved]
"""Takes the field's name, its text and the revision it started from; raises as `Autosaved.keep` does."""


def revision_of(value: str | None) -> int:
    """A revision as a browser sent it; what isn't one counts as none seen, which never overwrites."""
    return number_in(value) or 0


def answer(
    request: HttpRequest, keep: Keep | Callable[[str, str, int], DraftedTerm], meeting: Meeting | None = None
) -> JsonResponse:
    """Save one field that a script has sent, and say how it went (the contract is in static/js/autosave.js).

    `meeting` is what is being written in: words that arrive while it closes are told so.
    """
    try:
        row = keep(
            request.POST.get("field", ""),
            request.POST.get("text", ""),
            revision_of(request.POST.get("revision")),
        )
    except StaleError as stale:
        return JsonResponse(
            {"revision": stale.revision, "text": stale.text, "status": str(stale)}, status=409
        )
    except ValidationError as error:
        return JsonResponse({"status": " ".join(error.messages)}, status=422)
    status = saved_text(row)
    if isinstance(row, Draft | DraftedTerm):
        status += ", for you only"
    if meeting and meeting.is_closed:
        status += ". The session has just been closed: finish your sentence."
    if asked := noticing.question():
        status += f". {asked}"
    return JsonResponse({"revision": row.revision, "status": status})


def answer_to_waited(request: HttpRequest, keep: Keep) -> JsonResponse:
    """The same for a field that has waited on a phone (coaching/views/waited.py)."""

    def do() -> dict[str, str]:
        field, text = request.POST.get("field", ""), request.POST.get("text", "")
        try:
            row = keep(field, text, revision_of(request.POST.get("revision")))
        except StaleError as stale:
            raise ValidationError(f"{stale} What is saved there stays.") from stale
        return {"revision": str(row.revision), "status": f"{saved_text(row)}, for you only"}

    return waited.answer(do, gone="This session isn’t here any more.")


def saved_text(row: Autosaved | AgreementDraft | DraftedTerm) -> str:
    """When it was saved, as the status line says it."""
    if row.saved_at is None:
        return ""
    is_today = dates.local_day(row.saved_at) == timezone.localdate()
    day = "" if is_today else f" on {dates.day(row.saved_at)}"
    return f"Saved{day} at {dates.clock(row.saved_at)}"


@dataclass
class WordsField:
    """One field of words on a page: what is stored, and what went wrong with it just now."""

    field: Field
    text: str = ""
    revision: int = 0
    saved: str = ""
    error: str = ""
    stored: str = ""
    is_stale: bool = False

    @property
    def is_lost(self) -> bool:
        """Whether a sentence of ours stands here, since the words can't be opened: nobody writes over them then."""
        return is_lost(self.text)

    @classmethod
    def of(cls, field: Field, row: Autosaved | None) -> "WordsField":
        if row is None:
            return cls(field)
        return cls(field, text=row.text, revision=row.revision, saved=saved_text(row))

    def take(self, form: BaseForm | None) -> None:
        """Show what came back with a form that has something to put right.

        A form that nobody has sent yet holds nothing: what is stored stays in the field.
        """
        if form is None or not form.is_bound or self.is_lost:
            return
        key = self.field.key
        self.text = form.data.get(key, "")
        self.error = " ".join(str(error) for error in form.errors.get(key, []))

    def put(self, request: HttpRequest, keep: Keep) -> None:
        """Save what came with the page as a whole, where no script saved it. Keeps what was typed on any problem."""
        key = self.field.key
        if key not in request.POST or self.is_lost:
            return
        typed = request.POST[key]
        try:
            row = keep(key, typed, revision_of(request.POST.get(f"revision_{key}")))
        except StaleError as stale:
            self.text, self.stored, self.revision, self.is_stale = typed, stale.text, stale.revision, True
            self.error = f"{stale} Both texts are below; send again to keep yours."
        except ValidationError as error:
            self.text, self.error = typed, " ".join(error.messages)
        else:
            self.text, self.revision, self.saved = row.text, row.revision, saved_text(row)
