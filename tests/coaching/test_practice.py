import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from coaching.models import AccessRecord, EntryLine, Goal, PracticeEntry, engagement
from sopcoach.words.refusal import NotNow
from tests.coaching import steps
from tests.limits import PRACTICE_QUERIES

HTMX = {"HX-Request": "true"}


@pytest.fixture
def goal(session):
    return session.partnership.goals.get()


@pytest.fixture
def wanda(client_for, session):
    return client_for(session.partnership.worker)


@pytest.fixture
def sam(client_for, session):
    return client_for(session.partnership.supervisor)


def text_of(response):
    return " ".join(response.content.decode().split())


def tap(client, goal, *, key=None, **typed):
    typed |= {"client_key": key or str(uuid.uuid4())}
    return client.post(f"/practice/{goal.pk}/plus/", typed)


def tap_with_htmx(client, goal, key=None):
    return client.post(f"/practice/{goal.pk}/plus/", {"client_key": key or str(uuid.uuid4())}, headers=HTMX)


def test_the_worker_finds_each_goal_with_its_count_and_one_tap(wanda, goal):
    steps.practise(goal, 2)
    page = text_of(wanda.get("/practice/"))
    assert "What did you try?" in page
    assert "Sam sees the count. Your words and levels stay yours unless you share them." in page
    assert "<strong>2 of 5</strong> cases" in page
    assert f'action="/practice/{goal.pk}/plus/"' in page


def test_one_tap_without_javascript_counts_once_and_comes_back_to_the_goal(wanda, goal):
    response = tap(wanda, goal)
    entry = PracticeEntry.objects.get()
    assert response.headers["Location"] == f"/practice/?just={entry.pk}#goal-{goal.pk}"
    page = text_of(wanda.get(response.headers["Location"]))
    assert "<strong>1 of 5</strong> cases" in page
    assert "Noted at " in page
    assert "Undo" in page
    assert page.index("Keep it for myself") < page.index("Share it with Sam")
    assert "checked" not in page


def test_one_tap_with_htmx_brings_the_row_with_a_fresh_id(wanda, goal):
    key = str(uuid.uuid4())
    response = tap_with_htmx(wanda, goal, key)
    row = text_of(response)
    assert row.startswith(f'<article class="sheet goal" id="goal-{goal.pk}">')
    assert "<strong>1 of 5</strong> cases" in row
    assert f'id="tap-{goal.pk}" autofocus' in row
    assert 'name="client_key" value="' in row
    assert key not in row


def test_the_same_tap_sent_twice_counts_once(wanda, goal):
    key = str(uuid.uuid4())
    answers = [tap(wanda, goal, key=key), tap_with_htmx(wanda, goal, key), tap_with_htmx(wanda, goal, key)]
    assert [answer.status_code for answer in answers] == [302, 200, 200]
    assert PracticeEntry.objects.count() == 1
    assert "<strong>1 of 5</strong> cases" in text_of(answers[-1])


def test_a_tap_on_home_comes_back_to_home(wanda, goal):
    response = tap(wanda, goal, next="/")
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)", "\\\\x"]
)
def test_a_tap_never_leads_away_from_the_site(wanda, goal, elsewhere):
    assert tap(wanda, goal, next=elsewhere).headers["Location"].startswith("/practice/?just=")


@pytest.mark.parametrize("elsewhere", ["-1", "NaN", "a\x00b", "home", "profiles"])
def test_a_plus_counts_whatever_is_said_of_where_to_go(wanda, goal, elsewhere):
    assert tap(wanda, goal, next=elsewhere).headers["Location"].startswith("/practice/?just=")
    assert PracticeEntry.objects.count() == 1


def test_what_was_still_to_be_said_is_not_said_to_the_next_person_at_that_machine(wanda, goal):
    tap(wanda, goal, next="/")
    wanda.post("/accounts/logout/")
    page = wanda.get("/accounts/login/").text
    assert "Noted" not in page
    assert goal.what not in page


