"""A newer edition never changes what an old rating meant, and nobody moves alone."""

import pytest
from django.urls import reverse

from coaching.models import EditionMove, Focus, SelfRating
from coaching.models.reflection import share_reflection
from coaching.models.self_rating import share_self_rating
from profiles.models import Edition
from sopcoach.words.refusal import Refused
from tests.coaching import steps
from tests.profiles.factories import shipped_edition, small_edition

pytestmark = pytest.mark.both_databases


@pytest.fixture
def reviewed(session):
    """A pair whose session 2 was held on the first edition: self-rating 4, target raised to 5."""
    session.open(by=session.partnership.supervisor)
    steps.review(session)
    return steps.close(session)


def newer_edition_of(partnership, word: str = "carefully") -> Edition:
    """A second edition with the same slugs, in which every descriptor has a word more."""
    newer = small_edition(published=False, name="2")
    for aspect in newer.aspects.all():
        for descriptor in aspect.descriptors.all():
            descriptor.text = f"{descriptor.text} {word}"
            descriptor.save()
    newer.publish(by=None)
    return newer


def address(partnership):
    return reverse("edition_move", args=[partnership.slug])


def test_a_pair_stays_with_its_edition_when_a_newer_one_is_published(reviewed):
    old = reviewed.partnership.edition
    newer_edition_of(reviewed.partnership)
    reviewed.partnership.refresh_from_db()
    assert reviewed.partnership.edition == old


def test_one_proposes_and_the_other_agrees(reviewed):
    partnership = reviewed.partnership
    newer = newer_edition_of(partnership)
    move = EditionMove.propose(partnership, by=partnership.supervisor)
    partnership.refresh_from_db()
    assert partnership.edition != newer
    with pytest.raises(Refused, match="other side says yes"):
        move.agree(by=partnership.supervisor)
    move.agree(by=partnership.worker)
    partnership.refresh_from_db()
    assert partnership.edition == newer
    assert partnership.focuses.get().aspect.edition == newer


def test_the_same_wish_of_both_is_a_yes(reviewed):
    partnership = reviewed.partnership
    newer = newer_edition_of(partnership)
    EditionMove.propose(partnership, by=partnership.worker)
    EditionMove.propose(partnership, by=partnership.supervisor)
    partnership.refresh_from_db()
    assert partnership.edition == newer


def test_nobody_moves_in_the_middle_of_a_session(reviewed):
    partnership = reviewed.partnership
    newer_edition_of(partnership)
    move = EditionMove.propose(partnership, by=partnership.worker)
    reviewed.open(by=partnership.worker)
    with pytest.raises(Refused, match="Close the session first"):
        move.agree(by=partnership.supervisor)


def test_a_wish_can_be_left(reviewed):
    partnership = reviewed.partnership
    newer = newer_edition_of(partnership)
    move = EditionMove.propose(partnership, by=partnership.worker)
    move.take_back(by=partnership.supervisor)
    with pytest.raises(Refused, match="isn’t waiting"):
        move.agree(by=partnership.supervisor)
    partnership.refresh_from_db()
    assert partnership.edition != newer


def test_without_a_newer_edition_there_is_nothing_to_propose(reviewed):
    with pytest.raises(Refused, match="current edition already"):
        EditionMove.propose(reviewed.partnership, by=reviewed.partnership.worker)


def test_an_old_rating_keeps_its_words_and_a_new_one_cites_the_new(reviewed, client_for):
    partnership = reviewed.partnership
    old_words = SelfRating.objects.get(session__number=2).descriptor.text
    newer_edition_of(partnership)
    EditionMove.propose(partnership, by=partnership.supervisor).agree(by=partnership.worker)
    focus = partnership.focuses.get()

    wanda = client_for(partnership.worker)
    page = wanda.get(reverse("review_focus", args=[partnership.slug, 2, focus.aspect_slug])).content.decode()
    assert old_words in page
    assert f"{old_words} carefully" not in page
    progress = wanda.get(reverse("progress", args=[partnership.slug])).content.decode()
    assert old_words in progress
    assert f"{old_words} carefully" not in progress

    share_reflection(reviewed, by=partnership.worker, went_well="I waited.", differently="")
    rating = share_self_rating(reviewed, focus, by=partnership.worker, level=4)
    assert rating.descriptor.text == f"{old_words} carefully"
    assert (
        f"{old_words} carefully" in wanda.get(reverse("progress", args=[partnership.slug])).content.decode()
    )


