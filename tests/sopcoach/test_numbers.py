"""What somebody sends as a number."""

import pytest

from sopcoach.requests.reading import number_in


@pytest.mark.parametrize(
    ("sent", "number"), [("0", 0), ("7", 7), (" 12 ", 12), (5, 5), ("999999999", 999_999_999)]
)
def test_digits_are_a_number(sent, number):
    assert number_in(sent) == number


@pytest.mark.parametrize(
    "sent", [None, "", " ", "²", "٤", "½", "-1", "+1", "1.5", "1e3", "1_000", "1 2", "\x00", "9" * 10]
)
def test_anything_else_is_none(sent):
    assert number_in(sent) is None
