"""What the sign-in page offers beside the password."""

from allauth.account.utils import passthrough_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from django import template
from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def single_sign_on(context: Context) -> dict[str, str] | None:
    """The agency's own provider, as its settings name it: `name`, and `url`, which leads back to where one was going."""
    request = context["request"]
    provider = next(iter(get_adapter(request).list_providers(request)), None)
    if provider is None:
        return None
    return {
        "name": provider.name,
        "url": passthrough_next_redirect_url(request, provider.get_login_url(request), "next"),
    }