def test_movement_goes_on_in_one_line(reviewed, client_for):
    partnership = reviewed.partnership
    newer_edition_of(partnership)
    EditionMove.propose(partnership, by=partnership.supervisor).agree(by=partnership.worker)
    reviewed.open(by=partnership.supervisor)
    steps.review(reviewed, level=5, glimpse=None, seen=5)
    page = client_for(partnership.worker).get(reverse("progress", args=[partnership.slug]))
    assert len(page.context["aspects"]) == 1
    assert len(page.context["aspects"][0]["series"].occasions) == 3
    assert [target.level for target in partnership.focuses.get().targets.order_by("set_at")] == [4, 5, 6]


def test_an_aspect_without_a_counterpart_stays_readable_and_goes_on(reviewed, client_for):
    partnership = reviewed.partnership
    focus = partnership.focuses.get()
    newer = small_edition(published=False, name="2")
    renamed = newer.aspects.get(slug=focus.aspect_slug)
    renamed.slug = "another-aspect"
    renamed.save()
    newer.publish(by=None)
    EditionMove.propose(partnership, by=partnership.supervisor).agree(by=partnership.worker)
    wanda = client_for(partnership.worker)
    assert "The newer edition has no such aspect" not in wanda.get(address(partnership)).content.decode()
    for name in ("progress", "goals", "partnership", "celebrations"):
        assert wanda.get(reverse(name, args=[partnership.slug])).status_code == 200
    reviewed.open(by=partnership.supervisor)
    steps.review(reviewed, level=5, glimpse=None, seen=5)
    assert [target.level for target in focus.targets.order_by("set_at")] == [4, 5, 6]


def test_where_they_are_tells_both_of_a_newer_edition_and_of_who_would_like_to_move(reviewed, client_for):
    partnership = reviewed.partnership
    wanda, sam = client_for(partnership.worker), client_for(partnership.supervisor)

    def read_by(client) -> str:
        return client.get(reverse("partnership", args=[partnership.slug])).content.decode()

    assert "newer edition" not in read_by(wanda)
    newer_edition_of(partnership)
    assert "There is a newer edition of the profiles: Small profiles, edition 2." in read_by(wanda)
    assert "There is a newer edition of the profiles: Small profiles, edition 2." in read_by(sam)
    EditionMove.propose(partnership, by=partnership.worker)
    assert "You’d like to go on with Small profiles, edition 2, and Sam is reading it." in read_by(wanda)
    assert "Wanda would like to go on with Small profiles, edition 2." in read_by(sam)
    EditionMove.propose(partnership, by=partnership.supervisor)
    assert "Read what it would change" not in read_by(wanda)


def test_the_words_of_a_picture_are_those_it_was_drawn_from_whatever_edition_is_in_use(reviewed, client_for):
    wanda = client_for(reviewed.partnership.worker)
    words = SelfRating.objects.get(session__number=2).descriptor.text
    progress = wanda.get(reverse("progress", args=[reviewed.partnership.slug])).content.decode()
    address = "/profiles/listening/?edition=small-profiles-1"
    assert f'href="{address}#listening-opening"' in progress
    newer = small_edition(published=False, name="2")
    newer.profiles.get(slug="listening").delete()
    newer.publish(by=None)
    assert wanda.get("/profiles/listening/").status_code == 404
    page = wanda.get(address).content.decode()
    assert words in page
    assert "These are the words of Small profiles, edition 1." in page
    assert "Find where I am" not in page
    assert 'href="/profiles/listening/print/?edition=small-profiles-1"' in page
    assert 'href="/profiles/mapping/?edition=small-profiles-1"' in page


def shorter_edition() -> Edition:
    """The same slugs on a scale of five levels."""
    return small_edition(name="2", top=5)


def test_levels_of_another_scale_are_never_compared(reviewed):
    partnership = reviewed.partnership
    old = partnership.focuses.get().aspect
    newer = shorter_edition()
    EditionMove.propose(partnership, by=partnership.supervisor).agree(by=partnership.worker)
    partnership.refresh_from_db()
    focus = partnership.focuses.get()
    assert partnership.edition == newer
    assert focus.aspect == old
    reviewed.open(by=partnership.supervisor)
    steps.review(reviewed, level=5, glimpse=None, seen=5)
    assert [target.level for target in focus.targets.order_by("set_at")] == [4, 5, 6]
    assert {target.descriptor.aspect for target in focus.targets.all()} == {old}


