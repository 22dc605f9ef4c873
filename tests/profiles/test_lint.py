import pytest

from profiles.importing.lint import of_descriptor, of_goal, of_ladder

GOOD = "Asks who, what and when until it can be pictured."


def test_a_text_that_pictures_practice_is_left_alone() -> None:
    assert list(of_descriptor(GOOD)) == []
    assert list(of_ladder([(1, GOOD), (2, "Fits the question to the person and can say why.")])) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Asks.", "One word."),
        ("Knows some relatives", "Three words."),
        ("Asks who and what they", "Five words."),
    ],
)
def test_fewer_than_six_words_are_no_picture(text: str, count: str) -> None:
    assert list(of_descriptor(text)) == [
        f"{count} A reader needs a picture: who does what, and what can be seen?"
    ]


def test_nothing_is_for_the_problems_to_tell() -> None:
    assert list(of_descriptor(" ")) == []


@pytest.mark.parametrize("text", ["always", "in 80 % of cases", "rarely", "every time"])
def test_how_often_is_asked_about(text: str) -> None:
    assert any("tells how much" in note for note in of_descriptor(f"{GOOD} {text}"))


def test_two_levels_with_nearly_the_same_words_are_told_at_the_higher_one() -> None:
    longer = f"{GOOD} Waits for the answer, and writes it in the family’s own words."
    ladder = [
        (1, longer),
        (2, "Fits the question to the person and can say why."),
        (3, longer.replace("who", "Who, then")),
    ]
    assert list(of_ladder(ladder)) == [
        (3, "It has nearly the same words as level 1. Would two readers tell them apart?")
    ]


def test_a_goal_counts() -> None:
    assert list(of_goal("Use it with caregivers on 5 cases by June.")) == []
    assert list(of_goal("Use it on every case.")) == [
        "“every case” can’t be counted; a goal names how many and by when."
    ]
