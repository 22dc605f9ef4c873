"""What the reveal of the walk-through says."""

import pytest

from coaching.rules.picking import nothing_marked, picked_so_far, where_marks_meet


@pytest.mark.parametrize(
    ("both", "room", "words"),
    [
        (1, 3, "You both marked one aspect. Talk about why, then pick up to three to work on first."),
        (4, 2, "You both marked four aspects. Talk about why, then pick up to two more."),
        (
            0,
            1,
            "Your marks don’t meet this time, which is worth a talk in itself. Talk about why, then pick one more.",
        ),
        (2, 0, "You both marked two aspects."),
    ],
)
def test_the_page_begins_with_where_marks_meet(both, room, words):
    assert where_marks_meet(both, room=room) == words


@pytest.mark.parametrize(
    ("picked", "room", "words"),
    [
        (0, 3, "Pick up to three. Fewer is fine."),
        (0, 1, "Pick up to one."),
        (1, 3, "1 picked, room for 2 more. Fewer is fine."),
        (3, 3, "3 picked."),
        (4, 3, "4 picked. Three at a time are enough; the others can wait."),
        (3, 2, "3 picked. Three at a time are enough, with those you work on now; the others can wait."),
    ],
)
def test_it_counts_what_is_ticked_and_refuses_nothing(picked, room, words):
    assert picked_so_far(picked, room=room) == words


def test_three_of_one_profile_get_a_gentle_word_unless_they_are_too_many():
    assert picked_so_far(3, room=3, single_profile="Three Questions").startswith(
        "3 picked, all from Three Questions. The profiles work best together"
    )
    assert "all from" not in picked_so_far(4, room=3, single_profile="Three Questions")


def test_where_one_marked_nothing_more_it_says_so():
    assert nothing_marked(both=True) == "Nothing beyond what you both marked."
    assert nothing_marked(both=False) == "Nothing marked."
