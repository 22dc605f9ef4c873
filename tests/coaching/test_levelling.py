from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from coaching.training.models import Cohort, Placed, Spread
from coaching.training.models.levelling import place, reveal, rooms
from coaching.training.vignettes import offered_by, vignettes
from profiles.models import Edition
from sopcoach.words.refusal import Refused
from tests.factories import UserFactory
from tests.pages import live_address
from tests.profiles.factories import shipped_edition, small_edition

pytestmark = pytest.mark.both_databases


def text_of(response):
    return " ".join(response.content.decode().split())


def set_up(cast, edition, audience=Cohort.Audience.SUPERVISORS) -> Cohort:
    today = timezone.localdate()
    cohort = Cohort(
        title="New supervisors, spring",
        audience=audience,
        edition=edition,
        facilitator=cast.nia,
        starts_on=today,
        ends_on=today + timedelta(days=5),
    )
    cohort.keep(by=cast.ada)
    return cohort


@pytest.fixture
def room(cast, db) -> Cohort:
    """Nia leads; Sam and five others learn."""
    cohort = set_up(cast, shipped_edition())
    cohort.enrol([cast.sam, *UserFactory.create_batch(5)], by=cast.ada)
    return cohort


@pytest.fixture
def story():
    return vignettes()[2]


def people_of(room):
    return [trainee.person for trainee in room.trainees.for_list()]


def address_of(room, number=3):
    return f"/training/{room.slug}/levelling/{number}/"


def all_place(room, story, levels):
    for person, level in zip(people_of(room), levels, strict=False):
        place(room, story, by=person, level=level)


def test_there_are_twelve_stories_with_one_at_least_for_each_profile_of_the_shipped_edition(db):
    edition = shipped_edition()
    offered = offered_by(edition)
    assert len(offered) == 12
    aspects = edition.aspects.filter(slug__in=[vignette.aspect for vignette in offered])
    assert {aspect.profile for aspect in aspects} == set(edition.profiles.all())
    assert len({vignette.slug for vignette in offered}) == 12


@pytest.mark.parametrize("name", ["2026-2", "2026-3"])
def test_each_profile_and_each_level_of_a_newer_edition_has_a_story_and_none_of_the_oldest(db, name):
    edition = shipped_edition(name=name)
    offered = offered_by(edition)
    aspects = edition.aspects.filter(slug__in=[vignette.aspect for vignette in offered])
    assert {aspect.profile for aspect in aspects} == set(edition.profiles.all())
    assert {vignette.level for vignette in offered} == set(range(1, 8))
    shipped_edition()
    older = offered_by(Edition.objects.get(name="2026.1"))
    assert not {vignette.slug for vignette in offered} & {vignette.slug for vignette in older}


def test_each_story_rests_on_words_of_an_edition_that_ships(db):
    slugs = [
        {vignette.slug for vignette in offered_by(shipped_edition(name=name))}
        for name in ("2026-1", "2026-2", "2026-3")
    ]
    assert set.union(*slugs) == {vignette.slug for vignette in vignettes()}
    assert len(slugs[1]) == len(slugs[2])


def test_an_edition_that_says_it_in_other_words_offers_no_story(client_for, cast, edition):
    cohort = set_up(cast, edition)
    assert offered_by(edition) == []
    page = text_of(client_for(cast.nia).get(f"/training/{cohort.slug}/levelling/"))
    assert "says them differently, so there is none to place here" in page
    assert client_for(cast.nia).get(address_of(cohort, 1)).status_code == 404


def test_each_places_a_story_alone_and_nobody_can_read_the_level(client_for, cast, room, story):
    sam = client_for(cast.sam)
    page = text_of(sam.get(address_of(room)))
    assert story.title in page
    assert story.why[0][:40] not in page
    assert "Nobody sees which level you chose." in page
    assert sam.post(address_of(room), {"act": "place", "level": "4"}).status_code == 302
    spread = Spread.objects.get()
    assert spread.counts == {"4": 1}
    assert {field.name for field in Spread._meta.fields} == {
        "id",
        "cohort",
        "vignette",
        "counts",
        "revealed_at",
    }
    assert {field.name for field in Placed._meta.fields} == {"id", "cohort", "vignette", "person"}
    for user in (cast.sam, cast.nia, cast.ada):
        assert not Spread.objects.visible_to(user).exists()
    page = text_of(sam.get(address_of(room)))
    assert "You have placed this one" in page
    assert "checked" not in page
    assert "Fewer than five have placed it so far." in page


def test_a_story_is_placed_once_since_nothing_says_whose_a_placement_is(client_for, cast, room, story):
    place(room, story, by=cast.sam, level=4)
    response = client_for(cast.sam).post(address_of(room), {"act": "place", "level": "5"})
    assert response.status_code == 403
    assert "You have placed this one." in text_of(response)
    assert Spread.objects.get().counts == {"4": 1}


def test_a_missing_or_unknown_level_gets_a_sentence(client_for, cast, room, story):
    sam = client_for(cast.sam)
    for level in ("", "8", "x"):
        response = sam.post(address_of(room), {"act": "place", "level": level})
        assert response.status_code == 200
        assert "Choose one of the levels on the ladder." in text_of(response)
    with pytest.raises(ValidationError):
        place(room, story, by=cast.sam, level=8)
    assert not Placed.objects.exists()


