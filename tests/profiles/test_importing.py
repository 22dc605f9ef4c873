import dataclasses
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from profiles.importing.format import from_raw
from profiles.importing.plan import Action, Current, EntryKind, plan
from profiles.importing.readers import read_file
from profiles.importing.source import EditionSource, UnreadableSourceError
from profiles.importing.yaml_file import read_yaml
from tests.profiles.factories import SHIPPED, small_source

BALANCED = "“Three Questions”, “Balanced inquiry”"


@pytest.fixture(scope="module")
def shipped_text() -> str:
    return SHIPPED.read_text()


@pytest.fixture
def raw(shipped_text: str) -> dict[str, Any]:
    return yaml.load(shipped_text, Loader=yaml.BaseLoader)  # noqa: S506


def problems_of(raw: object) -> list[str]:
    """What a person is told about a file that holds this."""
    try:
        source = from_raw(raw)
    except UnreadableSourceError as error:
        return list(error.problems)
    return [str(problem) for problem in plan(source, None).problems]


def problems_of_text(text: str) -> list[str]:
    try:
        source = read_yaml(text.encode())
    except UnreadableSourceError as error:
        return list(error.problems)
    return [str(problem) for problem in plan(source, None).problems]


def aspect_of(raw: dict[str, Any]) -> dict[str, Any]:
    return raw["profiles"][0]["aspects"][0]


def test_the_edition_that_ships_is_whole_and_speaks_of_character_only() -> None:
    planned = plan(read_file(SHIPPED), None)
    assert planned.problems == ()
    assert [warning for warning in planned.warnings if not warning.rule] == []
    added = planned.counts(Action.ADD)
    assert (added[EntryKind.PROFILE], added[EntryKind.ASPECT], added[EntryKind.DESCRIPTOR]) == (10, 30, 210)


def test_an_edition_called_2026_10_keeps_its_name(shipped_text: str) -> None:
    source = read_yaml(shipped_text.replace('"2026.1"', "2026.10").encode())
    assert (source.name, source.slug) == ("2026.10", "sop-practice-profiles-2026-10")


def test_a_missing_level_is_named_with_its_profile_and_aspect(raw: dict[str, Any]) -> None:
    del aspect_of(raw)["levels"]["3"]
    assert problems_of(raw) == [f"{BALANCED}, level 3: its descriptor is missing."]


def test_an_empty_descriptor_is_named(raw: dict[str, Any]) -> None:
    aspect_of(raw)["levels"]["3"] = "   "
    aspect_of(raw)["levels"]["4"] = None
    assert problems_of(raw) == [
        f"{BALANCED}, level 3: this is empty.",
        f"{BALANCED}, level 4: this is empty.",
    ]


def test_a_level_that_stands_twice_is_named(shipped_text: str) -> None:
    line = next(line for line in shipped_text.splitlines() if line.startswith("          3: "))
    doubled = shipped_text.replace(line, f"{line}\n{line}", 1)
    assert problems_of_text(doubled) == [f"{BALANCED}, level 3: this stands twice."]


def test_a_level_doubled_in_another_spelling_is_named(raw: dict[str, Any]) -> None:
    aspect_of(raw)["levels"]["03"] = "A second third level."
    assert problems_of(raw) == [f"{BALANCED}: “levels” has level 3 twice."]


def test_a_doubled_row_of_a_spreadsheet_is_named() -> None:
    source = small_source()
    aspect = source.profiles[0].aspects[0]
    doubled = dataclasses.replace(aspect, descriptors=(*aspect.descriptors, (3, "Once more.")))
    profile = dataclasses.replace(source.profiles[0], aspects=(doubled,))
    planned = plan(dataclasses.replace(source, profiles=(profile,)), None)
    assert [str(problem) for problem in planned.problems] == [
        "“Listening”, “Opening in listening”, level 3: it is described more than once."
    ]


def test_a_level_that_the_scale_does_not_have_is_named(raw: dict[str, Any]) -> None:
    aspect_of(raw)["levels"]["8"] = "Beyond."
    assert problems_of(raw) == [f"{BALANCED}, level 8: the scale doesn’t have this level."]


