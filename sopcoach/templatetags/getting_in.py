"""What the sign-in page offers beside the password."""

from allauth.account.utils import passthrough_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from django import template
from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def single_sign_on(context: Context) -> list[dict[str, str]]:
    """The agency's providers, as its settings name them: `name`, and `url`, which leads back to where one was going."""
    request = context["request"]
    return [
        {
            "name": provider.name,
            "url": passthrough_next_redirect_url(request, provider.get_login_url(request), "next"),
        }
        for provider in get_adapter(request).list_providers(request)
    ]
