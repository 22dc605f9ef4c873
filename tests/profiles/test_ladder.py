import re

import pytest
from django.template.loader import render_to_string

from profiles.ladder import Ladder, Mark, MarkKind, Mode, disc, ladder_for, scale_ladder
from profiles.models import SkillAspect
from tests.profiles.factories import full_edition, small_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def aspect() -> SkillAspect:
    small_edition()
    return SkillAspect.objects.with_ladder().get(slug="listening-opening")


def drawn(ladder: Ladder) -> str:
    html = render_to_string("profiles/_ladder.html", {"ladder": ladder})
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", html))


def test_whoever_chooses_or_compares_reads_what_varies(db) -> None:
    full_edition()
    aspect = SkillAspect.objects.with_ladder().get(slug="listening-opening")
    said = "How far one goes in opening in listening."
    assert [ladder_for(aspect, mode=mode).definition for mode in Mode] == ["", said, said]
    ladder = ladder_for(aspect, mode=Mode.CHOOSE)
    assert said in render_to_string("profiles/_ladder.html", {"ladder": ladder})
    assert ladder.rung(7).occasion == "Needs a dispute."


def test_a_ladder_to_read_shows_number_name_band_and_words_of_every_level(aspect) -> None:
    html = drawn(ladder_for(aspect))
    assert re.findall(r'class="n n\d"><span class="visually-hidden">Level </span>(\d+)<', html) == list(
        "1234567"
    )
    assert '<strong class="name">Discovering</strong>' in html
    assert "Opening in listening, as it looks at level 7." in html
    assert re.findall(r'class="band-name" id="([\w-]+)">(\w+)<', html) == [
        ("listening-opening-building", "Building"),
        ("listening-opening-deepening", "Deepening"),
    ]
    assert "<input" not in html


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("with_glimpses", [True, False])
def test_every_ladder_says_what_a_level_means(aspect, mode: Mode, with_glimpses: bool) -> None:
    html = drawn(ladder_for(aspect, mode=mode, with_glimpses=with_glimpses))
    assert "Each description pictures the highest point of its level." in html
    assert "holds the ones before it" in html or "says the ones before it are yours already" in html


def test_a_ladder_to_choose_from_has_one_radio_a_level_described_by_its_words(aspect) -> None:
    html = drawn(ladder_for(aspect, mode=Mode.CHOOSE, prefix="r", chosen=5))
    assert re.findall(r'type="radio" name="level" value="(\d)"', html) == list("1234567")
    assert 'value="5" id="r-5" aria-describedby="r-5-d" checked>' in html
    assert html.count("checked") == 1
    assert (
        '<label class="name stretched-link" for="r-5"><span class="visually-hidden">Level 5, </span>' in html
    )
    assert "glimpse" not in html


def test_glimpses_are_offered_above_the_lowest_level_and_come_back_as_put_in(aspect) -> None:
    html = drawn(ladder_for(aspect, mode=Mode.CHOOSE, chosen=5, with_glimpses=True, glimpse=6, prefix="r"))
    assert re.findall(r'type="checkbox" name="glimpse" value="(\d)"', html) == list("234567")
    assert 'value="6" id="r-g6" checked>' in html


def test_marks_stand_on_their_rungs_with_words(aspect) -> None:
    ladder = ladder_for(
        aspect,
        marks=[
            Mark(5, MarkKind.WORKER, "Wanda", "W"),
            Mark(5, MarkKind.TARGET, "Our target since October 27"),
            Mark(4, MarkKind.SUPERVISOR, "Sam", "S"),
            Mark(6, MarkKind.GLIMPSE, "Some of Wanda’s work", "W"),
        ],
    )
    html = drawn(ladder)
    assert [rung.number for rung in ladder.rungs if rung.is_on] == [4, 5, 6]
    assert html.count('<li class="rung on">') == 3
    assert '<span class="shape shape-w" aria-hidden="true">W</span>Wanda</span>' in html
    assert '<span class="shape shape-s" aria-hidden="true">S</span>Sam</span>' in html
    assert '<span class="shape shape-g" aria-hidden="true">W</span>Some of Wanda’s work</span>' in html
    assert "#flag" in html
    assert "Our target since October 27" in html


