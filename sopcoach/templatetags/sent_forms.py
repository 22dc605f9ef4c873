"""What every form carries beside its fields. Loaded into every template (settings.py, "builtins")."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sopcoach.sending.form_key import FIELD, new_key
from sopcoach.sign_in.kept_to import scope_of

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """Django's token, and for somebody signed in the form's own key, so that no form can be without one.

    On a laptop that goes round no form has one (ADR 12): what somebody wrote there isn't kept for whoever signs in next.
    Browsers put hidden fields back when a page is loaded again; `autocomplete="off"` keeps them from it.
    """
    token = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}" autocomplete="off">',
        context["csrf_token"],
    )
    request = context.get("request")
    if request is None or not request.user.is_authenticated or scope_of(request):
        return token
    return token + format_html(
        '<input type="hidden" name="{}" value="{}" autocomplete="off">', FIELD, new_key(request)
    )
