"""A mail as it is written, in the moment in which it goes out: a link in it stands nowhere before."""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from allauth.core.context import request_context
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from sopcoach.mailing.models import INVITATION, Letter
from sopcoach.mailing.site import SiteRequest, address_of
from sopcoach.models import User
from sopcoach.words.zones import zone_of

NEW_ADDRESS = "manage/people/mail/new_address"
SECOND_FACTOR_GONE = "manage/people/mail/second_factor_gone"
PASSWORD_LINK = "account/email/password_reset_key"  # noqa: S105  (a template)


def write(letter: Letter) -> EmailMessage | None:
    """The mail of a letter; None where there is nothing to tell any more, such as for an account closed since."""
    person = letter.person
    if person is None:
        return None
    if letter.template == INVITATION and not person.awaits_first_sign_in:
        return None
    if letter.template == PASSWORD_LINK and not person.is_active:
        return None
    request = SiteRequest()
    with request_context(request), timezone.override(zone_of(person.time_zone)):
        context = _context(letter, person) | {"current_site": get_current_site(request)}
        address = letter.old_address if letter.to_old else person.email
        return get_adapter().render_mail(letter.template, address, context)


def _context(letter: Letter, person: User) -> dict[str, Any]:
    context: dict[str, Any] = {
        "person": person,
        "user": person,
        "by": letter.by,
        "old": letter.old_address,
        "timestamp": letter.made_at,
        "ip": letter.ip,
    }
    if letter.template in {INVITATION, PASSWORD_LINK}:
        token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
        url = get_adapter().get_reset_password_from_key_url(f"{user_pk_to_url_str(person)}-{token}")
        context |= {
            "url": url,
            "password_reset_url": url,
            "readers_url": address_of(reverse("who_reads_what")),
        }
    return context
