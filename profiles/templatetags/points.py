"""A description of many points as the list that it is."""

from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from profiles.importing.lines import BULLET

register = template.Library()


@register.filter
def points(text: str) -> SafeString:
    """A text of an edition: its points as a list, its other lines as paragraphs, one line as it is."""
    lines = text.split("\n")
    if len(lines) == 1:
        return format_html("{}", text.removeprefix(BULLET))
    runs = [(_run(list(run), listed=listed),) for listed, run in groupby(lines, _is_point)]
    return format_html_join("", "{}", runs)


def _run(lines: list[str], *, listed: bool) -> SafeString:
    if listed:
        items = format_html_join("", "<li>{}</li>", ((line.removeprefix(BULLET),) for line in lines))
        return format_html('<ul class="points">{}</ul>', items)
    return format_html_join("", '<p class="mb-1">{}</p>', ((line,) for line in lines))


def _is_point(line: str) -> bool:
    return line.startswith(BULLET)