def test_another_scale_is_told_before_and_words_that_mean_something_else_are_not_compared(
    reviewed, client_for
):
    newer_words = address(reviewed.partnership)
    shorter_edition()
    page = client_for(reviewed.partnership.worker).get(newer_words).content.decode()
    assert "The newer edition has 5 levels where you have 7" in page
    assert "<ins>" not in page
    assert "<del>" not in page


def test_an_aspect_picked_again_on_another_scale_begins_a_story_of_its_own(reviewed, client_for):
    partnership = reviewed.partnership
    shorter_edition()
    EditionMove.propose(partnership, by=partnership.supervisor).agree(by=partnership.worker)
    partnership.refresh_from_db()
    partnership.focuses.get().rest(by=partnership.worker)
    steps.focus_on(partnership, start=2, target=3)
    response = client_for(partnership.worker).get(reverse("progress", args=[partnership.slug]))
    now, before = (reading["series"] for reading in response.context["aspects"])
    assert (now.top, [occasion.level for occasion in now.occasions], now.is_resting) == (5, [2], False)
    assert (before.top, [occasion.level for occasion in before.occasions]) == (7, [3, 4])
    page = response.content.decode()
    assert "on the earlier scale of 7 levels" in page
    assert page.count('id="listening-opening"') == 1
    assert page.count('id="listening-opening-of-7"') == 1


def test_a_level_reached_on_a_newer_shorter_scale_is_celebrated_too(reviewed, client_for):
    partnership = reviewed.partnership
    shorter_edition()
    EditionMove.propose(partnership, by=partnership.supervisor).agree(by=partnership.worker)
    partnership.refresh_from_db()
    partnership.focuses.get().rest(by=partnership.worker)
    steps.focus_on(partnership, start=2, target=3)
    reviewed.open(by=partnership.supervisor)
    steps.review(reviewed, level=3, glimpse=None, seen=3)
    page = client_for(partnership.worker).get(reverse("celebrations", args=[partnership.slug]))
    assert "You placed yourself at 3, Practicing" in page.content.decode()


def test_the_page_shows_changed_words_beside_the_old_and_each_sides_part(reviewed, client_for, cast):
    partnership = reviewed.partnership
    wanda, sam = client_for(partnership.worker), client_for(partnership.supervisor)
    assert "You work with the current edition" in wanda.get(address(partnership)).content.decode()
    newer_edition_of(partnership)
    page = wanda.get(address(partnership)).content.decode()
    assert '<ins><span class="visually-hidden">Put in: </span>carefully</ins>' in page
    assert "Propose it to Sam" in page
    wanda.post(address(partnership), {"act": "propose"})
    assert "Sam is reading it" in wanda.get(address(partnership)).content.decode()
    assert "Wanda would like to go on with it" in sam.get(address(partnership)).content.decode()
    sam.post(address(partnership), {"act": "propose"})
    partnership.refresh_from_db()
    assert partnership.edition == Edition.objects.current()
    for person in (cast.olaf, cast.ada, cast.root):
        assert client_for(person).get(address(partnership)).status_code == 404
        assert client_for(person).post(address(partnership), {"act": "propose"}).status_code == 404


def test_a_pair_on_the_first_edition_can_read_what_the_next_one_would_change(cast, client_for):
    first = shipped_edition()
    partnership = steps.begin(cast.wanda, cast.sam)
    session = steps.open_session(partnership)
    steps.agree(partnership)
    slugs = ["finding-people", "trauma-responsive-engagement"]
    Focus.choose(partnership, list(first.aspects.filter(slug__in=slugs)), by=cast.wanda)
    newer = shipped_edition(name="2026-3")

    for person in (cast.wanda, cast.sam):
        page = " ".join(client_for(person).get(address(partnership)).content.decode().split())
        assert f"From {first} to {newer}." in page
        assert "It stands in Trauma-Responsive Practice now." in page
        assert "One line instead of two" in page
        assert "(so far “Trying on”)" in page
        assert "How far the people who belong to the child are found and brought in." in page
        assert "“No occasion yet” is an answer here." in page
        # a sentence that was written anew stands whole beside the one before, not in splinters
        assert (
            '<del><span class="visually-hidden">Taken out: </span>Draws on a genogram, the child&#x27;s view and the '
            "history of who has helped to widen the picture, paternal and cultural kin included.</del>"
        ) in page

    steps.close(session)
    EditionMove.propose(partnership, by=cast.sam).agree(by=cast.wanda)
    assert {focus.aspect.edition_id for focus in partnership.focuses.all()} == {newer.pk}
