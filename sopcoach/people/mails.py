"""Mails about accounts: the invitation, and word of a new address or of a second factor taken away.

They go out behind the page (sopcoach.mailing), in the transaction of what they tell: nothing happens behind anybody's
back, and no page waits for a mail server.
"""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db import transaction

from sopcoach.mailing.models import INVITATION, Letter
from sopcoach.mailing.posting import post
from sopcoach.mailing.writing import NEW_ADDRESS, SECOND_FACTOR_GONE
from sopcoach.models import User
from sopcoach.signals import account_changed
from sopcoach.words.refusal import Refused


@transaction.atomic
def invite(people: Iterable[User], *, by: User) -> None:
    """Mail people a link each to set their first password. One that is on its way already isn't sent a second time.

    Raises Refused for somebody who has signed in before or whose account is closed.
    """
    by.require_administrator()
    people = list(people)
    for person in people:
        if not person.awaits_first_sign_in:
            raise Refused(f"{person.name} has signed in before, or the account is closed.")
    under_way = Letter.objects.visible_to(by).waiting().filter(template=INVITATION, person__in=people)
    already = set(under_way.values_list("person", flat=True))
    post(Letter(person=person, template=INVITATION, by=by) for person in people if person.pk not in already)


def tell_of_new_address(person: User, *, old: str, by: User) -> None:
    """Tell somebody at the old address and at the new one who has replaced it.

    Whoever holds the address can choose a new password and so read what is the person's alone: an address is
    never replaced behind anybody's back. Call within the transaction that replaces it.
    """
    post(
        Letter(person=person, template=NEW_ADDRESS, by=by, old_address=old, to_old=to_old)
        for to_old in (True, False)
    )


@transaction.atomic
def take_second_factors_away(person: User, *, by: User) -> None:
    """Let somebody who has lost their phone sign in by password alone again, and tell them who has done it.

    Raises Refused for one's own account, since a session left open is no proof of who one is.
    """
    by.require_administrator()
    if by == person:
        raise Refused(
            "Your own second factor you take away on your own page, where we ask once more who you are."
        )
    Authenticator.objects.filter(user=person).delete()
    account_changed.send(sender=User, person=person, by=by, what="factor")
    post([Letter(person=person, template=SECOND_FACTOR_GONE, by=by)])