def test_a_level_without_a_number_is_named(raw: dict[str, Any]) -> None:
    aspect_of(raw)["levels"]["high"] = "Up there."
    assert problems_of(raw) == [f"{BALANCED}, level high: this has to be a whole number, such as 2."]


def test_an_over_long_descriptor_is_named(raw: dict[str, Any]) -> None:
    aspect_of(raw)["levels"]["3"] = "long " * 900
    assert problems_of(raw) == [f"{BALANCED}, level 3: this is too long: at most 4000 characters fit."]


def test_aspects_with_one_slug_in_two_profiles_are_both_named(raw: dict[str, Any]) -> None:
    raw["profiles"][1]["aspects"][0]["slug"] = "balanced-inquiry"
    assert problems_of(raw) == [
        f"{BALANCED} and “Solution-Focused Questions”, “Choosing and forming questions”: "
        "they have the same slug, “balanced-inquiry”."
    ]


def test_profiles_with_one_slug_or_place_are_both_named(raw: dict[str, Any]) -> None:
    raw["profiles"][1] |= {"slug": "three-questions", "order": "1"}
    both = "“Three Questions” and “Solution-Focused Questions”"
    assert problems_of(raw) == [
        f"{both}: they have the same slug, “three-questions”.",
        f"{both}: they have the same order, “1”.",
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"slug": "Three Questions!"}, "“slug” may hold small letters, digits and single hyphens only."),
        ({"slug": "print"}, "“slug” can’t be “print”: that page holds the handouts. Choose another."),
        ({"order": "first"}, "“order” has to be a whole number, such as 2."),
        ({"order": "0"}, "“order” has to be 1 or more."),
        ({"purpose": ["a", "list"]}, "“purpose” has to be text."),
        ({"purpose": "\x1b[31mred"}, "“purpose” holds characters that can’t be shown."),
        ({"purpose": "a\x00b"}, "“purpose” holds characters that can’t be shown."),
        ({"aspects": []}, "it has no skill aspect yet."),
        ({"aspects": "none"}, "“aspects” has to be a list."),
        ({"cross_cutting": "perhaps"}, "“cross_cutting” has to be true or false."),
        ({"purpsoe": "Typed too fast."}, "“purpsoe” is not part of the format."),
    ],
)
def test_what_is_wrong_with_a_profile_is_said_with_its_title(
    raw: dict[str, Any], change: dict[str, Any], sentence: str
) -> None:
    raw["profiles"][0] |= change
    assert problems_of(raw) == [f"“Three Questions”: {sentence}"]


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ([1, 2], "The scale: it has 2 levels; an edition needs 3 to 10."),
        ([1, 2, 4], "The scale: level 3 is missing."),
        ([2, 3, 4], "The scale: level 1 is missing."),
        ([1, 2, 2, 3], "The scale: level 2 stands more than once."),
    ],
)
def test_a_scale_runs_from_1_without_a_gap(numbers: list[int], sentence: str) -> None:
    source = small_source(top=4)
    levels = tuple(source.levels[number - 1] for number in numbers)
    planned = plan(dataclasses.replace(source, levels=levels), None)
    assert sentence in [str(problem) for problem in planned.problems]


@pytest.mark.parametrize(
    ("bands", "sentence"),
    [
        ([(1, 2), (3,)], "The scale: level 4 is in no band."),
        ([(1, 2, 3), (3, 4)], "The scale: level 3 is in more than one band."),
        ([(1, 2), (3, 4, 5)], "The scale: a band holds level 5, which the scale doesn’t have."),
        ([(3, 4), (1, 2)], "The scale: put the bands, and the levels in them, in the order of the levels."),
    ],
)
def test_each_level_is_in_one_band(bands: list[tuple[int, ...]], sentence: str) -> None:
    source = small_source(top=4)
    changed = tuple(
        dataclasses.replace(band, levels=levels) for band, levels in zip(source.bands, bands, strict=True)
    )
    planned = plan(dataclasses.replace(source, bands=changed), None)
    assert sentence in [str(problem) for problem in planned.problems]


