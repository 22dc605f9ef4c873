"""Pieces of the visual language that every page uses."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

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
    kind = {"worker": "w", "supervisor": "s", "glimpse": "g"}[side]
    return format_html(
        '<span class="shape shape-{}" aria-hidden="true">{}</span>', kind, getattr(person, "initial", "")
    )


@register.simple_tag
def target_shape() -> SafeString:
    return format_html('<span class="shape shape-t" aria-hidden="true">{}</span>', icon("flag"))
