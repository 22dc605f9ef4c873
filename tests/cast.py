"""The people of the tests, always the same."""

from dataclasses import dataclass

from sopcoach.models import Unit, User
from tests.factories import UnitFactory, UserFactory


@dataclass(frozen=True)
class Cast:
    unit: Unit
    wanda: User
    sam: User
    nia: User
    petra: User
    olaf: User
    ada: User
    root: User

    @property
    def everybody(self) -> list[User]:
        return [self.wanda, self.sam, self.nia, self.petra, self.olaf, self.ada, self.root]


def make_cast() -> Cast:
    """Wanda works, Sam supervises her, Nia is a supervisor of another time, Petra is a peer, Olaf is an outsider who
    may supervise, Ada administers, and Root has every mark that Django knows."""
    unit = UnitFactory(name="North unit")
    return Cast(
        unit=unit,
        wanda=UserFactory(name="Wanda Reyes", unit=unit),
        sam=UserFactory(name="Sam Ortiz", unit=unit, may_supervise=True),
        nia=UserFactory(name="Nia Okafor", unit=unit, may_supervise=True),
        petra=UserFactory(name="Petra Lindqvist", unit=unit),
        olaf=UserFactory(name="Olaf Berg", may_supervise=True),
        ada=UserFactory(name="Ada Bello", is_administrator=True),
        root=UserFactory(name="Root Admin", is_administrator=True, is_superuser=True),
    )
