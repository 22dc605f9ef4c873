"""What home says of somebody's partnerships, in sentences."""

import pytest

from coaching.home.words import place_in_cycle, who_sees_this, whose_turn


@pytest.mark.parametrize(
    ("coached", "coaches", "shows_goals", "words"),
    [
        ([], False, False, ""),
        (
            [],
            True,
            False,
            "Each of these is between you and one person. Nobody sees them side by side but you.",
        ),
        (
            ["Sam Ortiz"],
            True,
            True,
            "Each of these is between you and one other person. Nobody sees them side by side but you.",
        ),
        (
            ["Sam Ortiz"],
            False,
            True,
            "What you note here is yours. Sam Ortiz sees your goals and their counts; nobody else sees anything.",
        ),
        (
            ["Sam Ortiz", "Nia Okafor"],
            False,
            True,
            "What you note here is yours. Whoever coaches you on a goal sees it and its count; nobody else sees anything.",
        ),
        (
            ["Sam Ortiz"],
            False,
            False,
            "What you keep is yours. Sam Ortiz sees how far you’ve come in, and nothing else.",
        ),
        (
            ["Sam Ortiz", "Nia Okafor"],
            False,
            False,
            "What you keep is yours. Whoever you work with sees how far you’ve come in, and nothing else.",
        ),
    ],
)
def test_it_names_who_reads_what_stands_there(coached, coaches, shows_goals, words):
    assert who_sees_this(coached, coaches=coaches, shows_goals=shows_goals) == words


def test_it_says_where_a_pair_is_and_that_it_may_be_in_orientation():
    assert place_in_cycle(5, "Set goals", orientation=False) == "5 of 7, Set goals"
    assert place_in_cycle(5, "Set goals", orientation=True) == "5 of 7, Set goals, in orientation"


def test_it_says_whose_turn_it_is_and_nobodys_where_they_sit_together():
    assert whose_turn(goes_on=True, mine=True, other="Wanda") == "Going on"
    assert whose_turn(goes_on=False, mine=True, other="Wanda") == "Your turn"
    assert whose_turn(goes_on=False, mine=False, other="Wanda") == "Wanda’s turn"
