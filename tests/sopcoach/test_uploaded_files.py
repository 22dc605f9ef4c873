"""What files of both imports have in common: their letters, and how a spreadsheet calls their columns."""

import pytest

from sopcoach.files.columns import LAST, letter
from sopcoach.files.encoding import UnreadableTextError, decoded
from sopcoach.people.importing.table import UnreadableListError, table_of


def test_a_column_beyond_any_spreadsheet_has_the_letters_of_the_last():
    assert letter(LAST - 1) == letter(LAST) == letter(500_000) == "ZZZ"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
def test_text_is_read_as_it_was_saved(encoding):
    assert decoded("José’s café".encode(encoding)) == "José’s café"


def test_a_list_with_a_few_broken_letters_is_refused_with_its_line():
    """Read as another encoding it would come out as “ZoÃ«”, and Zoë would be invited by that name."""
    broken = "name,e-mail\r\nZoë Müller,z@agency.example\r\n".encode() + b"Jos\xe9,j@agency.example\r\n"
    with pytest.raises(UnreadableTextError, match="Line 3 holds a letter that can’t be read"):
        decoded(broken)
    with pytest.raises(UnreadableListError, match="Line 3 holds a letter that can’t be read"):
        table_of(broken)