def test_a_comparison_can_show_only_where_somebody_stands(aspect) -> None:
    marks = [Mark(2, MarkKind.SUPERVISOR, "Sam", "S"), Mark(5, MarkKind.WORKER, "Wanda", "W")]
    ladder = ladder_for(aspect, mode=Mode.COMPARE, only_marked=True, marks=marks)
    assert [rung.number for rung in ladder.rungs] == [2, 5]
    assert 'class="ladder compare"' in drawn(ladder)


def test_a_comparison_in_which_nobody_stands_shows_every_level(aspect) -> None:
    assert len(ladder_for(aspect, mode=Mode.COMPARE, only_marked=True).rungs) == 7


def test_two_ladders_on_a_page_share_no_id(aspect) -> None:
    html = "".join(
        drawn(ladder_for(aspect, mode=Mode.CHOOSE, with_glimpses=True, prefix=prefix))
        for prefix in ("a", "b")
    )
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_ladders_of_one_form_can_send_their_levels_under_names_of_their_own(aspect) -> None:
    html = drawn(
        ladder_for(
            aspect, mode=Mode.CHOOSE, with_glimpses=True, level_name="level-3", glimpse_name="glimpse-3"
        )
    )
    assert set(re.findall(r' name="([^"]+)"', html)) == {"level-3", "glimpse-3"}


def test_what_is_wrong_with_the_choice_is_tied_to_every_radio(aspect) -> None:
    html = drawn(ladder_for(aspect, mode=Mode.CHOOSE, prefix="r", error_id="level-error"))
    assert html.count('class="lvl form-check-input is-invalid"') == 7
    assert 'aria-describedby="r-1-d level-error"' in html


def test_a_rung_knows_the_descriptor_that_a_rating_cites(aspect) -> None:
    rung = ladder_for(aspect).rung(4)
    assert rung is not None
    assert rung.descriptor_pk == aspect.descriptors.get(level__number=4).pk
    assert ladder_for(aspect).rung(8) is None


@pytest.mark.parametrize("top", [3, 5, 7, 10])
def test_the_discs_run_from_the_lightest_to_the_darkest_on_any_scale(top: int) -> None:
    discs = [disc(number, top=top) for number in range(1, top + 1)]
    assert (discs[0], discs[-1]) == (1, 7)
    assert discs == sorted(discs)


def test_a_scale_of_ten_is_drawn_whole() -> None:
    edition = small_edition(top=10)
    ladder = ladder_for(edition.aspects.with_ladder().first(), mode=Mode.CHOOSE)
    assert [rung.number for rung in ladder.rungs] == list(range(1, 11))
    assert 'value="10"' in drawn(ladder)


def test_the_scale_of_an_edition_is_a_ladder_of_its_gists() -> None:
    ladder = scale_ladder(small_edition())
    assert [rung.text for rung in ladder.rungs][:2] == ["The gist of level 1.", "The gist of level 2."]


def test_whoever_places_somebody_reads_how_far_the_words_can_be_relied_on(aspect) -> None:
    said = "Draft for tests, not validated."
    html = drawn(ladder_for(aspect, mode=Mode.CHOOSE))
    assert html.count(said) == 1
    assert html.index(said) < html.index('type="radio"')
    assert said not in drawn(ladder_for(aspect, mode=Mode.READ))
    assert said not in drawn(ladder_for(aspect, mode=Mode.COMPARE))


def test_a_ladder_whose_edition_says_nothing_of_its_words_has_no_empty_line(db) -> None:
    edition = small_edition(published=False)
    edition.provenance.delete()
    ladder = ladder_for(edition.aspects.with_ladder().first(), mode=Mode.CHOOSE)
    assert ladder.status == ""
    assert '<p class="small quiet" dir="auto">' not in drawn(ladder)
