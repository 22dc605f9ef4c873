import pytest
from django.core.exceptions import ValidationError

from coaching.models import Placement
from profiles.models import SkillAspect
from sopcoach.vault.models import DataKey
from tests.limits import MOST_QUERIES
from tests.profiles.factories import small_edition

pytestmark = pytest.mark.both_databases

ADDRESS = "/placements/listening/?aspect=listening-opening"


@pytest.fixture
def aspect(edition) -> SkillAspect:
    return SkillAspect.objects.get(slug="listening-opening")


def text_of(response):
    return " ".join(response.content.decode().split())


def test_anybody_signed_in_finds_where_they_are_from_the_profile(client_for, cast, edition):
    wanda = client_for(cast.wanda)
    assert 'href="/placements/listening/"' in text_of(wanda.get("/profiles/listening/"))
    page = text_of(wanda.get("/placements/listening/"))
    assert "Only you can read this." in page
    assert "Opening in listening, as it looks at level 3." in page
    assert 'name="level" value="3"' in page


def test_placing_oneself_keeps_it_and_goes_on_to_the_next_aspect(client_for, cast, aspect):
    wanda = client_for(cast.wanda)
    response = wanda.post(ADDRESS, {"level": "3", "note": "I waited twice."})
    assert response.headers["Location"] == "/placements/listening/?aspect=listening-following"
    placement = Placement.objects.get()
    assert (placement.owner, placement.level, placement.note) == (cast.wanda, 3, "I waited twice.")
    response = wanda.post(response.headers["Location"], {"level": "2", "note": ""})
    assert response.headers["Location"] == "/placements/"
    page = text_of(wanda.get("/placements/"))
    assert "Opening in listening" in page
    assert "I waited twice." in page


def test_a_new_placement_is_a_new_row_and_the_latest_stands(client_for, cast, aspect):
    Placement.place(aspect, by=cast.wanda, level=2, note="With a card.")
    Placement.place(aspect, by=cast.wanda, level=3)
    assert [row.level for row in Placement.objects.visible_to(cast.wanda).for_list()] == [3, 2]
    wanda = client_for(cast.wanda)
    page = text_of(wanda.get(ADDRESS))
    assert 'value="3" id="me-3" aria-describedby="me-3-d" checked' in page
    assert "With a card." in page
    listed = text_of(wanda.get("/placements/"))
    assert listed.index("Practicing") < listed.index("Earlier") < listed.index("Trying on")


def test_the_same_level_with_nothing_new_to_say_leaves_what_stands(cast, aspect):
    first = Placement.place(aspect, by=cast.wanda, level=3, note="Quietly.")
    assert Placement.place(aspect, by=cast.wanda, level=3) == first
    assert Placement.place(aspect, by=cast.wanda, level=3, note="Quietly.") == first
    assert Placement.place(aspect, by=cast.wanda, level=3, note="Loudly.") != first


def test_a_choice_that_is_missing_or_not_on_the_ladder_gets_a_sentence_and_keeps_what_was_typed(
    client_for, cast, aspect
):
    wanda = client_for(cast.wanda)
    for level in ("", "9", "three"):
        response = wanda.post(ADDRESS, {"level": level, "note": "I waited."})
        assert response.status_code == 200
        assert "Choose one of the levels on the ladder." in text_of(response)
        assert ">I waited.</textarea>" in text_of(response)
    with pytest.raises(ValidationError, match="levels on the ladder"):
        Placement.place(aspect, by=cast.wanda, level=9)
    assert not Placement.objects.exists()


def test_a_note_that_names_a_client_is_stopped_and_stays_in_its_field(client_for, cast, aspect):
    response = client_for(cast.wanda).post(ADDRESS, {"level": "3", "note": "Call 916-555-0142."})
    assert response.status_code == 200
    assert "Call 916-555-0142.</textarea>" in text_of(response)
    assert 'id="me-3" aria-describedby="me-3-d" checked' in text_of(response)
    assert not Placement.objects.exists()


def test_nobody_else_reads_a_placement_whatever_they_are(client_for, cast, partnership, aspect):
    placement = Placement.place(aspect, by=cast.wanda, level=3, note="Only for me.")
    for user in (cast.sam, cast.nia, cast.petra, cast.olaf, cast.ada, cast.root):
        assert not Placement.objects.visible_to(user).exists()
        client = client_for(user)
        for address in ("/placements/", ADDRESS, f"/coaching/{partnership.slug}/"):
            assert "Only for me." not in text_of(client.get(address))
        assert client.post("/placements/", {"delete": str(placement.pk)}).status_code == 404
    assert Placement.objects.count() == 1


def test_one_placement_is_deleted_with_the_key_of_its_note(
    client_for, cast, aspect, django_capture_on_commit_callbacks
):
    kept = Placement.place(aspect, by=cast.wanda, level=2)
    gone = Placement.place(aspect, by=cast.wanda, level=3, note="A slip.")
    with django_capture_on_commit_callbacks(execute=True):
        response = client_for(cast.wanda).post("/placements/", {"delete": str(gone.pk)})
    assert response.headers["Location"] == "/placements/"
    assert Placement.objects.get() == kept
    assert DataKey.objects.get(unit=gone.pk).erased_at


def test_all_are_deleted_after_asking_once_more_and_only_ones_own(
    client_for, cast, aspect, django_capture_on_commit_callbacks
):
    Placement.place(aspect, by=cast.wanda, level=3, note="Mine.")
    theirs = Placement.place(aspect, by=cast.petra, level=3, note="Theirs.")
    wanda = client_for(cast.wanda)
    assert "Delete all your placements?" in text_of(wanda.get("/placements/?delete=all"))
    assert Placement.objects.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        wanda.post("/placements/", {"delete": "all"})
    assert Placement.objects.get() == theirs
    assert "Nothing here yet, and that’s fine" in text_of(wanda.get("/placements/"))


def test_what_isnt_there_is_a_404(client_for, cast, edition):
    wanda = client_for(cast.wanda)
    for address in ("/placements/nothing/", "/placements/listening/?aspect=nothing"):
        assert wanda.get(address).status_code == 404
    for asked in ("", "nothing", "00000000-0000-0000-0000-000000000000"):
        assert wanda.post("/placements/", {"delete": asked}).status_code == 404


def test_without_a_published_edition_the_page_says_so(client_for, cast):
    wanda = client_for(cast.wanda)
    assert "As soon as practice profiles are published" in text_of(wanda.get("/placements/"))
    assert wanda.get("/placements/listening/").status_code == 404


def test_a_placement_lives_on_across_editions_with_the_words_it_was_made_against(client_for, cast, aspect):
    Placement.place(aspect, by=cast.wanda, level=3)
    small_edition(name="2", top=5)
    page = text_of(client_for(cast.wanda).get(ADDRESS))
    assert "What you have kept here" in page
    assert " checked" not in page


def test_the_pages_ask_no_more_of_the_database_when_there_is_more_in_them(
    client_for, cast, edition, django_assert_max_num_queries
):
    for aspect in SkillAspect.objects.all():
        for level in (1, 2, 3, 4):
            Placement.place(aspect, by=cast.wanda, level=level, note=f"Level {level}.")
    wanda = client_for(cast.wanda)
    for address in ("/placements/", ADDRESS):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert wanda.get(address).status_code == 200


def test_whoever_places_themselves_reads_how_far_the_words_can_be_relied_on(client_for, cast, aspect):
    page = text_of(client_for(cast.wanda).get(ADDRESS))
    assert page.count("Draft for tests, not validated.") == 1
