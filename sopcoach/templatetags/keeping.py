from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sopcoach.sign_in.local_drafts import keep_key
from sopcoach.sign_in.local_drafts import person_id as id_of

register = template.Library()


@register.simple_tag
def person_id(request: HttpRequest) -> str:
    """A name for whoever is signed in that says nothing."""
    return id_of(request)


@register.simple_tag
def keeping(request: HttpRequest) -> SafeString:
    """What a part of a page needs to keep words for whoever is signed in, and to read them (static/js/keeping.js)."""
    return format_html(
        'data-keep="{}" data-person="{}" data-sprite="{}"',
        keep_key(request),
        id_of(request),
        static("img/sprite.svg"),
    )


@register.simple_tag
def autosave(request: HttpRequest) -> SafeString:
    """Make a form save itself while it is typed in (static/js/autosave.js)."""
    return format_html("data-autosave {}", keeping(request))
