from django import template
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sopcoach.requests.reading import is_for_phone
from sopcoach.sign_in.kept_to import scope_of
from sopcoach.sign_in.local_drafts import keep_key
from sopcoach.sign_in.local_drafts import person_id as id_of

register = template.Library()


@register.simple_tag
def person_id(request: HttpRequest) -> str:
    """A name for whoever is signed in that says nothing."""
    return id_of(request)


@register.simple_tag
def of_person(request: HttpRequest) -> SafeString:
    """What the scripts of a page need to know of whoever is signed in, on its `<body>` (static/js/person.js).

    Their key of what this browser keeps for them is among it, so it goes out with their own pages alone, and with no
    copy that a phone keeps.
    """
    copy = is_for_phone(request)
    return format_html(
        'data-person="{}" data-{}="{}" data-sprite="{}" data-here="{}" data-sign-in="{}" data-idle-minutes="{}"{}',
        id_of(request),
        "copy" if copy else "keep",
        "" if copy else keep_key(request),
        static("img/sprite.svg"),
        reverse("still_here"),
        reverse("account_login"),
        settings.IDLE_MINUTES,
        " data-lent" if scope_of(request) else "",
    )