@pytest.mark.parametrize("key", ["", "abc", "1"])
def test_a_tap_without_its_id_counts_nothing(wanda, goal, key):
    response = wanda.post(f"/practice/{goal.pk}/plus/", {"client_key": key})
    assert response.status_code == 403
    assert "wasn’t counted" in text_of(response)
    assert not PracticeEntry.objects.exists()


def test_a_goal_just_reached_says_done_and_takes_no_more(wanda, goal):
    steps.practise(goal, 4)
    row = text_of(tap_with_htmx(wanda, goal))
    assert 'class="tag tag-glow"' in row
    assert "Done</span>" in row
    assert '<h3 class="do" tabindex="-1" autofocus>' in row
    assert "+1" not in row
    response = tap(wanda, goal)
    assert response.status_code == 403
    assert "This goal is reached." in text_of(response)
    assert goal.entries.count() == 5


def test_a_goal_let_go_leaves_the_page_and_takes_no_more(wanda, goal):
    goal.put_down(by=goal.author)
    assert "Nothing to count at the moment, and that’s fine." in text_of(wanda.get("/practice/"))
    assert tap(wanda, goal).status_code == 403


def test_a_goal_reached_on_another_day_leaves_the_page(wanda, goal):
    steps.practise(goal, 5)
    assert "Done</span>" in text_of(wanda.get("/practice/"))
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        wanda.force_login(goal.author)
        assert "Done</span>" not in text_of(wanda.get("/practice/"))


def test_an_entry_is_taken_back_on_its_day(wanda, goal):
    entry = steps.practise(goal)[0]
    assert "Undo" in text_of(wanda.get(f"/practice/?just={entry.pk}"))
    row = text_of(wanda.post(f"/practice/entries/{entry.pk}/undo/", headers=HTMX))
    assert "<strong>0 of 5</strong> cases" in row
    assert not PracticeEntry.objects.exists()
    entry = steps.practise(goal)[0]
    response = wanda.post(f"/practice/entries/{entry.pk}/undo/", follow=True)
    assert response.redirect_chain == [("/practice/", 302)]
    assert "Taken back." in text_of(response)


def test_an_entry_can_be_undone_and_dated_on_another_day_until_a_review_has_looked_at_it(wanda, goal):
    worker, session = goal.author, goal.partnership.sessions.get(closed_at=None)
    first, second = steps.practise(goal, 2)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        wanda.force_login(worker)
        page = text_of(wanda.get("/practice/"))
        assert f"/practice/entries/{first.pk}/undo/" in page
        sent = {"practised_on": timezone.localdate().isoformat()}
        told = text_of(wanda.post(f"/practice/entries/{first.pk}/when/", sent, follow=True))
        assert "Dated: " in told
        first.refresh_from_db()
        assert first.practised_on == timezone.localdate()
        second.write_line(by=worker, text="It came later.", share=False)
        session.open(by=worker)
        steps.close(session)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        wanda.force_login(worker)
        assert f"/practice/entries/{first.pk}/undo/" not in text_of(wanda.get("/practice/"))
        for act, typed in (("undo", {}), ("when", sent), ("line", {"act": "keep", "line": "x"})):
            response = wanda.post(f"/practice/entries/{first.pk}/{act}/", typed)
            assert response.status_code == 403
            assert "You have looked at this in a review since" in text_of(response)
    assert PracticeEntry.objects.count() == 2


@pytest.mark.parametrize("days", [-400, 1])
def test_an_entry_is_dated_neither_before_its_goal_nor_in_the_future(wanda, goal, days):
    entry = steps.practise(goal)[0]
    day = timezone.localdate() + timedelta(days=days)
    response = wanda.post(f"/practice/entries/{entry.pk}/when/", {"practised_on": day.isoformat()})
    page = text_of(response)
    assert response.status_code == 200
    assert "Choose a day since you set this goal." in page
    assert f'value="{day.isoformat()}"' in page
    entry.refresh_from_db()
    assert entry.practised_on == timezone.localdate()


