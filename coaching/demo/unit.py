"""The demo unit as a whole: Sam with four workers at four points, and four people outside of it."""

from datetime import datetime, timedelta

import time_machine
from django.db import transaction
from django.utils import timezone

from coaching.demo import group, linh, sorting, tomas, training, wanda
from coaching.demo.clock import FIRST_START, Clock, at, first_workday_from, meeting_ahead, workdays_from
from coaching.demo.pair import Pair
from coaching.demo.people import DELE, EVERYBODY, LINH, SAM, WANDA, make_people
from coaching.models import CoachingSession, Engagement, Invitation
from profiles.models import Edition
from sopcoach.mailing.posting import in_silence
from sopcoach.models import User
from sopcoach.requests.actor import acting_as

DELES_INVITATION = (
    "You asked good questions about the Three Houses last week. If you’d like company in trying them, I’d be glad to. "
    "If not, that’s fine too."
)
LINH_AT = 14
FORTNIGHT = timedelta(weeks=2)


class CannotBuildError(Exception):
    """The database has no place for the demo. The message is a sentence for the person who starts it."""


def is_here() -> bool:
    """Whether everybody of the demo is."""
    emails = [person.email for person in EVERYBODY]
    return User.objects.filter(email__in=emails).count() == len(emails)


@transaction.atomic
@in_silence()
def build() -> None:
    """Make the people, and tell their stories on days that end now. All of it or nothing is written.

    Raises CannotBuildError when there are people already, or no edition that has the aspects of the stories.
    """
    if User.objects.exists():
        raise CannotBuildError("There are people in this database, and the demo needs one with nobody in it.")
    _require_edition()
    now = timezone.now()
    with time_machine.travel(now, tick=False) as traveller:
        review = meeting_ahead(now)
        begun_on = review.date() - FORTNIGHT * (len(wanda.STORY.meetings) + 1)
        clock = Clock(traveller, now)
        clock.go(at(begun_on - timedelta(weeks=3), FIRST_START))
        users = make_people()
        pair = Pair(users[WANDA], users[SAM], clock=clock, first_on=begun_on, hour=FIRST_START)
        pair.tell(wanda.STORY, ahead=review)

        clock = Clock(traveller, now)
        second = _second_meeting(now)
        begun_on = second.date() - timedelta(weeks=4)
        pair = Pair(users[LINH], users[SAM], clock=clock, first_on=begun_on, hour=LINH_AT)
        pair.tell(linh.STORY, ahead=second)

        clock = Clock(traveller, now)
        clock.go(at(workdays_from(timezone.localdate(now), -3), 15, 10))
        with acting_as(users[SAM]):
            Invitation.send(by=users[SAM], to=users[DELE], words=DELES_INVITATION)

        tomas.tell(users, Clock(traveller, now), now)
        group.tell(users, Clock(traveller, now), now)
        training.tell(users, Clock(traveller, now), now)
        sorting.tell(users, Clock(traveller, now), now)


def _second_meeting(now: datetime) -> datetime:
    return at(first_workday_from(timezone.localdate(now) + timedelta(days=2)), LINH_AT)


@in_silence()
def look_ahead() -> None:
    """Move the meetings that nobody has begun to where they lie ahead, for whoever opens the demo after their hour."""
    now = timezone.now()
    sam = User.objects.filter(email=SAM.email).first()
    if sam is None:
        return
    with acting_as(sam):
        missed = CoachingSession.objects.visible_to(sam).filter(
            partnership__engagement=Engagement.FORMAL, opened_at=None, starts_at__lt=now
        )
        for session in missed.select_related("partnership__worker"):
            is_wandas = session.partnership.worker.email == WANDA.email
            session.move_to(meeting_ahead(now) if is_wandas else _second_meeting(now), by=sam)
            session.see_move(by=session.partnership.worker)


def _require_edition() -> None:
    edition = Edition.objects.current()
    if edition is None:
        raise CannotBuildError(
            "No practice profiles are published yet: load an edition with --publish first."
        )
    known = {
        *edition.aspects.values_list("slug", flat=True),
        *edition.profiles.values_list("slug", flat=True),
    }
    told = (
        wanda.STORY.aspects
        | linh.STORY.aspects
        | tomas.ASPECTS
        | group.PROFILES
        | training.ASPECTS
        | sorting.ASPECTS
    )
    missing = sorted(told - known)
    if missing:
        raise CannotBuildError(
            f"The demo is written for the edition that ships with SOP Coach; {edition} has no {', '.join(missing)}."
        )
