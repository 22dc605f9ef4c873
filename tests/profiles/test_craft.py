import pytest
from django.core.management import CommandError, call_command

from profiles.importing import craft
from profiles.importing.craft import Rule
from profiles.importing.readers import read_file
from profiles.importing.reading_table import with_level
from tests.profiles.factories import SHIPPED

GOOD = "Asks the caregiver who else should hear of the worry."


def rules_of(text: str) -> list[Rule]:
    return [finding.rule for finding in craft.of_descriptor(text)]


def rules_on(*ladders: list[str]) -> list[tuple[str, int, Rule]]:
    rungs = {
        f"ladder-{place}": list(enumerate(texts, start=1)) for place, texts in enumerate(ladders, start=1)
    }
    return [(slug, number, finding.rule) for (slug, number), finding in craft.of_edition(rungs)]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "Can say who was told of the worry and in which words.",
        "Draws a map with the family and its network.",
        "Reads out the plan and the names on it.",
        "Writes down who will come, what they will do and when.",
        "Leaves out what has no bearing on the danger.",
    ],
)
def test_one_act_that_can_be_seen_is_left_alone(text: str) -> None:
    assert rules_of(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Writes the goal down and asks the caregiver to change it.", Rule.TWO_ACTS),
        ("Draws the map, then reads it out to the child.", Rule.TWO_ACTS),
        ("Listens to the aunt while writing, and coaches a peer.", Rule.TWO_ACTS),
        ("Can name the three houses and explain what each is for.", Rule.TWO_ACTS),
        ("Understands that the child has a say.", Rule.INNER),
        ("Notices when a person grows quiet.", Rule.INNER),
        ("Asks the network so long until members can tell the worry.", Rule.OTHERS),
        ("Leaves the family able to lead the meeting.", Rule.OTHERS),
        ("Influences partners to ask for the child.", Rule.OTHERS),
        ("Family members lead the talk from the first word on.", Rule.OTHERS),
        (
            "Integrates multidisciplinary considerations regarding intergenerational vulnerability and resiliency.",
            Rule.GRADE,
        ),
    ],
)
def test_what_two_readers_would_rate_apart_is_asked_about(text: str, rule: Rule) -> None:
    assert rule in rules_of(text)


def test_a_word_that_begins_another_descriptor_of_the_edition_says_an_act() -> None:
    found = rules_on(["Whispers the word to the child.", "Asks for a name and whispers it to the child."])
    assert ("ladder-1", 2, Rule.TWO_ACTS) in found


def test_neighbors_that_share_most_of_their_words_are_told_at_the_higher_one() -> None:
    one = "Asks the caregiver about the goal of the plan at the kitchen table."
    two = "Asks the caregiver about the goal of the plan on a walk."
    assert (2, Rule.NEIGHBORS) in [(n, f.rule) for n, f in craft.of_ladder([(1, one), (2, two)])]
    assert rules_on([one, "Draws three circles on paper for the people whom a child knows well."]) == []


def test_a_level_that_is_off_the_length_of_its_ladder_is_told() -> None:
    short, long = "Asks the aunt.", f"{GOOD[:-1]}, {GOOD[:-1].lower()}, {GOOD.lower()}"
    found = rules_on([GOOD, short, GOOD.replace("caregiver", "aunt"), long])
    assert {(n, rule) for _, n, rule in found if rule is Rule.LENGTH} == {(2, Rule.LENGTH), (4, Rule.LENGTH)}


def test_the_same_act_on_two_ladders_is_told_once() -> None:
    other = "Asks a caregiver who else should be hearing of the worry."
    assert [found for found in rules_on([GOOD], [other]) if found[2] is Rule.TWICE] == [
        ("ladder-1", 1, Rule.TWICE)
    ]


def test_the_command_prints_each_place_and_how_the_levels_read(capsys) -> None:
    call_command("lint_edition", SHIPPED, "--table")
    said = capsys.readouterr().out
    assert "safety-focus 1: Nobody can see that somebody “understands”." in said
    assert "level  descriptors  grade: mean" in said
    assert "Length goes with level: r = " in said
    with pytest.raises(CommandError, match="to look at"):
        call_command("lint_edition", SHIPPED, "--strict")


def test_in_the_first_edition_length_told_the_level() -> None:
    length, _ = with_level(read_file(SHIPPED))
    assert length > 0.4