def test_the_facilitator_leads_and_doesnt_place(client_for, cast, room):
    nia = client_for(cast.nia)
    assert "Place it" not in text_of(nia.get(address_of(room)))
    response = nia.post(address_of(room), {"act": "place", "level": "4"})
    assert response.status_code == 403
    assert "Those who learn here place it." in text_of(response)


def test_fewer_than_five_placements_are_never_shown(client_for, cast, room, story):
    all_place(room, story, [3, 3, 4, 4])
    nia = client_for(cast.nia)
    assert "Show it to the room" not in text_of(nia.get(address_of(room)))
    response = nia.post(address_of(room), {"act": "reveal"})
    assert response.status_code == 403
    assert "once five have placed it" in text_of(response)
    assert "4 of 6" not in text_of(nia.get(address_of(room)))


def test_the_room_sees_the_spread_and_the_reasons_and_who_has_placed_is_forgotten(
    client_for, cast, room, story
):
    all_place(room, story, [2, 3, 3, 4, 4])
    nia = client_for(cast.nia)
    page = text_of(nia.get(address_of(room)))
    assert "5 of 6 have placed it. No hurry." in page
    assert "Show it to the room" in page
    assert nia.post(address_of(room), {"act": "reveal"}).status_code == 302
    assert not Placed.objects.exists()
    for user in (cast.nia, *people_of(room)):
        page = text_of(client_for(user).get(address_of(room)))
        assert "Five placed it." in page
        assert "1 person" in page
        assert page.count("2 people") == 2
        assert "The authors" in page
        assert story.why[0][:40] in page
    assert client_for(cast.nia).post(address_of(room), {"act": "reveal"}).status_code == 302


def test_only_the_facilitator_shows_it_to_the_room(client_for, cast, room, story):
    all_place(room, story, [2, 3, 3, 4, 4])
    response = client_for(cast.sam).post(address_of(room), {"act": "reveal"})
    assert response.status_code == 403
    assert "Nia shows it to the room" in text_of(response)
    assert Spread.objects.get().revealed_at is None


def test_after_the_reveal_nobody_places_it_any_more(cast, room, story):
    all_place(room, story, [2, 3, 3, 4, 4])
    reveal(room, story, by=cast.nia)
    last = people_of(room)[5]
    with pytest.raises(Refused, match="The room has seen this one already"):
        place(room, story, by=last, level=4)


def test_the_list_says_how_far_the_room_is(client_for, cast, room, story):
    place(room, story, by=cast.sam, level=4)
    assert "Placed, waiting for the room" in text_of(
        client_for(cast.sam).get(f"/training/{room.slug}/levelling/")
    )
    everybody = [person for person in people_of(room) if person != cast.sam]
    for person in everybody[:4]:
        place(room, story, by=person, level=3)
    assert "Ready to show" in text_of(client_for(cast.nia).get(f"/training/{room.slug}/levelling/"))
    reveal(room, story, by=cast.nia)
    assert "Seen together" in text_of(client_for(cast.sam).get(f"/training/{room.slug}/levelling/"))


def test_the_page_tells_by_itself_when_there_is_something_to_see(client_for, cast, room, story):
    sam = client_for(cast.sam)
    live = {"X-Live": "1"}
    address = live_address(sam.get(address_of(room)).text)
    assert "Fewer than five" in text_of(sam.get(address, headers=live))
    all_place(room, story, [2, 3, 3, 4, 4])
    heard = sam.get(address, headers=live).json()
    assert heard == {"news": "Enough have placed it to be shown.", "is_same_page": True}
    address = live_address(sam.get(address_of(room)).text)
    reveal(room, story, by=cast.nia)
    heard = sam.get(address, headers=live).json()
    assert heard == {"news": "The room’s placements are shown.", "is_same_page": False}


def test_a_room_of_fewer_than_five_is_told_why_nothing_will_be_shown(client_for, cast, story):
    cohort = set_up(cast, shipped_edition())
    cohort.enrol([cast.sam], by=cast.ada)
    assert "The room needs five people who place it" in text_of(client_for(cast.sam).get(address_of(cohort)))
    assert not rooms(cohort, [story], cast.sam)[story.slug].is_enough


def test_new_workers_have_no_levelling(client_for, cast, edition, story):
    cohort = set_up(cast, edition, Cohort.Audience.WORKERS)
    cohort.enrol([cast.wanda], by=cast.ada)
    assert client_for(cast.wanda).get(f"/training/{cohort.slug}/levelling/").status_code == 404
    with pytest.raises(Refused):
        place(cohort, story, by=cast.wanda, level=3)


def test_outsiders_and_administrators_find_no_room(client_for, cast, room):
    for user in (cast.olaf, cast.wanda, cast.ada, cast.root):
        client = client_for(user)
        for address in (f"/training/{room.slug}/levelling/", address_of(room)):
            assert client.get(address).status_code == 404
        assert client.post(address_of(room), {"act": "place", "level": "3"}).status_code == 404
        assert client.post(address_of(room), {"act": "reveal"}).status_code == 404
    for number in (0, 13, 99):
        assert client_for(cast.sam).get(address_of(room, number)).status_code == 404


def test_a_story_stands_as_long_as_its_words_do(db):
    assert offered_by(small_edition()) == []
