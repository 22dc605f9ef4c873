"""Forms for administrators: a file to upload, the name of a new draft, and the words of a draft."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from profiles.importing import craft, lint
from profiles.importing.lines import lines_of, one_line, text_of_lines
from profiles.importing.pending import keep
from profiles.importing.readers import LARGEST_FILE
from profiles.importing.source import Problem, UnreadableSourceError, edition_slug
from profiles.models import CoachingQuestion, Edition, EditionUpload, ExampleGoal, SkillAspect
from profiles.models.practice_profile import LONGEST_DESCRIPTOR, LONGEST_TITLE
from sopcoach.requests.forms import BaseForm

NO_FILE = "Please choose a file."
MOST_SHOWN = 100
"""Of the problems of one file; a page of thousands helps nobody."""


class UploadForm(BaseForm):
    file = forms.FileField(
        label="Your file",
        help_text="An Excel workbook (.xlsx), a CSV or a YAML file of at most 5 MB.",
        error_messages={"required": NO_FILE, "empty": "The file is empty."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.yaml,.yml"}),
    )
    problems: tuple[Problem, ...] = ()
    """What is wrong with the file, once `keep` has tried to read it."""

    @property
    def more_problems(self) -> int:
        return max(len(self.problems) - MOST_SHOWN, 0)

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > LARGEST_FILE:
            raise forms.ValidationError("The file is too large for an edition: it has more than 5 MB.")
        return file

    def keep(self, extends: Edition | None = None) -> EditionUpload | None:
        """Read the file for its dry run; nothing if it can't be read, and then `problems` say why."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            return keep(file.read(), file.name or "file", extends)
        except UnreadableSourceError as error:
            self.problems = error.found
            return None


class LineField(forms.CharField):
    """A text as an edition holds it: on one line, with nothing in it that can't be shown."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        too_long = f"This is too long: at most {max_length} characters fit."
        says = {"max_length": too_long, "required": "Please write something here."}
        super().__init__(max_length=max_length, error_messages=says, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`: it would cut off in silence what somebody pastes."""
        return {}

    def kept(self, text: str) -> str:
        return one_line(text)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            return self.kept(text)
        except ValueError as error:
            raise forms.ValidationError(f"This {error}.") from error


class PointsField(LineField):
    """A description, which may have points."""

    def kept(self, text: str) -> str:
        return text_of_lines(lines_of(text))


class NewDraftForm(BaseForm):
    name = LineField(label="Name of the new edition", max_length=30, help_text="As people say it: 2027.1")

    def __init__(self, *args: Any, title: str, **kwargs: Any) -> None:
        self.title = title
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        self.slug = edition_slug(self.title, name)
        if Edition.objects.filter(slug=self.slug).exists():
            raise forms.ValidationError("There is an edition of this name already. Choose another.")
        return name


@dataclass(frozen=True)
class Words:
    """A field of a draft's form: what it held when the page was opened, and what a good editor would ask about it."""

    field: forms.BoundField
    digest: str
    notes: list[str]


def noted(name: str, address: str) -> dict[str, Any]:
    """For a field whose notes follow what is typed: only they are swapped, never the field."""
    return {
        "rows": 4,
        "aria-describedby": f"{name}-notes",
        "hx-post": address,
        "hx-trigger": "input changed delay:600ms",
        "hx-target": f"#{name}-notes",
    }