def test_a_line_comes_later_from_the_log(wanda, goal):
    entry = steps.practise(goal)[0]
    page = text_of(wanda.get("/practice/"))
    assert f'id="log-line-{entry.pk}"' in page
    sent = {"act": "share", "line": "I waited."}
    told = text_of(wanda.post(f"/practice/entries/{entry.pk}/line/", sent, follow=True))
    assert "Shared with Sam at " in told
    assert f'id="log-line-{entry.pk}"' not in told


def test_a_line_is_kept_for_its_author_alone(wanda, goal):
    entry = steps.practise(goal)[0]
    response = wanda.post(
        f"/practice/entries/{entry.pk}/line/",
        {"act": "keep", "line": "I waited, and then <it> came."},
        follow=True,
    )
    page = text_of(response)
    assert "I waited, and then &lt;it&gt; came." in page
    assert "Kept, for you only" in page
    assert "Only you</span>" in page
    assert "Shared with Sam" not in page
    assert not EntryLine.objects.visible_to(goal.partnership.supervisor).exists()


def test_a_line_is_shared_by_a_button_of_its_own(wanda, goal):
    entry = steps.practise(goal)[0]
    row = text_of(
        wanda.post(f"/practice/entries/{entry.pk}/line/", {"line": "I waited.", "act": "share"}, headers=HTMX)
    )
    assert "Shared with Sam" in row
    assert "“I waited.”" in row
    assert "Shared</span> with Sam" in text_of(wanda.get("/practice/"))
    assert EntryLine.objects.visible_to(goal.partnership.supervisor).get().text == "I waited."
    response = wanda.post(f"/practice/entries/{entry.pk}/line/", {"act": "keep", "line": "Another."})
    assert response.status_code == 403
    assert "You have shared this line, and it stays as it is." in text_of(response)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "row"])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Called 530-555-0134 & it went well", "“530-555-0134” looks like a phone number"),
        ("", "Write a line first, or leave it."),
        ("x" * 501, "500 fit here"),
    ],
)
def test_a_line_that_does_not_fit_comes_back_and_is_shared_with_nobody(wanda, goal, typed, sentence, headers):
    entry = steps.practise(goal)[0]
    response = wanda.post(
        f"/practice/entries/{entry.pk}/line/", {"line": typed, "act": "share"}, headers=headers
    )
    page = text_of(response)
    assert response.status_code == 200
    assert sentence in page
    assert typed.replace("&", "&amp;") + "</textarea>" in page
    assert ("<html" in page) is not bool(headers)
    assert not EntryLine.objects.exists()


def test_earlier_entries_go_on_over_pages(wanda, goal):
    Goal.objects.filter(pk=goal.pk).update(count=50)
    steps.practise(goal, 25)
    page = text_of(wanda.get("/practice/"))
    assert page.count("No line") == 20
    assert 'href="?page=2#log"' in page
    assert text_of(wanda.get("/practice/?page=2")).count("No line") == 5
    assert wanda.get("/practice/?page=abc").status_code == 200


@pytest.mark.parametrize("just", ["", "abc", "00000000-0000-0000-0000-000000000000"])
def test_an_entry_that_is_not_there_is_passed_over(wanda, goal, just):
    assert "Noted at" not in text_of(wanda.get("/practice/", {"just": just}))


def test_somebody_without_a_goal_reads_that_it_is_fine(client_for, cast):
    page = text_of(client_for(cast.petra).get("/practice/"))
    assert "Nothing to count at the moment, and that’s fine." in page


