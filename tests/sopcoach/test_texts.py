"""Words of any kind are kept whole and shown right, or a sentence says what is to change."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from coaching.models.base import clean_narrative
from sopcoach.requests.forms import BaseForm
from sopcoach.words.texts import require_keepable

KEPT = ["שלום עולם", "مرحبا", "e\u0301\u200d👩‍👧", "A" * 75, " \n ", "", "\u202eabc", "tab\there"]
OPENING = re.compile(r"<textarea\b[^>]*>|<\w+\b[^>]*\bclass=\"(?:[^\"]* )?said\b[^>]*>")


class WordsForm(BaseForm):
    words = forms.CharField(widget=forms.Textarea)
    title = forms.CharField(required=False)
    secret = forms.CharField(required=False, widget=forms.PasswordInput)


@pytest.mark.parametrize("text", KEPT)
def test_words_of_any_script_are_kept_as_they_are(text):
    require_keepable(text)
    assert clean_narrative(text) == text


@pytest.mark.parametrize("odd", ["\x00", "\ud800"])
def test_a_character_that_cannot_be_kept_is_said_rather_than_dropped(odd):
    for keep in (require_keepable, clean_narrative):
        with pytest.raises(ValidationError, match="after “We sat down” that can’t be kept"):
            keep(f"Then we sat down. We sat down {odd} and talked.")
        with pytest.raises(ValidationError, match="at its beginning"):
            keep(f"{odd}words")


def test_every_form_says_it_in_the_same_words():
    form = WordsForm({"words": "We waited\x00", "title": "\x00", "secret": "deep\x00"})

    assert not form.is_valid()
    assert form.errors["words"] == [
        "There is a character after “We waited” that can’t be kept, as copying sometimes brings along. Take it out, and "
        "it will be saved."
    ]
    assert "can’t be kept" in form.errors["title"][0]
    assert "deep" not in str(form.errors["secret"])


def test_fields_for_words_stand_in_the_direction_in_which_they_are_written():
    form = WordsForm()

    assert 'dir="auto"' in str(form["words"])
    assert 'dir="auto"' in str(form["title"])
    assert "dir=" not in str(form["secret"])


def test_so_does_every_place_that_shows_or_takes_somebodys_words():
    found = [
        (path.name, tag.group())
        for path in Path(settings.BASE_DIR, "templates").rglob("*.html")
        for tag in OPENING.finditer(path.read_text())
    ]

    assert len(found) > 50
    assert [where for where in found if 'dir="auto"' not in where[1]] == []
