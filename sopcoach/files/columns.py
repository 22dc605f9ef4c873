"""Columns as a spreadsheet shows them."""

from openpyxl.utils import get_column_letter

LAST = 18_278
"""ZZZ: no spreadsheet shows a column beyond it."""


def letter(place: int) -> str:
    """The letters over a column: 0 is A, 26 is AA."""
    return get_column_letter(min(place + 1, LAST))