def test_the_supervisor_finds_nothing_of_the_workers_here_and_taps_nothing(sam, goal):
    entry = steps.practise(goal)[0]
    entry.write_line(by=goal.author, text="Only mine.", share=False)
    page = text_of(sam.get(f"/practice/?just={entry.pk}"))
    assert goal.what not in page
    assert "Only mine." not in page
    for address, sentence in {
        f"/practice/{goal.pk}/plus/": "Only the worker notes what they tried.",
        f"/practice/entries/{entry.pk}/undo/": "Only the worker takes an entry back.",
        f"/practice/entries/{entry.pk}/line/": "Only the worker writes here.",
    }.items():
        response = sam.post(address, {"client_key": str(uuid.uuid4())})
        assert response.status_code == 403
        assert sentence in text_of(response)
        assert "Only mine." not in text_of(response)
    assert PracticeEntry.objects.count() == 1


@pytest.mark.parametrize("who", ["olaf", "ada", "root", "petra"])
def test_nobody_else_learns_of_a_goal_or_an_entry(client_for, cast, goal, who):
    entry = steps.practise(goal)[0]
    client = client_for(getattr(cast, who))
    assert goal.what not in text_of(client.get(f"/practice/?just={entry.pk}"))
    answers = [
        tap(client, goal),
        client.post(f"/practice/entries/{entry.pk}/undo/"),
        client.post(f"/practice/entries/{entry.pk}/line/", {"act": "keep", "line": "x"}),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize("just", [False, True])
def test_the_page_asks_as_much_of_the_database_with_more_goals(
    wanda, goal, django_assert_max_num_queries, just
):
    def ask():
        entry = PracticeEntry.objects.first()
        with django_assert_max_num_queries(PRACTICE_QUERIES) as asked:
            wanda.get(f"/practice/?just={entry.pk}" if just else "/practice/")
        return len(asked)

    def fill(count):
        for _ in range(count):
            for entry in steps.practise(steps.set_goal(goal.focus), 3):
                entry.write_line(by=goal.author, text="I waited.", share=True)

    fill(2)
    before = ask()
    fill(4)
    assert ask() == before


def test_two_partnerships_stand_on_one_page(wanda, goal, cast):
    other = steps.begin(cast.wanda, cast.nia)
    steps.agree(other)
    steps.set_goal(steps.focus_on(other)[0], practice="Safety Mapping")
    page = text_of(wanda.get("/practice/"))
    assert "Use Three Questions" in page
    assert "Use Safety Mapping" in page
    assert "Nia and Sam see the count of your goals with each." in page


# ---------------------------------------------------------------- taps that have waited on a phone


def late_tap(client, goal, made_at, *, key=None):
    typed = {"client_key": key or str(uuid.uuid4()), "made_at": made_at.isoformat()}
    return client.post(f"/practice/{goal.pk}/plus/", typed, headers={"X-Autosave": "1"})


def test_a_tap_that_waited_counts_for_the_day_on_which_it_was_made(wanda, goal):
    made_at = timezone.now() + timedelta(days=1)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        wanda.force_login(goal.author)
        key = str(uuid.uuid4())
        answers = [late_tap(wanda, goal, made_at, key=key).json() for _ in range(2)]
    assert [answer["answer"] for answer in answers] == ["have", "have"]
    assert "<strong>1 of 5</strong> cases" in answers[0]["row"]
    entry = PracticeEntry.objects.get()
    assert entry.practised_on == timezone.localdate(made_at)
    assert entry.noted_at == made_at


@pytest.mark.parametrize(
    ("made_at", "counts_for"),
    [(timedelta(days=-5), "set"), (timedelta(days=400), "now")],
    ids=["before the goal was set", "in the future"],
)
def test_a_clock_that_goes_wrong_counts_within_the_time_of_the_goal(wanda, goal, made_at, counts_for):
    assert late_tap(wanda, goal, timezone.now() + made_at).json()["answer"] == "have"
    entry = PracticeEntry.objects.get()
    if counts_for == "set":
        assert entry.noted_at == goal.set_at
    assert goal.set_at <= entry.noted_at <= timezone.now()


def test_a_tap_that_waited_for_more_than_a_week_is_not_counted_and_says_so(wanda, goal):
    made_at = timezone.now() + timedelta(minutes=1)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        wanda.force_login(goal.author)
        answer = late_tap(wanda, goal, made_at)
    assert answer.status_code == 403
    assert answer.json() == {
        "answer": "never",
        "reason": "It had waited for more than a week, so it isn’t counted.",
    }
    assert not PracticeEntry.objects.exists()


def test_a_tap_is_told_why_it_waits_and_why_it_can_never_count(wanda, goal, client_for, cast):
    now = timezone.now()
    engagement.pause(goal.partnership, by=cast.sam)
    later = late_tap(wanda, goal, now)
    assert (later.status_code, later.json()["answer"]) == (409, "later")
    assert "This coaching is paused." in later.json()["reason"]
    engagement.resume(goal.partnership, by=cast.sam)
    goal.put_down(by=goal.author)
    never = late_tap(wanda, goal, now)
    assert (never.status_code, never.json()["answer"]) == (403, "never")
    assert "This goal rests." in never.json()["reason"]
    gone = late_tap(client_for(cast.petra), goal, now)
    assert (gone.status_code, gone.json()["answer"]) == (404, "never")
    assert not PracticeEntry.objects.exists()


def test_in_a_pause_a_use_is_refused_for_now_and_counts_once_after_it(wanda, goal, cast):
    key = uuid.uuid4()
    engagement.pause(goal.partnership, by=cast.sam)
    with pytest.raises(NotNow, match="This coaching is paused"):
        PracticeEntry.note(goal, by=cast.wanda, client_key=key)
    for answer in (tap(wanda, goal, key=str(key)), tap_with_htmx(wanda, goal, str(key))):
        assert answer.status_code == 403
        assert "This coaching is paused." in answer.text
    assert not PracticeEntry.objects.exists()
    engagement.resume(goal.partnership, by=cast.wanda)
    for _ in range(2):
        PracticeEntry.note(goal, by=cast.wanda, client_key=key)
    assert goal.entries.count() == 1


def test_what_was_counted_before_a_pause_is_had_and_not_refused_when_it_is_sent_again(wanda, goal, cast):
    key = str(uuid.uuid4())
    tap(wanda, goal, key=key)
    engagement.pause(goal.partnership, by=cast.sam)
    again = late_tap(wanda, goal, timezone.now(), key=key)
    assert (again.status_code, again.json()["answer"]) == (200, "have")
    assert goal.entries.count() == 1


def test_a_page_of_one_person_sends_nothing_in_the_name_of_the_next(wanda, goal):
    headers = {"X-Person": "somebody-else"}
    for more in ({"X-Autosave": "1"}, HTMX):
        answer = wanda.post(
            f"/practice/{goal.pk}/plus/", {"client_key": str(uuid.uuid4())}, headers=headers | more
        )
        assert answer.status_code == 401
        assert "Somebody else is signed in now." in answer.text
    assert not PracticeEntry.objects.exists()


def test_a_shared_line_stands_beside_its_goal_and_in_the_review_at_once(wanda, goal, client_for):
    partnership = goal.partnership
    sam = client_for(partnership.supervisor)
    shared, kept = steps.practise(goal, 2)
    kept.write_line(by=partnership.worker, text="I was tired.", share=False)
    shared.write_line(by=partnership.worker, text="I waited, and it came.", share=True)
    page = text_of(sam.get(f"/coaching/{partnership.slug}/goals/"))
    assert "“I waited, and it came.”" in page
    assert "I was tired." not in page
    opened = AccessRecord.objects.visible_to(partnership.worker).values_list("label", flat=True)
    assert "Lines you shared of your practice" in opened


def test_the_supervisor_finds_a_shared_line_in_the_review(session, client_for):
    partnership = session.partnership
    goal = partnership.goals.get()
    steps.practise(goal)[0].write_line(by=partnership.worker, text="I waited, and it came.", share=True)
    at = f"/coaching/{partnership.slug}/sessions/2/content/focuses/{goal.focus.aspect_slug}/"
    assert "“I waited, and it came.”" in text_of(client_for(partnership.supervisor).get(at))
