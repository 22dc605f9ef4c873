"""The database's side of a list of people: who is there now, and writing a plan."""

from collections.abc import Collection

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from sopcoach.models import Unit, User, kept_from_the_mark
from sopcoach.people.importing.plan import Current, Person, Plan, plan
from sopcoach.people.importing.reader import PeopleList


class PlanChangedError(Exception):
    """People have changed since the plan was shown, or it has problems. Nothing has been written."""


def current() -> Current:
    people = User.objects.select_related("unit")
    return Current(
        {person.email: _as_listed(person) for person in people}, _unit_names(), _kept_from_the_mark
    )


def apply(people: PeopleList, *, seen: str, by: User) -> tuple[Plan, list[User]]:
    """Do what the plan of the fingerprint `seen` says, and hand over the people whom it has added.

    New accounts have no password and nobody is invited yet. Raises Refused for whoever isn't an administrator,
    `PlanChangedError` when the same list would now do something else.
    """
    by.require_administrator()
    try:
        with transaction.atomic():
            return _written(people, seen)
    except IntegrityError as error:
        raise PlanChangedError from error


def _written(people: PeopleList, seen: str) -> tuple[Plan, list[User]]:
    User.objects.hold_administrators()
    planned = plan(people, current())
    if planned.problems or planned.fingerprint != seen:
        raise PlanChangedError
    Unit.objects.bulk_create(Unit(name=unit.name) for unit in planned.units)
    units = {unit.name: unit for unit in Unit.objects.all()}
    accounts = User.objects.in_bulk([change.person.email for change in planned.changed], field_name="email")
    changed = [accounts[change.person.email] for change in planned.changed]
    for account, change in zip(changed, planned.changed, strict=True):
        _fill(account, change.person, units)
    User.objects.bulk_update(changed, ["name", "unit", "may_supervise", "is_administrator"], batch_size=500)
    added = [User(email=person.email, password=make_password(None)) for person in planned.added]
    for account, person in zip(added, planned.added, strict=True):
        _fill(account, person, units)
    return planned, User.objects.bulk_create(added)


def _fill(account: User, person: Person, units: dict[str, Unit]) -> None:
    account.name = person.name
    account.unit = units.get(person.unit)
    account.may_supervise = person.may_supervise
    account.is_administrator = person.is_administrator


def _kept_from_the_mark(emails: Collection[str]) -> list[str]:
    people = list(User.objects.filter(email__in=emails).order_by("pk"))
    kept = kept_from_the_mark(people)
    return [person.email for person in people if person.pk in kept]


def _unit_names() -> tuple[str, ...]:
    return tuple(Unit.objects.values_list("name", flat=True))


def _as_listed(person: User) -> Person:
    return Person(
        email=person.email,
        name=person.name,
        unit=person.unit.name if person.unit else "",
        may_supervise=person.may_supervise,
        is_administrator=person.is_administrator,
        is_active=person.is_active,
    )
