"""Two more units of the demo, in which coaching has gone on for a year, so that there is something to count.

Nobody can enter as these people, and nothing that they would have said is told: only when they met, and on what.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from coaching.demo.clock import at, first_workday_from
from coaching.models import CoachingSession, Focus, Invitation, Partnership
from coaching.statistics.quarters import Quarter
from profiles.models import Edition, SkillAspect
from sopcoach.mailing.posting import in_silence
from sopcoach.models import Unit, User
from sopcoach.requests.actor import acting_as

ADDRESSES = "@county.example"
"""Not the demo's own, which are those that one may enter as."""
HARBOR, RIVER = "Harbor unit", "River unit"
SUPERVISORS = {HARBOR: "Tomas Hale", RIVER: "Ines Kaya"}
WORKERS = {
    HARBOR: (
        "Amara Diallo",
        "Bo Hendricks",
        "Carmen Vidal",
        "Dina Farouk",
        "Emil Novak",
        "Farah Sandoval",
        "Gus Whitfield",
        "Hana Mori",
        "Ilan Peretz",
        "Joy Castellano",
        "Vera Lindholm",
        "Wes Tanaka",
        "Xenia Petrov",
    ),
    RIVER: (
        "Kai Nakamura",
        "Lena Duarte",
        "Marco Bellini",
        "Noor Haddad",
        "Otis Freeman",
        "Pia Sorensen",
        "Quinn Abara",
        "Rosa Quispe",
        "Sefa Tuala",
        "Tam Nguyen",
        "Uma Raghavan",
        "Yara Solis",
        "Zed Marlow",
    ),
}
BEGUN = {HARBOR: (1, 3, 3, 2), RIVER: (2, 2, 3, 2)}
"""How many begin in each of the last four quarters, the oldest first."""


def is_here() -> bool:
    return User.objects.filter(email__endswith=ADDRESSES).exists()


@transaction.atomic
@in_silence()
def build() -> None:
    """Make the people and the facts of their coaching; an edition must be published."""
    quarters = _last_quarters(4)
    begun = at(quarters[0].first_on, 9)
    aspects = _first_aspects()
    for name, people in WORKERS.items():
        unit = Unit.objects.get_or_create(name=name)[0]
        supervisor = _person(SUPERVISORS[name], unit, may_supervise=True)
        workers = [_person(person, unit) for person in people]
        since = [quarter for quarter, count in zip(quarters, BEGUN[name], strict=True) for _ in range(count)]
        for place, (worker, first) in enumerate(zip(workers, since, strict=False)):
            _coach(worker, supervisor, place, [q for q in quarters if q >= first], aspects)
    User.objects.filter(email__endswith=ADDRESSES).update(date_joined=begun, last_login=timezone.now())


def _last_quarters(count: int) -> list[Quarter]:
    """The closed ones before today, oldest first."""
    quarters: list[Quarter] = []
    current = Quarter.of(timezone.localdate())
    while len(quarters) < count:
        current = Quarter.of(current.first_on - timedelta(days=1))
        quarters.insert(0, current)
    return quarters


def _first_aspects() -> list[SkillAspect]:
    """The first aspect of the first, third and fifth practice profile."""
    edition = Edition.objects.current()
    profiles = list(edition.profiles.order_by("order")) if edition else []
    return [SkillAspect.objects.filter(profile=profile).order_by("order")[0] for profile in profiles[:5:2]]


def _person(name: str, unit: Unit, **marks: bool) -> User:
    user = User(email=name.split()[0].lower() + ADDRESSES, name=name, unit=unit, **marks)
    user.password = make_password(None)
    user.full_clean()
    user.save()
    return user


def _coach(
    worker: User, supervisor: User, place: int, quarters: list[Quarter], aspects: list[SkillAspect]
) -> None:
    days = list(_days(place, quarters))
    begun = at(days[0], 9)
    with acting_as(supervisor):
        asked = Invitation.objects.create(worker=worker, supervisor=supervisor, sent_at=begun)
    with acting_as(worker):
        asked.answer, asked.answered_at = Invitation.Answer.FORMAL, begun
        asked.save(update_fields=["answer", "answered_at"])
        _meet(Partnership(slug=asked.slug, worker=worker, supervisor=supervisor), days, place, aspects)


def _meet(pair: Partnership, days: list[date], place: int, aspects: list[SkillAspect]) -> None:
    begun = at(days[0], 9)
    pair.edition_id = aspects[0].edition_id
    pair.begun_at, pair.formal_on, pair.engaged_on = begun, days[0], days[0]
    pair.save(force_insert=True)
    CoachingSession.objects.bulk_create(
        CoachingSession(
            partnership=pair,
            number=number,
            kind="progress" if number > 1 else "opening",
            starts_at=at(day, 10),
            opened_at=at(day, 10),
            closed_at=at(day, 11),
        )
        for number, day in enumerate(days, start=1)
    )
    chosen = aspects[:1] if place % 3 else aspects[1:]
    Focus.objects.bulk_create(
        Focus(partnership=pair, aspect=aspect, aspect_slug=aspect.slug, slot=slot, opened_at=begun)
        for slot, aspect in enumerate(chosen, start=1)
    )


def _days(place: int, quarters: list[Quarter]) -> Iterator[date]:
    """On which days a pair meets: once a month, or nearly."""
    for quarter in quarters:
        for month in range(3 if place % 4 else 2):
            yield first_workday_from(quarter.first_on + timedelta(days=3 + place % 5 + 30 * month))
