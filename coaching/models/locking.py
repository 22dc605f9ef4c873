"""Two at once: the one order in which the domain takes hold of what it changes, and how a verb is written (ADR 16).

People first, then what keeps rows together (a partnership, a group, a cohort), then its session, its focus, and last the
other rows; within one kind by key. Whoever waits so waits for somebody who never waits for them. A verb decides on
nothing that it was handed, since that was read before it had to wait: `@in_turn` reads it again.

What keeps a row is held without its key, so that whoever only notes that a page was opened waits for nobody.

Whoever takes hold of a pair, a group or a cohort is about to change something there, so that is also where the open pages
of others come to hear of it (ADR 34): no verb can forget to tell them.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import cache, wraps
from typing import Any

from django.db import models, transaction

from sopcoach.models import User
from sopcoach.models.last_change import note_changes, place_of
from sopcoach.models.written import RowsOf, once
from sopcoach.words.refusal import Refused

ORDER = ("User", "Partnership", "Group", "Cohort", "BlindSort", "CoachingSession", "GroupSession", "Focus")
"""Whatever isn't named here is a row that belongs to one of these, and comes last."""
PLACES = ("Partnership", "Group", "Cohort")
"""Where several people look at the same."""

VERBS: dict[str, Callable[..., Any]] = {}
"""Every verb by its name, such as "Focus.rest": for the tests that do each of them at the instant of each other."""


class Gone(Refused):
    """What somebody would change has been taken away while they were about to, in another window or by the other side."""

    def __init__(self) -> None:
        super().__init__(
            "What this was about isn’t there any more. Load the page again to see how things stand."
        )


def in_turn[**P, R](act: Callable[P, R]) -> Callable[P, R]:
    """A change of state with its actor: all or nothing, and one after the other with every other change.

    The rows that it is called with, and what keeps them, are held in the order of the domain and handed to it as they
    are now, so that it can neither decide on nor write back what was so when a page was opened. Whoever called sees on
    their own objects what became of them. Where no row comes with a keeper, it is whoever acts who is held, and whom
    they ask (`to`): two clicks send one.

    Raises Gone where one of the rows isn't there any more, or not for this person.
    """
    return _in_turn(act, is_heard=True)


def in_turn_unheard[**P, R](act: Callable[P, R]) -> Callable[P, R]:
    """As `in_turn`, for what only its author reads: no open page of anybody else learns that something was written."""
    return _in_turn(act, is_heard=False)


def _in_turn[**P, R](act: Callable[P, R], *, is_heard: bool) -> Callable[P, R]:
    names = inspect.signature(act)

    @wraps(act)
    @transaction.atomic
    def held(*args: P.args, **kwargs: P.kwargs) -> R:
        bound = names.bind(*args, **kwargs)
        given = {
            name: value
            for name, value in bound.arguments.items()
            if isinstance(value, models.Model) and hasattr(value, "kept_by")
        }
        if given:
            fresh = dict(zip(given, hold(*given.values(), is_heard=is_heard), strict=True))
            bound.arguments.update(fresh)
        else:
            fresh = {}
            bound.arguments.update(_hold_people(bound.arguments))
        done = act(*bound.args, **bound.kwargs)
        for name, row in fresh.items():
            _show(row, on=given[name])
        return done

    VERBS[act.__qualname__] = held
    return held


def _hold_people(arguments: Mapping[str, Any]) -> dict[str, Any]:
    by, to = arguments["by"], arguments.get("to")
    asked = [to] if isinstance(to, User) else list(to or ())
    by, *asked = hold(by, *asked)
    if to is None:
        return {"by": by}
    return {"by": by, "to": asked[0] if isinstance(to, User) else asked}


type _Key = tuple[type[models.Model], Any]


def hold(*rows: Any, is_heard: bool = True) -> list[Any]:
    """Take hold of these rows and of what keeps them until the transaction ends; return them as they are now.

    For jobs without a person; a verb has it from `@in_turn`. What isn't written yet is returned itself, with its keeper,
    unless another page has written it meanwhile, such as a side's one draft: then that one is. Raises Gone where one
    isn't there any more. `is_heard` as for `in_turn` and `in_turn_unheard`.
    """
    known: dict[_Key, Any] = {}  # as they were handed in, for what of them never changes
    for row in rows:
        for field in map(row._meta.get_field, getattr(row, "kept_by", ())):
            known.setdefault((field.related_model, getattr(row, field.attname)), _cached(row, field))
    known |= {_key(row): row for row in rows if not row._state.adding}
    held: dict[_Key, Any] = {}
    for model in sorted({model for model, _ in known}, key=_place):
        keys = [key for kind, key in known if kind is model]
        held |= {_key(row): row for row in once(_rows_to_hold(model), None, keys)}
    if held.keys() != known.keys():
        raise Gone
    if is_heard:
        note_changes(place_of(row._meta.label, row.slug) for row in held.values() if _is_place(row))
    for key, row in held.items():
        _join(row, held, known[key])
    return [_written(row, held) if row._state.adding else held[_key(row)] for row in rows]


@cache
def _rows_to_hold(model: type[models.Model]) -> RowsOf[models.QuerySet[Any]]:
    def rows(_: User, keys: Sequence[Any]) -> models.QuerySet[Any]:
        return model._default_manager.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")

    return rows


def _written(row: models.Model, held: dict[_Key, Any]) -> models.Model:
    """A row that is to be written for the first time, or the one of which there is one each that stands in its place."""
    for unique in row._meta.total_unique_constraints:
        key = {name: getattr(row, name) for name in unique.fields}
        of_it = row._meta.model._default_manager.select_for_update(no_key=True)
        if found := of_it.filter(**key).first():
            row = found
            break
    _join(row, held, None)
    return row


def _key(row: models.Model) -> _Key:
    return row._meta.model, row.pk  # `type` of somebody signed in is a lazy object


def _place(model: type[models.Model]) -> tuple[int, str]:
    name = model.__name__
    return (ORDER.index(name) if name in ORDER else len(ORDER)), name


def _is_place(row: Any) -> bool:
    return row._meta.object_name in PLACES


def _relations(row: models.Model) -> list[Any]:
    return [field for field in row._meta.concrete_fields if field.many_to_one or field.one_to_one]


def _cached(row: models.Model, field: Any) -> Any:
    return field.get_cached_value(row) if field.is_cached(row) else None


def _join(row: models.Model, held: dict[_Key, Any], old: models.Model | None) -> None:
    """Let a row know the others that are held and, as it did already, the catalogue, which never changes."""
    for field in _relations(row):
        key = getattr(row, field.attname)
        related = held.get((field.related_model, key))
        if related is None and old is not None and field.related_model._meta.app_label == "profiles":
            related = _cached(old, field) if getattr(old, field.attname) == key else None
        if related is not None:
            field.set_cached_value(row, related)


def _show(row: models.Model, *, on: models.Model) -> None:
    """Let the object that a verb was called on say what has become of its row."""
    if row is on or row.pk is None:
        return
    for field in _relations(row):
        if getattr(on, field.attname) != getattr(row, field.attname) and field.is_cached(on):
            field.delete_cached_value(on)
    for field in row._meta.concrete_fields:
        on.__dict__[field.attname] = row.__dict__[field.attname]
    on._state.adding = row._state.adding
