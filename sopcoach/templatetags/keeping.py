from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sopcoach.keeping import keep_key
from sopcoach.keeping import person_id as id_of
from sopcoach.models import User

register = template.Library()


@register.simple_tag
def person_id(user: User) -> str:
    """A name for the person that says nothing."""
    return id_of(user)


@register.simple_tag
def autosave(user: User) -> SafeString:
    """Make a form save itself while it is typed in (static/js/autosave.js); `user` is the one who is signed in."""
    return format_html(
        'data-autosave data-keep="{}" data-person="{}" data-sprite="{}"',
        keep_key(user),
        id_of(user),
        static("img/sprite.svg"),
    )
