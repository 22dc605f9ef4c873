import re

from django import forms
from django.template import Context, Template

from sopcoach.requests.forms import BaseForm

PAGE = Template('{% load crispy_forms_tags %}{% include "_form_errors.html" %}{% crispy form %}')


class Example(BaseForm):
    practice = forms.CharField(label="What", help_text="A practice, in a word or two.")
    words = forms.CharField(widget=forms.Textarea)
    when = forms.ChoiceField(choices=[("a", "Soon"), ("b", "Later")], widget=forms.RadioSelect)
    unit = forms.ChoiceField(choices=[("case", "case")])
    many = forms.MultipleChoiceField(choices=[("a", "One")], widget=forms.CheckboxSelectMultiple)
    day = forms.DateField()
    count = forms.IntegerField()
    agreed = forms.BooleanField()

    def clean(self) -> None:
        self.add_error(None, "These two don’t go together.")


def page(**data: str) -> str:
    return PAGE.render(Context({"form": Example(data)}))


def test_a_form_that_is_wrong_names_each_thing_above_it_with_a_link_to_the_field():
    html = page()

    assert "9 things to change. What you typed is still here." in html
    assert "These two don’t go together." in html
    for target in re.findall(r'<li><a href="#([^"]+)">', html):
        assert f'id="{target}"' in html
    assert len(re.findall(r'<li><a href="#', html)) == 8


def test_an_empty_field_says_what_to_do_by_its_kind():
    html = page()

    assert "What: Please write something here." in html
    assert "When: Please choose one." in html
    assert "Many: Please choose at least one." in html
    assert "Day: Please give a day." in html
    assert "Count: Please give a number." in html
    assert "This field is required" not in html


def test_every_id_that_a_field_is_described_by_is_on_the_page():
    html = page()
    described = [target for ids in re.findall(r'aria-describedby="([^"]+)"', html) for target in ids.split()]

    assert len(described) == 9
    for target in described:
        assert f'id="{target}"' in html


def test_a_wrong_field_is_marked_and_a_right_one_is_not():
    html = page(practice="Three Questions")

    assert 'aria-invalid="true"' not in re.search(r'<input[^>]*name="practice"[^>]*>', html)[0]
    assert 'aria-invalid="true"' in re.search(r"<textarea[^>]*>", html)[0]
    assert 'value="Three Questions"' in html


def test_what_was_typed_is_shown_as_text_and_never_as_markup():
    html = page(practice="<script>alert(1)</script>", count="<b>")

    assert "<script>" not in html
    assert "<b>" not in html


def test_an_untouched_form_shows_no_errors():
    assert "wrong" not in PAGE.render(Context({"form": Example()}))
