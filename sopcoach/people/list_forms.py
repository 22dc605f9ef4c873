"""What an administrator sends of a list of people: the file, what its columns are, what to do about its questions."""

from typing import Any, override

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from sopcoach.files.encoding import MAC, WINDOWS
from sopcoach.people.importing.columns import Column
from sopcoach.people.importing.meanings import Meaning
from sopcoach.people.importing.people import Choices, Plan
from sopcoach.people.importing.table import LARGEST_FILE, UnreadableListError, table_of
from sopcoach.requests.forms import BaseForm

ENCODINGS = [
    ("", "As the file looks"),
    ("utf-8-sig", "Unicode (UTF-8)"),
    (WINDOWS, "Older Windows (Windows-1252)"),
    (MAC, "Older Mac (Mac Roman)"),
]


class ListForm(BaseForm):
    """A list of people; `content` holds it once the form is valid."""

    file = forms.FileField(
        label="A list of people",
        help_text="A workbook (.xlsx, .xls, .ods) or a CSV file of up to 1 MB.",
        error_messages={
            "required": "Please choose a file.",
            "empty": "This file is empty.",
            "invalid": "Please choose a file.",
            "max_length": "The name of this file is too long. Give it a shorter one.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls,.ods,text/csv"}),
    )
    content = b""

    @override
    def clean(self) -> None:
        file: UploadedFile | None = self.cleaned_data.get("file")
        if file is None:
            return
        self.content = file.read(LARGEST_FILE + 1)
        try:
            table_of(self.content)
        except UnreadableListError as error:
            self.add_error("file", str(error))


class ColumnsForm(BaseForm):
    """What each column of a list is: a select a column, but for those that are never taken."""

    def __init__(self, *args: Any, columns: list[Column], encoding: str = "", **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_%s", **kwargs)
        self.columns = [column for column in columns if column.heading or column.values]
        for column in self.columns:
            if not column.is_never_taken:
                self.fields[f"column-{column.place}"] = _column_field(column)
        self.fields["encoding"] = forms.ChoiceField(
            label="Letters stored as",
            choices=ENCODINGS,
            required=False,
            initial=encoding,
            error_messages={"invalid_choice": "Choose one of these."},
            widget=forms.Select(attrs={"class": "form-select"}),
        )

    @property
    def rows(self) -> list[tuple[Column, Any]]:
        return [
            (column, None if column.is_never_taken else self[f"column-{column.place}"])
            for column in self.columns
        ]

    @override
    def clean(self) -> None:
        taken: dict[str, Column] = {}
        for column in self.columns:
            meaning = self.cleaned_data.get(f"column-{column.place}")
            if not meaning:
                continue
            if first := taken.get(meaning):
                sentence = f"Column {first.letter} is the {meaning} already. Leave one of them out."
                self.add_error(f"column-{column.place}", sentence)
            taken[meaning] = column
        if not self.errors and Meaning.EMAIL not in taken:
            self.add_error(
                None, "Say which column holds the e-mail addresses: people are told apart by them."
            )

    @property
    def chosen(self) -> dict[str, str]:
        """What is said of each heading."""
        return {
            column.key: self.cleaned_data.get(f"column-{column.place}", "")
            for column in self.columns
            if column.key and not column.is_never_taken
        }


def _column_field(column: Column) -> forms.ChoiceField:
    named = f"“{column.heading}”" if column.heading else "without a heading"
    return forms.ChoiceField(
        label=f"Column {column.letter}, {named}, taken for",
        choices=[(meaning.value, meaning.label) for meaning in Meaning],
        required=False,
        initial=column.meaning.value,
        error_messages={"invalid_choice": "Choose one of these."},
        widget=forms.Select(attrs={"class": "form-select"}),
    )


def chosen_beforehand(plan: Plan) -> Choices:
    """Before anybody has said anything: the employee number says who is the same, and nothing else is ticked."""
    return Choices(same=frozenset(one.listed.email for one in plan.same if one.by_number))


def choices_in(data: QueryDict, plan: Plan) -> Choices:
    """What was ticked on the page of a plan; what isn't of this plan means nothing."""
    asked = {one.listed.email: data.get(f"same-{one.row}", "") for one in plan.same}
    losing = {change.person.email for change in plan.changed if change.loses_the_mark}
    return Choices(
        same=frozenset(email for email, said in asked.items() if said == "same"),
        two=frozenset(email for email, said in asked.items() if said == "two"),
        leave=frozenset(data.getlist("leave")) & {one.person.email for one in plan.leavers},
        kept=frozenset(data.getlist("kept")) & losing,
    )