class WordsForm(BaseForm):
    """Words of a draft that somebody else may be editing too.

    Each field comes with a digest of what it held when the page was opened. Untouched fields change nothing; where
    both have changed something, the second to save sees both texts and decides (house style, rule 13).
    """

    def __init__(self, *args: Any, stored: Mapping[str, str], **kwargs: Any) -> None:
        self.stored = stored
        super().__init__(*args, initial=dict(stored), **kwargs)

    def words(self) -> dict[str, Words]:
        notes = self.notes()
        return {
            name: Words(self[name], digest(self.stored[name]), notes.get(name, [])) for name in self.fields
        }

    def notes(self) -> dict[str, list[str]]:
        return {}

    def typed(self, name: str) -> str:
        return str(self[name].value() or "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in list(cleaned):
            opened, stored, typed = self.data.get(f"was-{name}"), self.stored[name], str(cleaned[name])
            if opened and opened == digest(typed):
                cleaned[name] = stored
            elif opened and typed != stored and opened != digest(stored):
                sentence = f"Somebody else has changed this meanwhile. It now reads: “{stored}” Save again to put yours in its place."
                self.add_error(name, sentence)
        return cleaned

    def save(self) -> None:
        raise NotImplementedError

    def changed(self) -> list[str]:
        return [name for name, value in self.cleaned_data.items() if str(value) != self.stored[name]]


class AspectForm(WordsForm):
    """An aspect's title and its ladder."""

    def __init__(self, *args: Any, aspect: SkillAspect, **kwargs: Any) -> None:
        self.aspect = aspect
        self.descriptors = {f"level-{d.level.number}": d for d in aspect.descriptors.all()}
        stored = {"title": aspect.title} | {name: d.text for name, d in self.descriptors.items()}
        super().__init__(*args, stored=stored, **kwargs)
        self.fields["title"] = LineField(label="Skill aspect", max_length=LONGEST_TITLE)
        for name, descriptor in self.descriptors.items():
            level = descriptor.level
            self.fields[name] = PointsField(
                label=f"{level.name}, level {level.number}",
                max_length=LONGEST_DESCRIPTOR,
                widget=forms.Textarea(attrs=noted(name, f"notes/{level.number}/")),
            )

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        siblings = self.aspect.profile.aspects.exclude(pk=self.aspect.pk)
        if siblings.filter(title__iexact=title).exists():
            raise forms.ValidationError("Another skill aspect of this practice profile has this title.")
        return title

    def notes(self) -> dict[str, list[str]]:
        texts = [(d.level.number, self.typed(name)) for name, d in self.descriptors.items()]
        notes: dict[str, list[str]] = {}
        asked = [(number, finding.sentence) for number, finding in craft.of_ladder(texts)]
        for number, sentence in [*lint.of_ladder(texts), *asked]:
            notes.setdefault(f"level-{number}", []).append(sentence)
        return notes

    @transaction.atomic
    def save(self) -> None:
        """Write what was changed. Raises `PublishedEditionError` if the draft was published meanwhile."""
        for name in self.changed():
            if name == "title":
                self.aspect.title = self.cleaned_data[name]
                self.aspect.save(update_fields=["title"])
            else:
                self.descriptors[name].text = self.cleaned_data[name]
                self.descriptors[name].save(update_fields=["text"])


class QuestionForm(WordsForm):
    text = LineField(label="Question", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, question: CoachingQuestion, **kwargs: Any) -> None:
        self.question = question
        super().__init__(*args, stored={"text": question.text}, **kwargs)

    def save(self) -> None:
        """Raises `PublishedEditionError` if the draft was published meanwhile."""
        if self.changed():
            self.question.text = self.cleaned_data["text"]
            self.question.save(update_fields=["text"])


class GoalForm(WordsForm):
    text = LineField(
        label="The goal as it reads",
        max_length=300,
        widget=forms.Textarea(attrs=noted("text", "notes/")),
    )
    verb = LineField(label="Verb", max_length=30)
    practice = LineField(label="Practice", max_length=120)
    with_whom = LineField(label="With whom", max_length=120)
    count = forms.IntegerField(label="How many", min_value=1, max_value=999)
    unit = LineField(label="Of what", max_length=60)
    when = LineField(label="By when", max_length=60)

    def __init__(self, *args: Any, goal: ExampleGoal, **kwargs: Any) -> None:
        self.goal = goal
        names = ("text", "verb", "practice", "with_whom", "count", "unit", "when")
        super().__init__(*args, stored={name: str(getattr(goal, name)) for name in names}, **kwargs)

    def notes(self) -> dict[str, list[str]]:
        return {"text": list(lint.of_goal(self.typed("text")))}

    def save(self) -> None:
        """Raises `PublishedEditionError` if the draft was published meanwhile."""
        names = self.changed()
        for name in names:
            setattr(self.goal, name, self.cleaned_data[name])
        if names:
            self.goal.save(update_fields=names)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
