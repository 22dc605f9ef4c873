"""What happens to forms, one module each: `NAME`, `EXEMPT` (rows, or the beginnings of rows' names with a star, each with
its reason in words), and `check(arranged)`, which really sends the form and returns what is wrong, or nothing.

A new happening is a new module here, named in `HAPPENINGS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from tests.forms.happenings import cut_off, older_page, reloaded, sent_twice, signed_in_anew, signed_out
from tests.forms.rows import Arranged


@dataclass(frozen=True)
class Happening:
    name: str
    exempt: dict[str, str]
    check: Callable[[Arranged], str | None]

    @classmethod
    def of(cls, module: ModuleType) -> "Happening":
        return cls(module.NAME, module.EXEMPT, module.check)

    def reason(self, row: str) -> str | None:
        """Why a row is left out; none for a row that is checked."""
        return next((why for name, why in self.exempt.items() if self.fits(name, row)), None)

    @staticmethod
    def fits(name: str, row: str) -> bool:
        return row == name or (name.endswith("*") and row.startswith(name[:-1]))

    def __str__(self) -> str:
        return self.name


HAPPENINGS = [
    Happening.of(module) for module in (sent_twice, signed_out, signed_in_anew, older_page, cut_off, reloaded)
]
