"""Pieces of the visual language that every page uses."""

from django import template
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from sopcoach.models import User
from sopcoach.sign_in import demo

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite. Decoration only: words always stand beside it."""
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static("img/sprite.svg"), name
    )


@register.simple_tag
def shape(side: str, person: object) -> SafeString:
    """The mark of a side with its person's initial: a filled circle is the worker, a square the supervisor."""
    kind = {"worker": "w", "supervisor": "s", "glimpse": "g", "kept": "k"}[side]
    return format_html(
        '<span class="shape shape-{}" aria-hidden="true">{}</span>', kind, getattr(person, "initial", "")
    )


@register.simple_tag
def target_shape() -> SafeString:
    return format_html('<span class="shape shape-t" aria-hidden="true">{}</span>', icon("flag"))


@register.simple_tag
def demo_people() -> list[tuple[User, str]]:
    """Whom one may enter as in the demo, each with a line; nobody outside of it."""
    return [(person, demo.part_of(person)) for person in demo.people()]


@register.simple_tag
def no_enter() -> SafeString:
    """Goes first into a form that shares, signs, ends or deletes: Enter in one of its fields sends nothing.

    Browsers press a form's first button on Enter. This one closes the dialog that its form is in, and there is none.
    Disabled it wouldn't do: Chromium then goes on to the next one where a radio or a day has the focus. What the form's
    own buttons do the server takes only with their names (sopcoach.requests.typed.by_button).
    """
    return mark_safe('<button hidden formmethod="dialog"></button>')


@register.filter
def things_to_change(form: BaseForm) -> str:
    """How many things are wrong with a form, as a reader would say it: “Two things to change”."""
    count = sum(len(errors) for errors in form.errors.values())
    words = ["", "One thing", "Two things", "Three things", "Four things", "Five things", "Six things"]
    return f"{words[count] if count < len(words) else f'{count} things'} to change"


@register.filter
def where_to_change(field: BoundField) -> str:
    """The id that a link to a field jumps to: of a group of radios or checkboxes the first one."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_block_tag
def capture(content: SafeString) -> SafeString:
    """What a page says once and its shell puts in its place: `{% capture as title %}…{% endcapture %}`."""
    return content
