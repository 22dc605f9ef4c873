"""A level on any day: kept by a tap, one's own until it is shared, offered by the next review (product.md, 4.6)."""

import uuid
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from coaching.models import AccessRecord, LoggedLevel, engagement
from coaching.models.erasing import erase_all, erase_private
from coaching.queries.logged_levels import todays_of
from coaching.queries.movement import movement_for
from sopcoach.mailing.notices import Notice
from sopcoach.words import dates
from sopcoach.words.refusal import NotNow, Refused
from tests.coaching import steps

JSON = {"X-Autosave": "1"}


@pytest.fixture
def focus(session):
    """Session 2 is planned; the focus has its start at 3 and a goal."""
    return session.partnership.focuses.get()


@pytest.fixture
def wanda(cast, client_for):
    return client_for(cast.wanda)


@pytest.fixture
def sam(cast, client_for):
    return client_for(cast.sam)


def log(focus, level=4, **more) -> LoggedLevel:
    return LoggedLevel.log(
        focus, **{"by": focus.partnership.worker, "level": level, "client_key": uuid.uuid4()} | more
    )


def tap(client, focus, level=4, **more):
    address = reverse("level_log", args=[focus.pk])
    return client.post(address, {"level": level, "client_key": uuid.uuid4()} | more, follow=True)


# ------------------------------------------------------------------ the rule


def test_a_level_that_is_sent_twice_is_kept_once(focus):
    key = uuid.uuid4()
    assert log(focus, client_key=key) == log(focus, client_key=key)
    assert LoggedLevel.objects.count() == 1


def test_a_glimpse_tapped_before_the_answer_came_is_not_lost(focus):
    key = uuid.uuid4()
    first = log(focus, level=3, client_key=key)

    again = log(focus, level=3, glimpse=5, client_key=key)

    assert again == first
    assert (again.level, again.glimpse_level) == (3, 5)
    assert LoggedLevel.objects.count() == 1


def test_a_later_tap_on_the_same_day_says_it_anew(focus, cast):
    first = log(focus, 3)
    first.write_line(by=cast.wanda, text="It came by itself.", share=False)
    log(focus, 5, glimpse=6)
    (row,) = LoggedLevel.objects.all()
    assert (row.level, row.glimpse_level, row.text) == (5, 6, "It came by itself.")


def test_a_tap_that_waited_on_a_phone_counts_for_its_day_and_undoes_no_later_one(focus):
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=3)):
        log(focus, 5)
        late = log(focus, 2, made_at=timezone.now() - timedelta(days=1))
        assert late.logged_on == timezone.localdate() - timedelta(days=1)
        assert log(focus, 1, made_at=timezone.now() - timedelta(seconds=5)).level == 5
        with pytest.raises(Refused, match="more than a week"):
            log(focus, 1, made_at=timezone.now() - timedelta(days=8))
    assert sorted(row.level for row in LoggedLevel.objects.all()) == [2, 5]


def test_it_is_the_worker_who_says_where_they_are(focus, cast):
    with pytest.raises(Refused, match="Only the worker"):
        log(focus, by=cast.sam)
    logged = log(focus)
    for act in (
        lambda: logged.undo(by=cast.sam),
        lambda: logged.say_when(by=cast.sam, logged_on=timezone.localdate()),
        lambda: logged.write_line(by=cast.sam, text="Mine.", share=True),
    ):
        with pytest.raises(Refused, match="Only the worker"):
            act()


def test_nothing_is_logged_in_a_pause_nor_on_a_focus_that_rests(focus, cast):
    engagement.pause(focus.partnership, by=cast.wanda)
    with pytest.raises(NotNow):
        log(focus)
    engagement.resume(focus.partnership, by=cast.wanda)
    focus.rest(by=cast.wanda)
    with pytest.raises(Refused, match="rests"):
        log(focus)


@pytest.mark.parametrize(("level", "glimpse"), [(0, None), (99, None), (4, 4), (4, 2), (4, 99)])
def test_a_level_that_the_ladder_doesn_t_have_is_refused(focus, level, glimpse):
    with pytest.raises(ValidationError):
        log(focus, level, glimpse=glimpse)
    assert not LoggedLevel.objects.exists()


