"""A form sent from an older page than what is stored now: nothing is undone that its sender hasn't seen (ADR 17).

A form that changes what stands carries what its page showed, a digest for each field. Where something else stands by
now, nothing is written: the form comes back and says what stands there, beside what was typed. Fields that the sender
left alone show what stands; their own changes stay as they typed them; one more press decides.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from sopcoach.words import dates

MEANWHILE = "This has been changed meanwhile. It now says “{}”"
OURS = f"{MEANWHILE}; send again to put yours in its place."
THEIRS = f"{MEANWHILE}, and stays so when you send again."


def digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()[:16]


class ChangesWhatStands:
    """Goes before a form class. `stands` is what is stored now, by the names of fields; the page shows it, and its
    template puts `{{ form.as_it_stood }}` beside the token."""

    fields: dict[str, forms.Field]
    data: Any

    def __init__(self, *args: Any, stands: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.stands = dict(stands or {})
        if self.stands:
            kwargs.setdefault("initial", dict(self.stands))
        super().__init__(*args, **kwargs)

    @property
    def as_it_stood(self) -> SafeString:
        return format_html_join(
            "\n",
            '<input type="hidden" name="was-{}" value="{}" autocomplete="off">',
            ((name, self._was(name, value)) for name, value in self._standing()),
        )

    def _was(self, name: str, value: Any) -> str:
        """A page that only looked for people (sopcoach/people/choosing.py) goes on knowing what it showed at first."""
        showed = self.data.get(f"was-{name}") if getattr(self, "searched", "") else ""
        return showed or digest(self._text(name, value))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data  # type: ignore[misc,attr-defined]
        for name, value in self._standing():
            showed, stands = self.data.get(f"was-{name}"), self._text(name, value)
            typed = self._text(name, self[name].data)  # type: ignore[index]
            if not showed or showed == digest(stands) or typed == stands:
                continue
            is_theirs = digest(typed) == showed
            if is_theirs:
                self._put(name, value)
            sentence = (THEIRS if is_theirs else OURS).format(self._in_words(name, value))
            self.add_error(name, sentence)  # type: ignore[attr-defined]
        return cleaned

    def _standing(self) -> Iterator[tuple[str, Any]]:
        return ((name, value) for name, value in self.stands.items() if name in self.fields)

    def _text(self, name: str, value: Any) -> str:
        """A value as the field shows and sends it."""
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return "on" if value else ""
        shown = field.widget.format_value(field.prepare_value(value))
        if isinstance(shown, list | tuple | set):
            return "\n".join(sorted(str(one) for one in shown))
        return str("" if shown is None else shown).replace("\r\n", "\n").strip()

    def _put(self, name: str, value: Any) -> None:
        """Show what stands in a field that its sender had left alone."""
        self.data = self.data.copy()
        self.data.pop(name, None)
        if text := self._text(name, value):
            is_many = isinstance(self.fields[name], forms.MultipleChoiceField)
            self.data.setlist(name, text.split("\n") if is_many else [text])

    def _in_words(self, name: str, value: Any) -> str:
        field, text = self.fields[name], self._text(name, value)
        if isinstance(field, forms.BooleanField):
            return "yes" if value else "no"
        if isinstance(value, date):
            return dates.day(value)
        if isinstance(value, time):
            return dates.clock(value)
        if isinstance(field, forms.ModelChoiceField):
            queryset = field.queryset
            found = queryset.filter(pk=text).first() if text and queryset is not None else None
            return field.label_from_instance(found) if found else str(field.empty_label or "nothing")
        if isinstance(field, forms.ChoiceField):
            names = dict(_flat(field.choices))
            return ", ".join(str(names.get(one, one)) for one in text.split("\n")) if text else "nothing"
        return text or "nothing"


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label
