"""How the domain says that something waits for somebody: `tell` for the morning, `tell_now` for within a minute.

Both are called within the act's own transaction, by whoever acts. What they leave says to nobody what it was.
"""

import uuid
from datetime import date

from django.db.models import Q

from sopcoach.mailing.models import Letter
from sopcoach.mailing.notices import MailChoice, Notice
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.posting import ACTOR, is_silent, post
from sopcoach.mailing.writing import ASKED, SOON
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system


def tell(
    *people: User | int,
    occasion: Occasion,
    on: date | None = None,
    about: uuid.UUID | None = None,
    within: uuid.UUID | None = None,
) -> None:
    """Something waits for each of these, to be gathered into the day's one mail: the next one, or the one of that day."""
    if is_silent():
        return
    keys = [person.pk if isinstance(person, User) else person for person in people]
    with acting_as_system(ACTOR):
        Notice.objects.bulk_create(
            Notice(person_id=key, occasion=occasion, for_day=on, about=about, within=within) for key in keys
        )


def tell_now(person: User, *, occasion: Occasion, until: date | None = None) -> None:
    """Something waits that can't wait for the morning: a question, or a meeting of the next two days."""
    with acting_as_system(ACTOR):
        wants = MailChoice.of(person).wants(occasion)
    if wants and person.is_active and not is_silent():
        template = ASKED if occasion == Occasion.ASKED else SOON
        post([Letter(person=person, template=template, until_on=until)])


def forget(key: uuid.UUID) -> None:
    """What had a day, or what it belonged to, is settled or isn't there any more."""
    with acting_as_system(ACTOR):
        Notice.objects.filter(Q(about=key) | Q(within=key)).delete()


def has_come_by(person: User) -> None:
    """Whoever is here reads here what waits: no mail tells of it any more. What has a day of its own stays."""
    Notice.objects.visible_to(person).filter(for_day=None).delete()