def test_nobody_else_reads_it_until_it_is_shared_and_then_it_stays(focus, cast):
    logged = log(focus)
    for person in (cast.sam, cast.nia, cast.ada):
        assert not LoggedLevel.objects.visible_to(person).exists()
    logged.write_line(by=cast.wanda, text="It came by itself.", share=True)
    assert LoggedLevel.objects.visible_to(cast.sam).get().text == "It came by itself."
    assert not LoggedLevel.objects.visible_to(cast.nia).exists()
    for act in (
        lambda: logged.undo(by=cast.wanda),
        lambda: logged.write_line(by=cast.wanda, text="Otherwise.", share=False),
        lambda: logged.say_when(by=cast.wanda, logged_on=timezone.localdate()),
    ):
        with pytest.raises(Refused, match="stays as it is"):
            act()
    assert log(focus, 5) != logged  # the same day, said anew beside what was shared


def test_sharing_lets_the_other_side_hear_that_something_waits(focus, cast):
    Notice.objects.all().delete()
    logged = log(focus)
    logged.write_line(by=cast.wanda, text="For me.", share=False)
    assert not Notice.objects.exists()
    logged.write_line(by=cast.wanda, text="", share=True)
    assert [notice.person for notice in Notice.objects.all()] == [cast.sam]


def test_a_level_may_be_dated_back_to_the_beginning_and_no_day_holds_two(focus, cast):
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=2)):
        logged = log(focus, 5)
        begun = dates.local_day(focus.partnership.begun_at)
        for day in (begun - timedelta(days=1), timezone.localdate() + timedelta(days=1)):
            with pytest.raises(ValidationError, match="since your coaching began"):
                logged.say_when(by=cast.wanda, logged_on=day)
        logged.say_when(by=cast.wanda, logged_on=begun)
        assert LoggedLevel.objects.get().logged_on == begun
        another = log(focus, 6)
        with pytest.raises(ValidationError, match="a level for that day"):
            another.say_when(by=cast.wanda, logged_on=begun)


def test_once_a_review_has_looked_at_it_it_stays(session, focus, cast):
    logged = log(focus)
    session.open(by=cast.sam)
    steps.review(session)
    steps.close(session)
    logged = LoggedLevel.objects.get(pk=logged.pk)
    with pytest.raises(Refused, match="in a review since"):
        logged.undo(by=cast.wanda)
    log(focus, 6)  # later on the same day: another one
    assert LoggedLevel.objects.count() == 2


def test_the_worker_erases_their_own_alone_and_what_was_shared_after_the_end(session, focus, cast):
    log(focus).write_line(by=cast.wanda, text="It came.", share=True)
    log(focus, 5)
    assert erase_private(focus.partnership, by=cast.wanda).counts["LoggedLevel.private"] == 1
    assert LoggedLevel.objects.get().shared_at
    engagement.end(focus.partnership, by=cast.wanda)
    assert erase_all(focus.partnership, by=cast.wanda).counts["LoggedLevel"] == 1
    assert not LoggedLevel.objects.exists()


# ------------------------------------------------------------------ the page


def test_a_tap_keeps_the_level_and_the_page_says_so_with_a_way_back(wanda, focus):
    page = unescape(wanda.get("/practice/").text)
    assert "Where am I today?" in page
    assert "Last: 3, " in page
    said = unescape(tap(wanda, focus, 4, glimpse=["2", "5"]).text)
    (logged,) = LoggedLevel.objects.all()
    assert (logged.level, logged.glimpse_level) == (4, 5)
    assert f"Level 4 kept at {dates.clock(logged.noted_at)}, for you only" in said
    assert "Undo" in said
    assert "Levels I logged" in said
    assert "Only you" in said
    wanda.post(reverse("level_undo", args=[logged.pk]))
    assert not LoggedLevel.objects.exists()


def test_htmx_gets_the_focus_alone(wanda, focus):
    key = uuid.uuid4()
    answer = wanda.post(
        reverse("level_log", args=[focus.pk]),
        {"level": 4, "client_key": key},
        headers={"HX-Request": "true"},
    )
    assert answer.text.strip().startswith("<details")
    assert "Level 4 kept" in answer.text
    wrong = wanda.post(
        reverse("level_log", args=[focus.pk]), {"client_key": key}, headers={"HX-Request": "true"}
    )
    assert "Choose one of the levels on the ladder." in wrong.text


def test_a_phone_is_told_what_became_of_each_level(wanda, focus, cast):
    address, key = reverse("level_log", args=[focus.pk]), uuid.uuid4()
    for _ in range(2):
        said = wanda.post(address, {"level": 4, "client_key": key}, headers=JSON).json()
        assert said["answer"] == "have"
        assert said["level"] == str(LoggedLevel.objects.get().pk)
        assert "Level 4 kept" in said["row"]
    wrong = wanda.post(address, {"level": 99, "client_key": uuid.uuid4()}, headers=JSON)
    assert (wrong.status_code, wrong.json()["answer"]) == (422, "never")
    nowhere = reverse("level_log", args=[uuid.uuid4()])
    assert wanda.post(nowhere, {"level": 4, "client_key": key}, headers=JSON).json()["answer"] == "never"
    engagement.pause(focus.partnership, by=cast.wanda)
    later = wanda.post(address, {"level": 4, "client_key": uuid.uuid4()}, headers=JSON)
    assert (later.status_code, later.json()["answer"]) == (409, "later")


