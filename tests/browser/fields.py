"""The fields of an open page, found by themselves, and something to type into each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.urls import resolve
from django.utils import timezone
from playwright.sync_api import ElementHandle, Page

SCRIPT = Path(__file__).with_suffix(".js")


@dataclass(frozen=True)
class Field:
    key: str
    """Tells it from the others of its page, whenever the page is opened."""
    name: str
    kind: str
    how: str
    """What the product promises before it is sent: it `saves itself`, its form `sends itself`, it is `kept` by the
    browser, or it only `asks`."""
    choices: list[str]
    values: list[str]
    bounds: list[str]

    @property
    def form(self) -> str:
        """The route that it is sent to."""
        path = self.key.split(" ")[0]
        return resolve(path).view_name if path else "no form"

    @property
    def title(self) -> str:
        return f"{self.form}.{self.name}"

    @property
    def is_settled(self) -> bool:
        """A list of one: nothing else can be chosen."""
        return self.kind == "select" and self.choices == self.values


def fields_of(page: Page) -> list[Field]:
    page.evaluate("fields.open()")
    return [Field(**found) for found in page.evaluate("fields.find()") if not Field(**found).is_settled]


def stands(fields: Iterable[Field]) -> dict[str, list[str]]:
    return {field.key: field.values for field in fields}


def type_into(page: Page, field: Field) -> None:
    """Something else than what stands there, as hands do it."""
    controls = controls_of(page, field)
    if field.kind in {"radio", "checkbox"}:
        tick(controls[field.choices.index(another(field))])
    elif field.kind == "select":
        controls[0].select_option(another(field))
    else:
        for control in controls:
            control.fill(TYPED.get(field.kind, words)(field))


def controls_of(page: Page, field: Field) -> list[ElementHandle]:
    found = page.evaluate_handle("key => fields.controlsOf(key)", field.key).get_properties()
    return [one for name, handle in found.items() if name.isdigit() and (one := handle.as_element())]


def another(field: Field) -> str:
    """Of what can be chosen the last that isn't; where all is ticked, that is let go.

    Where only one can be, the first that isn't: so that a glimpse lies above the level beside it.
    """
    choices = field.choices if field.kind == "radio" else field.choices[::-1]
    return next((one for one in choices if one not in field.values), choices[0])


def tick(control: ElementHandle) -> None:
    """By the keyboard, over which no label lies; or by its label, where that is all that is seen of it."""
    if control.is_visible():
        control.press("Space")
    else:
        control.evaluate("control => control.labels[0].click()")


def words(field: Field) -> str:
    return f"Typed into {field.name.replace('_', ' ')}."


def day(field: Field) -> str:
    """Near today and within the field's bounds; none where that would be the one that stands there."""
    nearest, furthest = (date.fromisoformat(one) if one else None for one in field.bounds)
    days = [timezone.localdate() + timedelta(days=days) for days in (9, 8, -1, -2, 0)]
    fitting = [
        one.isoformat()
        for one in days
        if (nearest is None or nearest <= one) and (furthest is None or one <= furthest)
    ]
    return next((one for one in fitting if [one] != field.values), "")


def number(field: Field) -> str:
    nearest = int(field.bounds[0] or 1)
    return str(next(one for one in range(nearest, nearest + 2) if [str(one)] != field.values))


TYPED: dict[str, Callable[[Field], str]] = {
    "date": day,
    "time": lambda field: "10:45",
    "number": number,
    "email": lambda field: "somebody.else@agency.example",
}
