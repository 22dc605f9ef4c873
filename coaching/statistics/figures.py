"""What administrators are shown of a quarter."""

from pydantic import BaseModel, ConfigDict


class Row(BaseModel):
    """What is shown of one part of the agency; None is what isn't."""

    model_config = ConfigDict(frozen=True)

    partnerships: int | None = None
    sessions: int | None = None
    groups: int | None = None

    @property
    def is_empty(self) -> bool:
        return self.partnerships is None and self.sessions is None and self.groups is None


class UnitRow(Row):
    name: str
    is_small: bool
    """Whether the unit has fewer than five workers."""


class InFocus(BaseModel):
    model_config = ConfigDict(frozen=True)

    title: str
    partnerships: int


class Figures(BaseModel):
    """All that anybody will ever see of a quarter: what may not be shown isn't in here."""

    model_config = ConfigDict(frozen=True)

    agency: Row
    units: tuple[UnitRow, ...]
    others: Row
    """The units that are shown only as one."""
    profiles: tuple[InFocus, ...]
    """In the edition's order."""
    other_profiles: int
    """How many practice profiles of the edition are in focus in fewer than five partnerships, in none, or in nearly all."""
