"""What happens to forms, one module each: `NAME`, `EXEMPT` (rows, or the beginnings of rows' names with a star, each with
its reason in words), and `check(arranged)`, which really sends the form and returns what is wrong, or nothing. What is only
about forms with certain fields has `about(form)`, asked of each form on its page, and says in `WITHOUT` why it leaves the
others out. `ONCE` says that no database has a part in it, so that it happens on SQLite alone.

A new happening is a new module here, named in `HAPPENINGS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from tests.databases import ON_POSTGRES
from tests.forms.happenings import (
    cut_off,
    data_key_missing,
    days_out_of_bounds,
    odd_text,
    older_page,
    opened_again,
    reloaded,
    sent_twice,
    signed_in_anew,
    signed_out,
)
from tests.forms.pages import Form
from tests.forms.rows import Arranged


@dataclass(frozen=True)
class Happening:
    name: str
    exempt: dict[str, str]
    check: Callable[[Arranged], str | None]
    about: Callable[[Form], bool] | None = None
    without: str = ""
    """Why a form that it isn't about is left out."""

    @classmethod
    def of(cls, module: ModuleType) -> "Happening":
        about, without = getattr(module, "about", None), getattr(module, "WITHOUT", "")
        return cls(module.NAME, module.EXEMPT, module.check, about, without)

    def reason(self, row: str) -> str | None:
        """Why a row is left out; none for a row that is checked."""
        return next((why for name, why in self.exempt.items() if self.fits(name, row)), None)

    @staticmethod
    def fits(name: str, row: str) -> bool:
        return row == name or (name.endswith("*") and row.startswith(name[:-1]))

    def __str__(self) -> str:
        return self.name


MODULES = (
    sent_twice,
    signed_out,
    signed_in_anew,
    older_page,
    cut_off,
    reloaded,
    days_out_of_bounds,
    odd_text,
    opened_again,
    data_key_missing,
)
HAPPENINGS = [
    Happening.of(module) for module in MODULES if not (ON_POSTGRES and getattr(module, "ONCE", False))
]
