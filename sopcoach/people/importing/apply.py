"""The database's side of a list of people: who is there now, and writing a plan."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from sopcoach.models import Unit, User, kept_from_the_mark
from sopcoach.people.importing.people import Choices, Current, Person, Plan
from sopcoach.people.importing.plan import plan
from sopcoach.people.importing.reader import PeopleList
from sopcoach.people.mails import tell_of_new_address

FIELDS = ["name", "unit", "may_supervise", "is_administrator", "employee_number"]


class PlanChangedError(Exception):
    """People have changed since the plan was shown, or it has problems. Nothing has been written."""


class Done(NamedTuple):
    added: list[User]
    changed: int
    readdressed: int
    deactivated: int
    left_open: int
    """Questions that stay as they are, and are asked again with the next list."""


def current() -> Current:
    people = User.objects.select_related("unit")
    return Current(
        {person.email: _as_listed(person) for person in people}, _unit_names(), _kept_from_the_mark
    )


def apply(people: PeopleList, *, seen: str, by: User, choices: Choices | None = None) -> Done:
    """Do what the plan of the fingerprint `seen` says and what was chosen of its questions.

    New accounts have no password and nobody is invited yet. Raises Refused for whoever isn't an administrator,
    `PlanChangedError` when the same list would now do something else.
    """
    by.require_administrator()
    try:
        with transaction.atomic():
            return _written(people, seen, by, choices or Choices())
    except IntegrityError as error:
        raise PlanChangedError from error


def _written(people: PeopleList, seen: str, by: User, choices: Choices) -> Done:
    User.objects.hold_administrators()
    planned = plan(people, current())
    if planned.problems or planned.fingerprint != seen:
        raise PlanChangedError
    Unit.objects.bulk_create(Unit(name=unit.name) for unit in planned.units)
    units = {unit.name: unit for unit in Unit.objects.all()}
    wanted = {change.person.email: _kept(change.person, choices) for change in planned.changed}
    changed = _accounts(wanted)
    for account in changed:
        _fill(account, wanted[account.email], units)
    User.objects.bulk_update(changed, FIELDS, batch_size=500)
    readdressed = _readdress(planned, choices, units, by)
    added = _add([*planned.added, *_somebody_else(planned, choices)], units)
    deactivated = _deactivate(planned, choices, by)
    answered = {one.listed.email for one in planned.same} & (choices.same | choices.two)
    _remember_who_was_listed([*planned.numbered, *(_as_listed(person) for person in (*added, *readdressed))])
    return Done(
        added,
        len(changed),
        len(readdressed),
        len(deactivated),
        left_open=len(planned.same) - len(answered) + len(planned.leavers) - len(deactivated),
    )


def _kept(person: Person, choices: Choices) -> Person:
    return replace(person, may_supervise=True) if person.email in choices.kept else person


def _readdress(planned: Plan, choices: Choices, units: dict[str, Unit], by: User) -> list[User]:
    """Give accounts the addresses of the list, and tell their people at both (product.md, 10)."""
    same = {one.here.email: one.listed for one in planned.same if one.listed.email in choices.same}
    accounts = _accounts(same)
    for account in accounts:
        old, listed = account.email, same[account.email]
        account.email = listed.email
        marked = replace(
            listed,
            unit=listed.unit or (account.unit.name if account.unit else ""),
            number=listed.number or account.employee_number,
            may_supervise=account.may_supervise or listed.may_supervise,
            is_administrator=account.is_administrator,
        )
        _fill(account, marked, units)
        account.save(update_fields=["email", *FIELDS])
        if account.last_login:
            tell_of_new_address(account, old=old, by=by)
    return accounts


def _somebody_else(planned: Plan, choices: Choices) -> Iterable[Person]:
    """Those who are new after all. The number of the list is theirs."""
    others = [one for one in planned.same if one.listed.email in choices.two]
    numbers = [one.here.email for one in others if one.by_number]
    User.objects.filter(email__in=numbers).update(employee_number="")
    return [one.listed for one in others]


def _add(people: list[Person], units: dict[str, Unit]) -> list[User]:
    added = [User(email=person.email, password=make_password(None)) for person in people]
    for account, person in zip(added, people, strict=True):
        _fill(account, person, units)
    return User.objects.bulk_create(added)


def _deactivate(planned: Plan, choices: Choices, by: User) -> list[User]:
    leaving = _accounts([one.person.email for one in planned.leavers if one.person.email in choices.leave])
    for account in leaving:
        account.deactivate(by=by)
    return leaving


def _remember_who_was_listed(people: list[Person]) -> None:
    User.objects.filter(email__in=[person.email for person in people]).update(listed_on=timezone.localdate())


def _accounts(emails: Collection[str]) -> list[User]:
    return list(User.objects.filter(email__in=list(emails)).select_related("unit").order_by("pk"))


def _fill(account: User, person: Person, units: dict[str, Unit]) -> None:
    account.name = person.name
    account.unit = units.get(person.unit)
    account.may_supervise = person.may_supervise
    account.is_administrator = person.is_administrator
    account.employee_number = person.number


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
        number=person.employee_number,
        listed_on=person.listed_on,
    )
