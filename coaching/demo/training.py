"""Two cohorts of CORE training: new workers on their way, and new supervisors on their last day."""

from datetime import datetime

from django.utils import timezone

from coaching.demo.clock import Clock, at, workdays_from
from coaching.demo.people import ADA, DELE, LINH, NIA, OLAF, PETRA, SAM, WANDA, Person
from coaching.models import Placement
from coaching.training.models import Cohort, TrainingNote
from coaching.training.models.levelling import place, reveal
from profiles.models import Edition
from sopcoach.models import User
from sopcoach.requests.actor import acting_as

SEEN_LEVELS = {SAM: 4, OLAF: 3, WANDA: 4, PETRA: 5, ADA: 2}
"""How the room placed the first story, which it has looked at together."""
OPEN_LEVELS = {OLAF: 3, WANDA: 3, PETRA: 4, ADA: 2}
"""The second: one more, and there is something to look at."""

DELES_PLACEMENTS = (
    ("balanced-inquiry", 1, "I can name all three. In the role play I stayed with the worries."),
    ("detail-and-impact", 2, "“Neglect” slipped out again. The group asked what I had seen."),
)
SAMS_PLACEMENTS = (
    ("balanced-inquiry", 5, "Easier in supervision than it was at kitchen tables."),
    ("transparent-stance", 4, ""),
)
DELES_NOTE = "Ask “what else?” once more than feels natural."

ASPECTS = {aspect for aspect, _, _ in (*DELES_PLACEMENTS, *SAMS_PLACEMENTS)}


def tell(users: dict[Person, User], clock: Clock, now: datetime) -> None:
    today = timezone.localdate(now)
    clock.go(at(workdays_from(today, -5), 11))
    workers = _cohort(users, "New workers in the north", Cohort.Audience.WORKERS, -3, 5, now)
    supervisors = _cohort(users, "Supervising with SOP", Cohort.Audience.SUPERVISORS, -3, 0, now)
    _enrol(users, workers, DELE, LINH)
    _enrol(users, supervisors, *SEEN_LEVELS)

    clock.go(at(workdays_from(today, -3), 10, 20))
    _place(users[DELE], DELES_PLACEMENTS, clock)
    with acting_as(users[DELE]):
        TrainingNote.write(by=users[DELE], text=DELES_NOTE, revision=0)

    clock.go(at(workdays_from(today, -1), 14, 5))
    first, second, *_ = supervisors.vignettes
    for person, level in SEEN_LEVELS.items():
        clock.later()
        with acting_as(users[person]):
            place(supervisors, first, by=users[person], level=level)
    clock.later()
    with acting_as(users[NIA]):
        reveal(supervisors, first, by=users[NIA])
    for person, level in OPEN_LEVELS.items():
        clock.later()
        with acting_as(users[person]):
            place(supervisors, second, by=users[person], level=level)
    _place(users[SAM], SAMS_PLACEMENTS, clock)


def _edition() -> Edition:
    edition = Edition.objects.current()
    if edition is None:
        raise ValueError("A training has an edition.")
    return edition


def _cohort(
    users: dict[Person, User], title: str, audience: Cohort.Audience, first: int, last: int, now: datetime
) -> Cohort:
    today = timezone.localdate(now)
    cohort = Cohort(
        title=title,
        audience=audience,
        edition=_edition(),
        facilitator=users[NIA],
        starts_on=workdays_from(today, first),
        ends_on=workdays_from(today, last) if last else today,
    )
    with acting_as(users[ADA]):
        cohort.keep(by=users[ADA])
    return cohort


def _enrol(users: dict[Person, User], cohort: Cohort, *people: Person) -> None:
    with acting_as(users[ADA]):
        cohort.enrol([users[person] for person in people], by=users[ADA])


def _place(person: User, placements: tuple[tuple[str, int, str], ...], clock: Clock) -> None:
    aspects = {aspect.slug: aspect for aspect in _edition().aspects.all()}
    with acting_as(person):
        for slug, level, note in placements:
            clock.later()
            Placement.place(aspects[slug], by=person, level=level, note=note)