@pytest.mark.parametrize("top", range(3, 11))
def test_a_scale_of_3_to_10_levels_is_welcome(top: int) -> None:
    assert plan(small_source(top=top), None).problems == ()


@pytest.mark.parametrize("word", ["Always", "often", "every case", "90% of the time", "4 times", "usually"])
def test_frequency_words_are_warned_of_and_stop_nothing(raw: dict[str, Any], word: str) -> None:
    aspect_of(raw)["levels"]["3"] = f"Asks who, what and when {word}, and waits."
    planned = plan(from_raw(raw), None)
    assert planned.problems == ()
    [warning] = [warning for warning in planned.warnings if not warning.rule]
    assert str(warning).startswith(f"{BALANCED}, level 3: “{word.lower()[:3]}")


@pytest.mark.parametrize(
    "words",
    [
        "Asks each caregiver in turn what helps",
        "Speaks of everyday life in plain words",
        "Names the weekend plan and who keeps it",
    ],
)
def test_words_that_only_look_like_frequency_pass(raw: dict[str, Any], words: str) -> None:
    aspect_of(raw)["levels"]["3"] = words
    assert [warning for warning in plan(from_raw(raw), None).warnings if not warning.rule] == []


def test_a_new_edition_is_planned_against_the_one_in_use(raw: dict[str, Any]) -> None:
    current = Current(from_raw(deepcopy(raw)), is_fixed=True)
    raw["meta"]["edition"] = "2026.2"
    aspect_of(raw)["levels"]["3"] = "Better words."
    del raw["profiles"][9]
    planned = plan(from_raw(raw), current)
    assert planned.problems == ()
    assert planned.counts(Action.CHANGE) == {EntryKind.DESCRIPTOR: 1}
    assert planned.counts(Action.ADD) == {EntryKind.EDITION: 1}
    assert planned.counts(Action.REMOVE) == {
        EntryKind.PROFILE: 1,
        EntryKind.ASPECT: 3,
        EntryKind.DESCRIPTOR: 21,
        EntryKind.QUESTION: 3,
        EntryKind.GOAL: 2,
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "just words",
        "- a\n- list",
        "meta: [unclosed",
        "a: &x [1]\nb: *x",
        "? [a, b]\n: 1",
        "meta: !!python/object/apply:os.system ['true']",
        "profiles: 2026-99-99",
        "{a: {b: {c: " * 2000,
        "\t: tab",
        "meta: {title: one, title: two}",
    ],
)
def test_a_file_that_is_no_edition_gets_sentences(text: str) -> None:
    problems = problems_of_text(text)
    assert problems
    assert all(problem.endswith(".") for problem in problems)


junk = st.recursive(
    st.none() | st.text(max_size=20) | st.integers() | st.booleans() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def branches(value: Any) -> list[tuple[Any, Any]]:
    """Every place in nested data at which something else could stand."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    return [(value, key) for key in keys] + [place for key in keys for place in branches(value[key])]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_an_edition_it_is_read_or_answered_in_sentences(
    raw: dict[str, Any], data: st.DataObject
) -> None:
    spoiled = deepcopy(raw) | {"profiles": deepcopy(raw["profiles"][:2])}
    for _ in range(data.draw(st.integers(1, 3))):
        where, key = data.draw(st.sampled_from(branches(spoiled)))
        where[key] = data.draw(junk)
    problems = problems_of(spoiled)
    assert all(isinstance(problem, str) and problem.endswith(".") for problem in problems)


@settings(max_examples=100, deadline=None)
@given(
    content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_binary_junk_is_answered_in_sentences(content: bytes) -> None:
    with pytest.raises(UnreadableSourceError) as refusal:
        read_yaml(content)
    assert refusal.value.problems


def test_what_is_read_is_plain_frozen_data(raw: dict[str, Any]) -> None:
    source = from_raw(raw)
    assert isinstance(source, EditionSource)
    assert hash(source) == hash(from_raw(raw))
