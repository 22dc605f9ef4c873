"""The form of where a draft's words come from: whoever starts from another edition says what is true of theirs."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone

from profiles.forms import LineField, WordsForm
from profiles.models import Edition, Provenance

LONGEST_LINE = 400
MOST_LINES = 100
BACK_TO = timedelta(days=100 * 365)


class LinesField(forms.CharField):
    """A list that is read as a whole, a line an entry. Empty lines are nobody's entry."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        entry = LineField(max_length=LONGEST_LINE, required=False)
        typed = (super().to_python(value) or "").splitlines()
        lines = [line for line in (entry.clean(one) for one in typed) if line]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"These are too many lines: at most {MOST_LINES} fit.")
        if any("|" in line for line in lines):
            raise forms.ValidationError("A line can’t hold “|”, which divides lines in a file’s cell.")
        return "\n".join(lines)


def _words(label: str, longest: int, *, rows: int = 2, says: str = "") -> LineField:
    area = forms.Textarea(attrs={"rows": rows})
    return LineField(label=label, max_length=longest, required=False, help_text=says, widget=area)


class OriginForm(WordsForm):
    """What an edition says of itself. What has a name of its own (changes, words, what isn't written) comes by file."""

    status = _words(
        "How far the words can be relied on", 300, says="Stands wherever somebody reads or rates."
    )
    authors = LinesField(label="Authors", help_text="One on a line.")
    written_on = forms.DateField(
        label="Written on",
        required=False,
        error_messages={"invalid": "Choose a day of the calendar."},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reviewers = LinesField(label="Reviewers", help_text="One on a line. Left empty, it says: none yet.")
    method = _words("How it was made", 2000, rows=5)
    citation = _words("How to cite it", 600, says="Left empty, it is made of authors, year and title.")
    sources = LinesField(label="Sources", help_text="One on a line.", rows=5)
    originators = LinesField(label="Whose the tools are", help_text="One on a line.", rows=5)
    wording = _words("Whose the wording is", 1000)
    anchor_rule = _words("What a level pictures", 1000)
    character_rule = _words("What a level leaves out", 1000)
    scale_rationale = _words("Why it has these levels", 2000, rows=5)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        self.origin = Provenance.objects.filter(edition=edition).first() or Provenance(edition=edition)
        stored = {name: _as_typed(getattr(self.origin, name)) for name in self.base_fields}
        super().__init__(*args, stored=stored, **kwargs)

    def clean_written_on(self) -> date | str:
        day: date | None = self.cleaned_data["written_on"]
        today = timezone.localdate()
        if day and day > today:
            raise forms.ValidationError("This day is still to come. Choose one up to today.")
        if day and day < today - BACK_TO:
            raise forms.ValidationError("This day is more than a hundred years ago. Choose a later one.")
        return day or ""

    @transaction.atomic
    def save(self) -> None:
        """Write what was changed. Raises `PublishedEditionError` if the draft was published meanwhile."""
        names = self.changed()
        for name in names:
            said = str(self.cleaned_data[name])
            if isinstance(self.fields[name], LinesField):
                setattr(self.origin, name, said.splitlines())
            else:
                setattr(self.origin, name, (said or None) if name == "written_on" else said)
        if names:
            self.origin.save()


def _as_typed(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value or "")
