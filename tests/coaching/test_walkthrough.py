"""The walk-through: marks in private, both side by side, and up to three focuses."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from coaching.models import EditionMove, Focus, InterestMark, WalkthroughDone, engagement
from coaching.models.walkthrough import finish_marking, mark_interests
from profiles.models import LevelDescriptor, SkillAspect
from tests.coaching import steps
from tests.coaching.test_edition_move import newer_edition_of
from tests.limits import MOST_QUERIES
from tests.pages import live_address
from tests.profiles.factories import small_edition

pytestmark = pytest.mark.both_databases

HTMX = {"HX-Request": "true"}


@pytest.fixture
def revealed(agreed):
    """Both marked `listening-opening`, Wanda `listening-following`, Sam `mapping-opening`."""
    steps.walk_through(agreed)
    return agreed


def at(partnership, name="walkthrough"):
    return reverse(name, args=[partnership.slug])


def marks_of(person):
    return set(InterestMark.objects.filter(person=person).values_list("aspect__slug", flat=True))


def slugs(partnership):
    return [aspect.slug for aspect in steps.aspects_of(partnership)]


def test_before_an_agreement_the_page_leads_to_it(cast, partnership, client_for):
    client = client_for(cast.wanda)
    page = client.get(at(partnership)).text
    assert "First the agreement, then the profiles" in page
    assert reverse("agreement", args=[partnership.slug]) in page
    assert "I’m done marking" not in page
    for name in ("walkthrough", "walkthrough_done"):
        response = client.post(at(partnership, name), {"interest": slugs(partnership)[:1]})
        assert response.status_code == 403
        assert "First agree on how you’ll work together" in response.text
    assert client.post(at(partnership, "focus_choose"), {"focus": slugs(partnership)[:1]}).status_code == 403
    assert not InterestMark.objects.exists()
    assert not Focus.objects.exists()


def test_every_aspect_of_every_profile_can_be_marked(cast, agreed, client_for):
    page = client_for(cast.wanda).get(at(agreed)).text
    assert "Only you can read your marks until you have both said you’re done." in page
    for aspect in steps.aspects_of(agreed):
        assert f'value="{aspect.slug}"' in page
        assert aspect.profile.title in page
    assert "Nothing marked yet." in page


def test_each_aspect_says_in_a_line_what_it_is_about(cast, agreed, client_for):
    page = client_for(cast.wanda).get(at(agreed)).text
    levels = list(agreed.edition.levels.all())
    middle = levels[len(levels) // 2]
    assert f"level {middle.number}, “{middle.name}”: the middle of its ladder." in page
    pictures = LevelDescriptor.objects.filter(level=middle).select_related("aspect")
    assert pictures.count() == SkillAspect.objects.filter(edition=agreed.edition).count()
    for picture in pictures:
        line = f'<p id="p-{picture.aspect.slug}">{escape(picture.text)}</p>'
        assert page.index(f'id="i-{picture.aspect.slug}"') < page.index(line)


def test_marks_are_kept_without_javascript(cast, agreed, client_for):
    first, second, third = slugs(agreed)[:3]
    client = client_for(cast.wanda)
    page = client.post(at(agreed), {"interest": [first, second]}, follow=True).text
    assert "Your marks are kept." in page
    assert "2 marked." in page
    client.post(at(agreed), {"interest": [second, third]})
    assert marks_of(cast.wanda) == {second, third}
    client.post(at(agreed), {})
    assert marks_of(cast.wanda) == set()


def test_marks_are_kept_while_ticking_and_only_the_line_is_answered(cast, agreed, client_for):
    response = client_for(cast.wanda).post(at(agreed), {"interest": slugs(agreed)[:2]}, headers=HTMX)
    assert "2 marked." in response.text
    assert "Saved at" in response.text
    assert "<input" not in response.text
    assert marks_of(cast.wanda) == set(slugs(agreed)[:2])


def test_the_other_never_sees_marks_before_both_are_done(cast, agreed, client_for):
    marked = steps.aspects_of(agreed)[0]
    mark_interests(agreed, by=cast.wanda, aspects={marked})
    finish_marking(agreed, by=cast.wanda)
    page = client_for(cast.sam).get(at(agreed)).text
    assert " checked" not in page
    assert "Nothing marked yet." in page
    assert "Wanda has marked already; there’s no hurry." in page


def test_done_keeps_what_is_ticked_and_waits_for_the_other(cast, agreed, client_for):
    first, second = slugs(agreed)[:2]
    mark_interests(agreed, by=cast.sam, aspects=set(steps.aspects_of(agreed)[4:5]))
    client = client_for(cast.wanda)
    client.post(at(agreed), {"interest": [first]})
    page = client.post(at(agreed, "walkthrough_done"), {"asked": "1", "interest": [second]}, follow=True).text
    assert "You’re done. Sam is still marking" in page
    shown = [aspect.title for aspect in steps.aspects_of(agreed)]
    assert shown[1] in page
    assert steps.aspects_of(agreed)[4].profile.title not in page
    assert marks_of(cast.wanda) == {second}


def test_a_page_asks_once_before_marks_are_fixed_and_laid_side_by_side(cast, agreed, client_for):
    mark_interests(agreed, by=cast.sam, aspects=set(steps.aspects_of(agreed)[:1]))
    finish_marking(agreed, by=cast.sam)
    first, second = steps.aspects_of(agreed)[:2]
    client = client_for(cast.wanda)
    page = client.post(at(agreed, "walkthrough_done"), {"interest": [second.slug]}, follow=True).text
    assert "Are you done marking?" in page
    assert "Sam is done too, so you both see your marks at once" in page
    assert second.title in page
    assert first.title not in page
    assert not WalkthroughDone.objects.filter(person=cast.wanda).exists()
    assert marks_of(cast.wanda) == {second.slug}
    assert f'value="{second.slug}" checked' in client.get(at(agreed)).text
    sent = {"asked": "1", "interest": re.findall(r'name="interest" value="([^"]+)"', page)}
    page = client.post(at(agreed, "walkthrough_done"), sent, follow=True).text
    assert "Where your marks meet" in page
    assert marks_of(cast.wanda) == {second.slug}
    assert client.post(at(agreed, "walkthrough_done")).status_code == 302  # nothing is left to ask


def test_marks_are_fixed_once_done(cast, agreed, client_for):
    first, second = slugs(agreed)[:2]
    client = client_for(cast.wanda)
    for _ in range(2):
        response = client.post(at(agreed, "walkthrough_done"), {"asked": "1", "interest": [first]})
        assert response.status_code == 302
    assert WalkthroughDone.objects.count() == 1
    response = client.post(at(agreed), {"interest": [second]})
    assert response.status_code == 403
    assert "your marks stay as they are" in response.text
    assert client.post(at(agreed, "walkthrough_done"), {"interest": [second]}).status_code == 302
    assert marks_of(cast.wanda) == {first}


def test_a_page_left_open_after_done_hears_why_and_is_not_loaded_again(cast, agreed, client_for):
    finish_marking(agreed, by=cast.wanda)
    response = client_for(cast.wanda).post(at(agreed), {"interest": slugs(agreed)[:1]}, headers=HTMX)
    assert response.status_code == 403
    assert "HX-Refresh" not in response.headers
    why = re.search(r'id="why"[^>]*>([^<]+)<', response.text)
    assert why
    assert why[1].startswith("You have said that you’re done marking")
    assert marks_of(cast.wanda) == set()


def test_a_waiting_page_notices_that_the_other_is_done(cast, agreed, client_for):
    finish_marking(agreed, by=cast.wanda)
    client = client_for(cast.wanda)
    live = live_address(client.get(at(agreed)).text)
    assert client.get(live, headers={"X-Live": "1"}).status_code == 204
    finish_marking(agreed, by=cast.sam)
    heard = client.get(live, headers={"X-Live": "1"}).json()
    assert heard == {
        "news": "Sam is done as well: your marks can be laid side by side.",
        "is_same_page": False,
    }


def test_one_may_be_done_with_nothing_marked(cast, agreed, client_for):
    client = client_for(cast.sam)
    assert "Nothing yet. That’s fine, too" in client.post(at(agreed, "walkthrough_done"), follow=True).text
    page = client.post(at(agreed, "walkthrough_done"), {"asked": "1"}, follow=True).text
    assert "Nothing, and that’s fine." in page


@pytest.mark.parametrize("name", ["walkthrough", "walkthrough_done"])
def test_an_unknown_aspect_is_named_and_the_ticks_stay(cast, agreed, client_for, name):
    known = slugs(agreed)[0]
    response = client_for(cast.wanda).post(at(agreed, name), {"interest": [known, "juggling"]})
    assert response.status_code == 200
    assert "“juggling” is none of the aspects here." in response.text
    assert f'value="{known}" checked' in response.text
    assert not InterestMark.objects.exists()
    assert not WalkthroughDone.objects.exists()


def test_the_reveal_shows_overlaps_first_then_each_side(cast, revealed, client_for):
    both, worker_only, supervisor_only = (aspect.slug for aspect in steps.aspects_of(revealed)[:3])
    page = client_for(cast.wanda).get(at(revealed)).text
    places = [page.index(f'value="{slug}"') for slug in (both, worker_only, supervisor_only)]
    assert places == sorted(places)
    assert "You both marked one aspect." in page
    assert page.index("Only you") < page.index("Only Sam")
    other = client_for(cast.sam).get(at(revealed)).text
    assert other.index("Only Wanda") < other.rindex("Only you")
    assert " checked" not in page


def test_marks_that_do_not_meet_are_worth_a_talk(cast, agreed, client_for):
    first, second = steps.aspects_of(agreed)[:2]
    mark_interests(agreed, by=cast.wanda, aspects={first})
    mark_interests(agreed, by=cast.sam, aspects={second})
    finish_marking(agreed, by=cast.wanda)
    finish_marking(agreed, by=cast.sam)
    page = client_for(cast.wanda).get(at(revealed := agreed)).text
    assert "Your marks don’t meet this time" in page
    assert revealed.slug in page


@pytest.mark.parametrize("name", ["wanda", "sam"])
def test_either_side_picks_what_to_work_on(cast, revealed, client_for, name):
    picked = [slugs(revealed)[0], slugs(revealed)[2]]
    client = client_for(getattr(cast, name))
    response = client.post(at(revealed, "focus_choose"), {"focus": picked})
    assert response.status_code == 302
    assert response.url == reverse("goals", args=[revealed.slug])
    assert set(Focus.objects.values_list("aspect_slug", flat=True)) == set(picked)
    page = client.get(at(revealed)).text
    assert page.count("You work on this now") == 2
    assert "pick one more" in page


def test_an_aspect_that_neither_marked_can_be_picked(cast, revealed, client_for):
    unmarked = slugs(revealed)[5]
    client = client_for(cast.wanda)
    assert f'value="{unmarked}"' in client.get(at(revealed)).text
    client.post(at(revealed, "focus_choose"), {"focus": [unmarked]})
    assert Focus.objects.get().aspect_slug == unmarked


def test_four_are_too_many_and_the_ticks_stay(cast, revealed, client_for):
    picked = slugs(revealed)[:4]
    response = client_for(cast.wanda).post(at(revealed, "focus_choose"), {"focus": picked})
    assert response.status_code == 200
    assert "Three aspects at a time are enough." in response.text
    ticks = re.findall(r'name="focus" id="f-[\w-]+" value="([\w-]+)"[^>]* checked', response.text)
    assert sorted(ticks) == sorted(picked)
    assert not Focus.objects.exists()


def test_with_two_in_focus_there_is_room_for_one_more(cast, revealed, client_for):
    steps.focus_on(revealed, 2)
    response = client_for(cast.sam).post(at(revealed, "focus_choose"), {"focus": slugs(revealed)[2:4]})
    assert response.status_code == 200
    assert "There is room for one more" in response.text
    assert Focus.objects.count() == 2


def test_with_three_in_focus_the_page_leads_to_them(cast, revealed, client_for):
    steps.focus_on(revealed, 3)
    client = client_for(cast.wanda)
    page = client.get(at(revealed)).text
    assert "When one of them rests, there is room for another." in page
    assert 'type="checkbox"' not in page
    response = client.post(at(revealed, "focus_choose"), {"focus": slugs(revealed)[3:4]})
    assert response.status_code == 200
    assert "There is no room for another now" in response.text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [({}, "Pick at least one aspect to work on first."), ({"focus": ["juggling"]}, "“juggling” is none of")],
)
def test_picking_nothing_or_the_unknown_says_what_to_do(cast, revealed, client_for, data, sentence):
    response = client_for(cast.wanda).post(at(revealed, "focus_choose"), data)
    assert response.status_code == 200
    assert sentence in response.text


def test_picking_waits_until_both_are_done(cast, agreed, client_for):
    finish_marking(agreed, by=cast.wanda)
    response = client_for(cast.wanda).post(at(agreed, "focus_choose"), {"focus": slugs(agreed)[:1]})
    assert response.status_code == 403
    assert "First each of you marks what is of interest." in response.text
    assert not Focus.objects.exists()


def test_three_from_one_profile_get_a_gentle_word_and_are_not_refused(cast, client_for):
    small_edition(profiles=2, aspects=3)
    partnership = steps.begin(cast.wanda, cast.sam)
    steps.agree(partnership)
    steps.walk_through(partnership)
    client = client_for(cast.wanda)
    picked = [aspect for aspect in steps.aspects_of(partnership) if aspect.profile.order == 1]
    title = picked[0].profile.title
    data = {"focus": [aspect.slug for aspect in picked]}
    live = client.get(at(partnership), data, headers=HTMX | {"HX-Target": "picked"})
    assert f"3 picked, all from {title}." in live.text
    client.post(at(partnership, "focus_choose"), data)
    assert Focus.objects.count() == 3
    page = client.get(at(partnership)).text
    assert f"All three come from {title}." in page


def test_three_from_different_profiles_get_none(cast, revealed, client_for):
    client = client_for(cast.wanda)
    data = {"focus": [slugs(revealed)[0], slugs(revealed)[2], slugs(revealed)[4]]}
    client.post(at(revealed, "focus_choose"), data)
    assert "All three come from" not in client.get(at(revealed)).text


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (0, "Pick up to three. Fewer is fine."),
        (1, "1 picked, room for 2 more. Fewer is fine."),
        (3, "3 picked."),
        (4, "4 picked. Three at a time are enough; the others can wait."),
    ],
)
def test_the_line_says_how_many_are_picked(cast, revealed, client_for, count, sentence):
    response = client_for(cast.wanda).get(
        at(revealed), {"focus": slugs(revealed)[:count]}, headers=HTMX | {"HX-Target": "picked"}
    )
    assert sentence in response.text
    assert "<input" not in response.text


@pytest.mark.parametrize("name", ["nia", "petra", "olaf", "ada", "root"])
def test_outsiders_and_administrators_find_nothing(cast, revealed, client_for, name):
    client = client_for(getattr(cast, name))
    assert client.get(at(revealed)).status_code == 404
    for route in ("walkthrough", "walkthrough_done", "focus_choose"):
        data = {"focus": slugs(revealed)[:1], "interest": slugs(revealed)[:1]}
        assert client.post(at(revealed, route), data).status_code == 404
    assert not Focus.objects.exists()


def test_when_it_has_ended_the_worker_reads_and_nobody_picks(cast, revealed, client_for):
    engagement.end(revealed, by=cast.sam)
    assert client_for(cast.sam).get(at(revealed)).status_code == 404
    client = client_for(cast.wanda)
    page = client.get(at(revealed)).text
    assert "You both marked one aspect." in page
    assert 'type="checkbox"' not in page
    response = client.post(at(revealed, "focus_choose"), {"focus": slugs(revealed)[:1]})
    assert response.status_code == 403
    assert "This coaching isn’t going on at the moment" in response.text


def test_when_it_has_ended_before_the_reveal_nothing_can_be_marked(cast, agreed, client_for):
    engagement.end(agreed, by=cast.sam)
    client = client_for(cast.wanda)
    assert "Nothing can be marked now." in client.get(at(agreed)).text
    assert client.post(at(agreed), {"interest": slugs(agreed)[:1]}).status_code == 403


def test_the_pages_take_as_many_queries_for_twice_the_marks(cast, client_for):
    def queries(profiles, name):
        small_edition(profiles=profiles, name=name)
        partnership = steps.begin(cast.wanda, cast.sam) if name == "1" else steps.begin(cast.petra, cast.nia)
        steps.agree(partnership)
        counts = []
        client = client_for(partnership.worker)
        for person in (partnership.worker, partnership.supervisor):
            mark_interests(partnership, by=person, aspects=set(steps.aspects_of(partnership)))
        with CaptureQueriesContext(connection) as marking:
            client.get(at(partnership))
        counts.append(len(marking))
        finish_marking(partnership, by=partnership.worker)
        finish_marking(partnership, by=partnership.supervisor)
        with CaptureQueriesContext(connection) as revealed:
            client.get(at(partnership))
        counts.append(len(revealed))
        return counts

    few, many = queries(2, "1"), queries(4, "2")
    assert few == many
    assert max(few) <= MOST_QUERIES


def move_to(newer, partnership):
    for person in (partnership.supervisor, partnership.worker):
        EditionMove.propose(partnership, by=person)
    partnership.refresh_from_db()
    assert partnership.edition == newer


def test_marks_of_two_editions_meet(agreed, cast, client_for):
    first = steps.aspects_of(agreed)[0]
    steps.open_session(agreed)
    mark_interests(agreed, by=cast.sam, aspects={first})
    finish_marking(agreed, by=cast.sam)
    steps.close(agreed.sessions.get(number=1))
    move_to(newer_edition_of(agreed), agreed)
    same = next(aspect for aspect in steps.aspects_of(agreed) if aspect.slug == first.slug)
    mark_interests(agreed, by=cast.wanda, aspects={same})
    finish_marking(agreed, by=cast.wanda)
    page = client_for(cast.wanda).get(reverse("walkthrough", args=[agreed.slug])).text
    assert "You both marked one aspect." in page
    assert page.count(f'id="f-{first.slug}"') == 1


def test_what_one_had_ticked_before_a_move_is_ticked_still(agreed, cast, client_for):
    first = steps.aspects_of(agreed)[0]
    steps.open_session(agreed)
    mark_interests(agreed, by=cast.wanda, aspects={first})
    steps.close(agreed.sessions.get(number=1))
    move_to(newer_edition_of(agreed), agreed)
    same = next(aspect for aspect in steps.aspects_of(agreed) if aspect.slug == first.slug)
    mark_interests(agreed, by=cast.wanda, aspects={same})
    assert [mark.aspect_slug for mark in InterestMark.objects.filter(person=cast.wanda)] == [first.slug]


def test_an_aspect_that_the_newer_edition_does_not_have_is_shown_and_not_offered(agreed, cast, client_for):
    steps.open_session(agreed)
    steps.walk_through(agreed)
    steps.close(agreed.sessions.get(number=1))
    gone = steps.aspects_of(agreed)[0]
    newer = small_edition(published=False, name="2")
    aspect = newer.aspects.get(slug=gone.slug)
    aspect.descriptors.all().delete()
    aspect.delete()
    newer.publish(by=None)
    move_to(newer, agreed)
    client = client_for(cast.wanda)
    page = client.get(reverse("walkthrough", args=[agreed.slug])).text
    assert gone.title in page
    assert "Not in the edition you work with now" in page
    assert f'id="f-{gone.slug}"' not in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert sorted(set(ids)) == sorted(ids)
    answer = client.post(reverse("focus_choose", args=[agreed.slug]), {"focus": gone.slug})
    assert "is none of the aspects here" in answer.text
    picked = steps.aspects_of(agreed)[0].slug
    assert client.post(reverse("focus_choose", args=[agreed.slug]), {"focus": picked}).status_code == 302
