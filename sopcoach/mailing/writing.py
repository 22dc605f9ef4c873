"""A mail as it is written, in the moment in which it goes out: a link in it stands nowhere before."""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from allauth.core.context import request_context
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from sopcoach.mailing import texts
from sopcoach.mailing.models import INVITATION, Letter
from sopcoach.mailing.notices import MailChoice
from sopcoach.mailing.occasions import HOURS
from sopcoach.mailing.site import SiteRequest, address_of
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system
from sopcoach.words import dates
from sopcoach.words.zones import zone_of

NEW_ADDRESS = "manage/people/mail/new_address"
SECOND_FACTOR_GONE = "manage/people/mail/second_factor_gone"
PASSWORD_LINK = "account/email/password_reset_key"  # noqa: S105  (a template)

DAILY, SOON, ASKED = "notice/daily", "notice/soon", "notice/asked"
NOTICES = {DAILY: texts.DAILY, SOON: texts.AT_ONCE, ASKED: texts.QUESTION}


def write(letter: Letter) -> EmailMessage | None:
    """The mail of a letter; None where there is nothing to tell any more, such as for an account closed since."""
    person = letter.person
    if person is None:
        return None
    if letter.template == INVITATION and not person.awaits_first_sign_in:
        return None
    if letter.template == PASSWORD_LINK and not person.is_active:
        return None
    if letter.template in NOTICES:
        return _notice(letter, person) if person.is_active else None
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


def _notice(letter: Letter, person: User) -> EmailMessage | None:
    """Word that something waits, with the way to end such words in it; None for whoever has ended them."""
    with acting_as_system("mailing"):
        choice, _ = MailChoice.objects.get_or_create(person=person)
    if choice.is_off:
        return None
    text = NOTICES[letter.template]
    off_url = address_of(reverse("mails_off", args=[choice.token]))
    with timezone.override(zone_of(person.time_zone)):
        until = text.until.format(day=dates.day(letter.until_on, "weekday")) if letter.until_on else ""
        context = {
            "subject": texts.SUBJECT,
            "name": person.short_name,
            "text": text,
            "paragraphs": [*text.paragraphs, *([until] if until else [])],
            "when": text.when.format(hour=HOURS[choice.hour]),
            "url": address_of(reverse("home")),
            "change": texts.CHANGE,
            "change_url": address_of(reverse("me")) + "#mails",
            "off": texts.OFF,
            "off_how": texts.OFF_HOW,
            "off_url": off_url,
        }
        plain, html = (render_to_string(f"mail/notice.{kind}", context) for kind in ("txt", "html"))
    message = EmailMultiAlternatives(
        texts.SUBJECT,
        plain,
        settings.DEFAULT_FROM_EMAIL,
        [person.email],
        headers={"List-Unsubscribe": f"<{off_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    message.attach_alternative(html, "text/html")
    return message