def test_a_line_that_points_to_a_client_stays_in_its_field_with_what_to_do(wanda, focus):
    logged = log(focus)
    page = wanda.post(
        reverse("level_line", args=[logged.pk]), {"act": "share", "line": "Case 12-345678 went well."}
    )
    assert "Case 12-345678 went well." in page.text
    assert "is-invalid" in page.text
    assert LoggedLevel.objects.get().shared_at is None


def test_what_was_shared_stands_with_the_goals_and_in_the_review_and_its_worker_reads_who_opened_it(
    wanda, sam, session, focus, cast
):
    slug = focus.partnership.slug
    log(focus, 4).write_line(by=cast.wanda, text="For me alone.", share=False)
    pages = [reverse("goals", args=[slug]), reverse("review_focus", args=[slug, 2, focus.aspect_slug])]
    for page in pages:
        assert "For me alone." not in sam.get(page).text
        assert "logged level" not in sam.get(page).text
    LoggedLevel.objects.get().write_line(by=cast.wanda, text="It came by itself.", share=True)
    for page in pages:
        text = unescape(sam.get(page).text)
        assert "Wanda logged level 4" in text
        assert "“It came by itself.”" in text
    assert AccessRecord.objects.filter(reader=cast.sam, thing="levels").exists()


def test_the_next_review_offers_it_and_shares_no_private_line(wanda, session, focus, cast):
    log(focus, 5, glimpse=6).write_line(by=cast.wanda, text="For me alone.", share=False)
    session.open(by=cast.sam)
    slug = focus.partnership.slug
    look_back = unescape(wanda.get(reverse("look_back", args=[slug, 2])).text)
    assert "Levels you logged" in look_back
    assert "“For me alone.”" in look_back
    wanda.post(reverse("look_back", args=[slug, 2]), {"act": "share", "went_well": "I waited."})
    page = wanda.get(reverse("review_focus", args=[slug, 2, focus.aspect_slug]))
    chosen = [rung for rung in page.context["ladder"].rungs if rung.is_chosen or rung.has_glimpse]
    assert [rung.number for rung in chosen] == [5, 6]
    assert "You logged level 5 on" in page.text
    assert page.context["fields"][0].text == ""


def test_look_back_shows_entries_lines_and_promises_since_the_two_last_met(wanda, session, focus, cast):
    goal = focus.goals.get()
    (entry, *_) = steps.practise(goal, 3)
    entry.write_line(by=cast.wanda, text="It was quiet.", share=False)
    page = unescape(wanda.get(reverse("look_back", args=[focus.partnership.slug, 2])).text)
    assert "<strong>3 times</strong>" in page
    assert "“It was quiet.”" in page
    session.open(by=cast.sam)
    steps.review(session)
    following = steps.close(session)
    later = wanda.get(reverse("look_back", args=[focus.partnership.slug, following.number]))
    assert later.context["kept"].is_empty


def test_the_supervisor_is_handed_nothing_of_what_the_worker_keeps(sam, focus):
    page = sam.get(reverse("look_back", args=[focus.partnership.slug, 2]))
    assert page.context["kept"] is None


def test_movement_draws_a_private_level_hollow_and_for_its_owner_alone(wanda, sam, focus, cast):
    log(focus, 5)
    pair = focus.partnership
    (own,) = movement_for(pair.seat_of(cast.wanda))
    (theirs,) = movement_for(pair.seat_of(cast.sam))
    assert ([one.level for one in own.kept], own.level) == ([5], 3)
    assert (theirs.kept, theirs.level) == ((), 3)
    page = reverse("progress", args=[pair.slug])
    mine = unescape(wanda.get(page).text)
    assert mine.count('<circle class="hd"') == 1
    assert "You logged 5 for yourself." in mine
    assert "only you" in mine
    assert 'class="hd"' not in sam.get(page).text
    LoggedLevel.objects.get().write_line(by=cast.wanda, text="", share=True)
    (theirs,) = movement_for(pair.seat_of(cast.sam))
    assert theirs.level == 5
    assert 'class="hd"' not in wanda.get(page).text


def test_who_is_coached_by_nobody_reads_of_no_ladder(client_for, cast):
    assert todays_of(cast.olaf) == []
    assert "Where am I today?" not in client_for(cast.olaf).get("/practice/").text
