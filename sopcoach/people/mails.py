"""Mails about accounts: the invitation, and word of a new address or of a second factor taken away."""

import logging
from collections.abc import Iterable
from smtplib import SMTPRecipientsRefused

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.utils import build_absolute_uri
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sopcoach.models import User
from sopcoach.words.refusal import Refused

log = logging.getLogger(__name__)


class MailNotSentError(Exception):
    """The mail server can't be reached, or refuses. What depends on the mail must not happen."""


def invite(person: User, *, by: User) -> bool:
    """Mail somebody a link to set their first password, and say whether the mail went out.

    Raises Refused for somebody who has signed in before or whose account is closed.
    """
    return bool(_send([(person, _invitation(person, by))]))


def invite_once_committed(people: Iterable[User], *, by: User) -> None:
    """Mail many people a link, with nothing of the database held meanwhile.

    Whoever gets none stays without an invitation, which the list of people shows. Raises Refused like `invite`.
    """
    letters = [(person, _invitation(person, by)) for person in people]
    transaction.on_commit(lambda: _send(letters), robust=True)


def _send(letters: list[tuple[User, EmailMessage]]) -> int:
    """Send over one connection, and mark whom a mail has gone out to. How many that were."""
    sent = 0
    try:
        with mailers.default as mailer:
            for person, letter in letters:
                try:
                    mailer.send_messages([letter])
                except (SMTPRecipientsRefused, ValueError):
                    log.exception("An invitation could not be sent")
                    continue
                person.invited_at = timezone.now()
                person.save(update_fields=["invited_at"])
                sent += 1
    except OSError:
        log.exception("The mail server failed after %s of %s invitations", sent, len(letters))
    return sent


def tell_of_new_address(person: User, *, old: str, by: User) -> None:
    """Tell somebody at the old address and at the new one who has replaced it.

    Whoever holds the address can choose a new password and so read what is the person's alone: an address is
    never replaced behind anybody's back. Raises `MailNotSentError`.
    """
    context = {"person": person, "old": old, "by": by}
    mails = [_mail("new_address", email, context) for email in (old, person.email)]
    try:
        with mailers.default as mailer:
            mailer.send_messages(mails)
    except OSError as error:
        raise MailNotSentError from error


def take_second_factors_away(person: User, *, by: User) -> None:
    """Let somebody who has lost their phone sign in by password alone again, and tell them who has done it.

    Raises Refused for one's own account, since a session left open is no proof of who one is, and
    `MailNotSentError`: it never happens behind anybody's back.
    """
    by.require_administrator()
    if by == person:
        raise Refused(
            "Your own second factor you take away on your own page, where we ask once more who you are."
        )
    try:
        with transaction.atomic():
            Authenticator.objects.filter(user=person).delete()
            _mail("second_factor_gone", person.email, {"person": person, "by": by}).send()
    except OSError as error:
        raise MailNotSentError from error


def _invitation(person: User, by: User) -> EmailMessage:
    by.require_administrator()
    if not person.awaits_first_sign_in:
        raise Refused(f"{person.name} has signed in before, or the account is closed.")
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    url = get_adapter().get_reset_password_from_key_url(f"{user_pk_to_url_str(person)}-{token}")
    readers_url = build_absolute_uri(get_adapter().request, reverse("who_reads_what"))
    context = {"person": person, "by": by, "url": url, "readers_url": readers_url}
    return _mail("invitation", person.email, context)


def _mail(name: str, email: str, context: dict[str, object]) -> EmailMessage:
    adapter = get_adapter()
    site = {"current_site": get_current_site(adapter.request)}
    return adapter.render_mail(f"manage/people/mail/{name}", email, context | site)
