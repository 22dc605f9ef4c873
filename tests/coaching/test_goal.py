import re
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.html import escape

from coaching.models import Focus, Goal, SelfRating, Target
from coaching.models.goal import when_text
from coaching.rules.goal_days import quick_days
from coaching.rules.goal_sentence import Parts, read_sentence
from profiles.models import ExampleGoal
from tests.coaching import steps
from tests.limits import MOST_QUERIES
from tests.profiles.factories import SHIPPED, read_file, shipped_edition

TUESDAY = date(2026, 11, 24)
NOON = "2026-11-24T20:00:00Z"

EXAMPLE_A = "Use Three Questions with caregivers on 5 cases in next 30 days"
EXAMPLE_B = "Do the Three Houses with 2 children or sibling groups in next 2 weeks"
EXAMPLE_C = "Do Safety Circles activity to expand the network with one family by next Friday"


@pytest.fixture
def focused(agreed):
    steps.focus_on(agreed)
    return agreed


@pytest.fixture
def page(client_for, focused):
    """Wanda's goals page: its address, and a browser in which Wanda has signed in."""
    return Page(client_for(focused.worker), focused)


class Page:
    def __init__(self, client, partnership):
        self.client = client
        self.partnership = partnership
        self.url = f"/coaching/{partnership.slug}/goals/"

    def get(self, query=""):
        return text_of(self.client.get(self.url + query))

    def post(self, **changes):
        typed = {
            "focus": str(self.partnership.focuses.first().pk),
            "verb": "Use",
            "practice": "Three Questions",
            "with_whom": "caregivers",
            "joiner": "on",
            "count": "5",
            "unit": "cases",
            "by": "thirty_days",
            "day": "",
        }
        return self.client.post(self.url, typed | changes)


def text_of(response):
    return " ".join(response.content.decode().split())


def sentence_in(page):
    inner = re.search(r"<output.*?>(.*?)</output>", page).group(1)
    return re.sub(r"<.*?>", "", inner).replace("\u00a0", " ").strip()


# ---------------------------------------------------------------- setting a goal


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Use Three Questions with caregivers on 5 cases in the next 30 days (by December 24)."),
        (
            {
                "verb": "Do",
                "practice": "the Three Houses",
                "with_whom": "",
                "joiner": "with",
                "count": "2",
                "unit": "children or sibling groups",
                "by": "two_weeks",
            },
            "Do the Three Houses with 2 children or sibling groups in the next 2 weeks (by December 8).",
        ),
        (
            {
                "verb": "Do",
                "practice": "Safety Circles activity to expand the network",
                "with_whom": "",
                "joiner": "with",
                "count": "one",
                "unit": "family",
                "by": "friday",
            },
            "Do Safety Circles activity to expand the network with one family by next Friday (December 4).",
        ),
    ],
    ids=["a", "b", "c"],
)
def test_the_sources_three_examples_can_be_set_as_they_stand(page, typed, sentence):
    response = page.post(**typed)
    assert response.headers["Location"] == page.url
    goal = Goal.objects.get()
    assert goal.sentence.replace("\u00a0", " ") == sentence
    assert f"Your goal is set: {sentence}" in page.get().replace("\u00a0", " ")


@time_machine.travel(NOON, tick=False)
def test_the_form_offers_days_with_their_dates_and_the_next_session_once_it_is_planned(page):
    shown = page.get()
    assert 'Next Friday <span class="quiet fw-normal">Dec 4</span>' in shown
    assert 'In 2 weeks <span class="quiet fw-normal">Dec 8</span>' in shown
    assert 'In 30 days <span class="quiet fw-normal">Dec 24</span>' in shown
    assert "Next session" not in shown
    steps.close(steps.open_session(page.partnership), next_starts_at=timezone.now() + timedelta(days=9))
    assert 'Next session <span class="quiet fw-normal">Dec 3</span>' in page.get()
    page.post(by="session")
    assert Goal.objects.get().when.replace("\u00a0", " ") == "by the next session (December 3)"


@time_machine.travel(NOON, tick=False)
def test_a_day_of_ones_own_wins_over_a_quick_one(page):
    page.post(by="thirty_days", day="2026-12-15")
    goal = Goal.objects.get()
    assert (goal.by_on, goal.by_phrase) == (date(2026, 12, 15), "")


@pytest.mark.parametrize(
    ("changes", "link", "sentence"),
    [
        ({"count": "every", "unit": "case"}, "id_count", "“Every case” leaves no room for a hard day."),
        ({"practice": "Always listen first"}, "id_practice", "leaves no room for a hard day"),
        ({"with_whom": "the family in case 18-20417"}, "id_with_whom", "“18-20417” looks like a case number"),
        ({"count": "some"}, "id_count", "Choose a number that you can reach, such as 5."),
        ({"count": ""}, "id_count", "Choose a number that you can reach, such as 5."),
        ({"count": "0"}, "id_count", "Choose a number from 1 to 100."),
        ({"count": "101"}, "id_count", "Choose a number from 1 to 100."),
        ({"practice": " "}, "id_practice", "Say what you will try"),
        ({"practice": "x" * 121}, "id_practice", "120 fit here"),
        ({"unit": ""}, "id_unit", "Say what you count"),
        ({"by": "", "day": ""}, "id_by_0", "Choose one of these days, or give one of your own."),
        ({"by": "someday"}, "id_by_0", "Choose one of these days, or give one of your own."),
        ({"day": "soon"}, "id_day", "Write a day such as 2026-12-08."),
        ({"day": "2020-01-01"}, "id_day", "Choose a day that is still to come."),
        ({"focus": "00000000-0000-0000-0000-000000000000"}, "id_focus", "Choose one of the focuses"),
        ({"verb": "Hack"}, "id_verb", "Choose one of these words."),
    ],
)
def test_what_does_not_fit_gets_a_sentence_and_everything_typed_stays(page, changes, link, sentence):
    response = page.post(**{"unit": "home visits"} | changes)
    assert response.status_code == 200
    shown = text_of(response)
    assert "One thing to change. What you typed is still here." in shown
    assert f'<a href="#{link}">' in shown
    assert f'id="{link}"' in shown
    assert sentence in shown
    typed = {"practice": "Three Questions", "with_whom": "caregivers", "count": "5", "unit": "home visits"}
    for name, value in (typed | changes).items():
        if name in typed and value.strip():
            assert f'name="{name}" value="{value}"' in shown
    assert not Goal.objects.exists()


def test_two_things_to_change_are_said_at_once(page):
    shown = text_of(page.post(with_whom="the family in case 18-20417", count="every", unit="case"))
    assert "Two things to change. What you typed is still here." in shown
    assert "“Every case” leaves no room for a hard day. Pick a number you can reach" in shown


def test_an_empty_post_is_answered_with_the_form(page):
    response = page.client.post(page.url)
    assert response.status_code == 200
    assert "things to change" in text_of(response)


# ---------------------------------------------------------------- the sentence while typing


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_sentence_follows_what_is_typed(page, method):
    typed = {"verb": "Do", "practice": "Three <b>Questions", "joiner": "in", "count": "five", "by": "friday"}
    response = getattr(page.client, method)(page.url + "sentence/", typed)
    shown = text_of(response)
    assert "Three &lt;b&gt;Questions" in shown
    assert "<html" not in shown
    plain = re.sub(r"<.*?>", "", shown).replace("\u00a0", " ").strip()
    assert plain == "Do Three &lt;b&gt;Questions in 5 by next Friday (December 4)."


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"verb": "x" * 5000, "joiner": "\x00", "count": "9" * 5000, "by": "[]", "day": "0000-99-99"},
        {"count": "-1", "unit": "\ud7ff", "day": "99999-01-01"},
        {"focus": "{{ 7 }}", "practice": "{% now %}"},
    ],
)
def test_garbage_leaves_the_sentence_open(page, typed):
    response = page.client.post(page.url + "sentence/", typed)
    assert response.status_code == 200
    assert "…" in text_of(response)


def test_the_sentence_stands_in_the_page_without_javascript(page):
    assert sentence_in(page.get()).startswith("Use … on … in the next 30 days (by ")
    assert sentence_in(text_of(page.post(count="many"))).startswith(
        "Use Three Questions with caregivers on cases in the next"
    )


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("", "by December 4"),
        ("by next Friday", "by next Friday (December 4)"),
        ("in the next 2 weeks", "in the next 2 weeks (by December 4)"),
        ("by the next session", "by the next session (December 4)"),
    ],
)
def test_a_goal_says_its_day_and_the_date_always_shows(phrase, text):
    assert when_text(phrase, date(2026, 12, 4)).replace("\u00a0", " ") == text


def test_a_goal_that_runs_into_another_year_says_its_year():
    with time_machine.travel(NOON, tick=False):
        said = when_text("in the next 300 days", date(2027, 9, 20))
    assert said.replace("\u00a0", " ") == "in the next 300 days (by September 20, 2027)"


# ---------------------------------------------------------------- a whole sentence, taken apart

QUICK = quick_days(TUESDAY, date(2026, 12, 8))


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        (
            EXAMPLE_A,
            Parts("Use", "Three Questions", "caregivers", "on", "5", "cases", "thirty_days"),
        ),
        (
            EXAMPLE_B + ".",
            Parts("Do", "the Three Houses", "", "with", "2", "children or sibling groups", "two_weeks"),
        ),
        (
            EXAMPLE_C,
            Parts(
                "Do", "Safety Circles activity to expand the network", "", "with", "one", "family", "friday"
            ),
        ),
        ("I’ll ask scaling questions on 3 calls", Parts("Ask", "scaling questions", "", "on", "3", "calls")),
        (
            "try it by phone with fathers on 2 calls within 2 weeks",
            Parts("Try", "it by phone", "fathers", "on", "2", "calls", "two_weeks"),
        ),
        (
            "Use mapping on every case by 4 January",
            Parts("Use", "mapping", "", "on", "every", "case", "", date(2027, 1, 4)),
        ),
        (
            "Use mapping on 1 case by the next session",
            Parts("Use", "mapping", "", "on", "1", "case", "session"),
        ),
        ("Three Houses", Parts("", "Three Houses")),
        ("", Parts()),
    ],
)
def test_a_sentence_is_taken_apart(sentence, parts):
    assert read_sentence(sentence, TUESDAY, QUICK) == parts


THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("in the next month", date(2026, 12, 26)),
        ("within a month", date(2026, 12, 26)),
        ("in a week", date(2026, 12, 3)),
        ("by tomorrow", date(2026, 11, 27)),
        ("by Friday", date(2026, 11, 27)),
        ("by 12/4", date(2026, 12, 4)),
        ("by 12/4/2026", date(2026, 12, 4)),
        ("by Dec. 4", date(2026, 12, 4)),
        ("by December 4, 2026", date(2026, 12, 4)),
        ("by 4 December 2026", date(2026, 12, 4)),
        ("by March 3", date(2027, 3, 3)),
        # which day that is only people know, and none is made up; yet it is no part of what is counted
        ("this week", None),
        ("by the end of next week", None),
    ],
)
def test_a_sentence_ends_in_its_day_however_it_is_said(when, day):
    read = read_sentence(f"Use Three Questions on 5 cases {when}", THURSDAY)
    assert read == Parts("Use", "Three Questions", "", "on", "5", "cases", "", day)


@pytest.mark.parametrize(
    ("sentence", "practice", "count", "unit"),
    [
        ("Try engaging by marking strengths on 3 visits", "engaging by marking strengths", "3", "visits"),
        (
            "Try engaging by marking strengths on 3 visits in the next 2 weeks",
            "engaging by marking strengths",
            "3",
            "visits",
        ),
        (
            "Ask for decisions by mother and father on 2 cases",
            "for decisions by mother and father",
            "2",
            "cases",
        ),
        ("Use it in the weekly meeting on 2 cases", "it in the weekly meeting", "2", "cases"),
    ],
)
def test_words_that_begin_like_a_month_are_no_day(sentence, practice, count, unit):
    read = read_sentence(sentence, THURSDAY)
    assert (read.practice, read.count, read.unit) == (practice, count, unit)


EXAMPLES = [goal for profile in read_file(SHIPPED).profiles for goal in profile.example_goals]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.practice)
def test_every_example_goal_of_the_shipped_profiles_is_read_as_its_parts(example):
    parts = read_sentence(example.text, TUESDAY, QUICK)
    assert (parts.verb, parts.practice, parts.with_whom, parts.joiner, parts.count, parts.unit) == (
        "Use",
        example.practice,
        example.with_whom,
        "on",
        str(example.count),
        example.unit,
    )


@time_machine.travel(NOON, tick=False)
def test_a_sentence_fills_the_form_and_sets_nothing_yet(page):
    response = page.post(read="1", whole=EXAMPLE_C, practice="something before")
    shown = text_of(response)
    assert response.status_code == 200
    assert "Your sentence, in its parts. Look it over, then set it." in shown
    assert sentence_in(shown) == (
        "Do Safety Circles activity to expand the network with one family by next Friday (December 4)."
    )
    assert 'name="count" value="one"' in shown
    assert 'value="friday" checked' in shown
    assert not Goal.objects.exists()


def test_a_sentence_without_a_day_leaves_the_day_open(page):
    shown = text_of(page.post(read="1", whole="Use Three Questions on 3 calls"))
    assert "by …" in sentence_in(shown)
    assert "checked" not in shown


@pytest.mark.parametrize(
    ("whole", "sentence"),
    [
        ("", "Write your goal as one sentence"),
        ("Call 530-555-0134 with 2 families", "“530-555-0134” looks like a phone number"),
        ("x" * 481, "Keep it to one sentence"),
    ],
)
def test_a_sentence_that_does_not_fit_stays_with_what_was_typed_elsewhere(page, whole, sentence):
    shown = text_of(page.post(read="1", whole=whole, practice="Safety Mapping"))
    assert sentence in shown
    assert whole in shown
    assert 'name="practice" value="Safety Mapping"' in shown


# ---------------------------------------------------------------- ideas


def test_an_idea_of_the_focuss_profile_can_be_borrowed(page):
    idea = ExampleGoal.objects.filter(profile=page.partnership.focuses.get().aspect.profile).first()
    assert f'href="?idea={idea.pk}"' in page.get()
    shown = page.get(f"?idea={idea.pk}")
    for name, value in {"practice": idea.practice, "with_whom": idea.with_whom, "unit": idea.unit}.items():
        assert f'name="{name}" value="{value}"' in shown
    assert idea.practice in sentence_in(shown)


def test_every_example_of_the_edition_that_ships_can_be_borrowed_as_it_stands(db):
    edition = shipped_edition(name="2026-3")
    today = timezone.localdate()
    for idea in ExampleGoal.objects.filter(profile__edition=edition):
        parts = read_sentence(idea.text, today, quick_days(today))
        assert idea.verb in Goal.Verb.values, idea.text
        assert (parts.verb, parts.count, parts.unit) == (idea.verb, str(idea.count), idea.unit), idea.text
        assert parts.by or parts.day, idea.text


def test_an_idea_about_one_aspect_is_offered_to_whoever_works_on_that_one(client_for, cast):
    edition = shipped_edition(name="2026-3")
    partnership = steps.begin(cast.wanda, cast.sam)
    steps.open_session(partnership)
    steps.agree(partnership)
    first, second = edition.profiles.get(slug="safety-mapping").aspects.all()[:2]
    focus = Focus.choose(partnership, [second], by=cast.wanda)[0]
    SelfRating.start(focus, by=cast.wanda, level=2)
    Target.set(focus, 3, by=cast.wanda)
    shown = Page(client_for(cast.wanda), partnership).get()
    for idea in second.example_goals.all():
        assert escape(idea.text) in shown
    for idea in first.example_goals.all():
        assert escape(idea.text) not in shown


@pytest.mark.parametrize("asked", ["0", "abc", "999999999999999999999", "%00"])
def test_an_idea_that_is_not_there_leaves_the_form_as_it_begins(page, asked):
    assert sentence_in(page.get(f"?idea={asked}")).startswith("Use … on …")


# ---------------------------------------------------------------- before a goal


def test_before_an_agreement_the_page_leads_to_it_and_takes_no_goal(client_for, partnership):
    page = Page(client_for(partnership.worker), partnership)
    assert f'<a class="btn btn-primary" href="/coaching/{partnership.slug}/agreement/">' in page.get()
    assert "Set this goal" not in page.get()
    response = page.client.post(page.url, {"practice": "x"})
    assert response.status_code == 403
    assert "First agree on how you’ll work together" in text_of(response)


def test_without_a_focus_the_page_leads_to_the_walk_through(client_for, agreed):
    page = Page(client_for(agreed.worker), agreed)
    assert f'<a class="btn btn-primary" href="/coaching/{agreed.slug}/walkthrough/">' in page.get()
    response = page.client.post(page.url, {"practice": "x"})
    assert response.status_code == 403
    assert "First say where you are on this ladder" in text_of(response)


def test_a_focus_leads_to_its_start_and_then_to_its_target(client_for, agreed):
    page = Page(client_for(agreed.worker), agreed)
    focus = Focus.choose(agreed, steps.aspects_of(agreed)[:1], by=agreed.worker)[0]
    place = f"/coaching/{agreed.slug}/focuses/{focus.aspect_slug}"
    assert f'<a class="btn btn-primary" href="{place}/start/">Say where you are</a>' in page.get()
    SelfRating.start(focus, by=agreed.worker, level=3)
    assert f'<a class="btn btn-primary" href="{place}/target/">Choose your target</a>' in page.get()
    Target.set(focus, 4, by=agreed.worker)
    assert '<button class="btn btn-primary mt-2">Set this goal</button>' in page.get()


def test_there_is_one_primary_act_while_one_focus_waits(page):
    Focus.choose(page.partnership, steps.aspects_of(page.partnership)[1:2], by=page.partnership.worker)
    assert page.get().count("btn-primary") == 1
    assert "Set this goal" in page.get()


# ---------------------------------------------------------------- what goes on


def test_goals_stand_with_their_count_and_day(page):
    focus = page.partnership.focuses.get()
    goal = steps.set_goal(focus, by_on=timezone.localdate() + timedelta(days=3))
    steps.practise(goal, 2)
    shown = page.get()
    assert "Use Three Questions with caregivers on 5 cases" in shown
    assert '<i class="y"></i><i class="y"></i><i></i><i></i><i></i>' in shown
    assert "2 of 5, until " in shown


def test_a_goal_whose_day_has_passed_is_said_calmly(page):
    goal = steps.set_goal(page.partnership.focuses.get())
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        shown = text_of(page.client.get(page.url))
        page.client.force_login(page.partnership.worker)
        shown = page.get()
    assert "The day has passed" in shown
    assert "You can still count on these. Talk about them next time, or let them go." in shown
    assert goal.what in shown


def test_a_reached_goal_stands_under_reached_and_cannot_be_let_go(page):
    goal = steps.set_goal(page.partnership.focuses.get(), count=1)
    steps.practise(goal)
    shown = page.get()
    assert "1 of 1, reached on " in shown
    assert "Let this go" not in shown


def test_the_worker_lets_a_goal_go_and_its_entries_stay(page):
    goal = steps.set_goal(page.partnership.focuses.get())
    steps.practise(goal)
    assert "Let this go" in page.get()
    response = page.client.post(f"{page.url}{goal.pk}/put-down/", follow=True)
    assert response.redirect_chain == [(page.url, 302)]
    assert "You let “Use Three Questions with caregivers on 5 cases” go." in text_of(response)
    goal.refresh_from_db()
    assert goal.put_down_at is not None
    assert goal.entries.count() == 1
    assert "Let this go" not in page.get()


# ---------------------------------------------------------------- who may


def test_the_supervisor_reads_the_goals_and_sets_none(client_for, focused):
    goal = steps.set_goal(focused.focuses.get())
    page = Page(client_for(focused.supervisor), focused)
    shown = page.get()
    assert goal.what in shown
    assert "Goals are Wanda’s own words. Ask what would be worth trying." in shown
    assert "<form" not in shown.split("<main")[1]
    acts = [page.post(), page.post(practice=""), page.client.post(page.url + "sentence/")]
    for response in acts:
        assert response.status_code == 403
        assert "Goals are the worker’s own words. Ask what would be worth trying." in text_of(response)
    response = page.client.post(f"{page.url}{goal.pk}/put-down/")
    assert response.status_code == 403
    assert "Only the worker lets a goal go." in text_of(response)
    assert Goal.objects.get().put_down_at is None


@pytest.mark.parametrize("who", ["olaf", "ada", "root", "petra"])
def test_nobody_else_learns_that_the_goals_exist(client_for, cast, focused, who):
    goal = steps.set_goal(focused.focuses.get())
    page = Page(client_for(getattr(cast, who)), focused)
    answers = [
        page.client.get(page.url),
        page.post(),
        page.client.get(page.url + "sentence/"),
        page.client.post(f"{page.url}{goal.pk}/put-down/"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]
    assert Goal.objects.get().put_down_at is None


def test_a_goal_is_let_go_at_its_own_partnerships_address_only(client_for, cast, focused):
    goal = steps.set_goal(focused.focuses.get())
    other = steps.begin(cast.wanda, cast.nia)
    response = client_for(cast.wanda).post(f"/coaching/{other.slug}/goals/{goal.pk}/put-down/")
    assert response.status_code == 404


def test_the_page_asks_as_much_of_the_database_with_more_goals(page, django_assert_max_num_queries):
    first, *_ = page.partnership.focuses.all()
    for _ in range(3):
        steps.practise(steps.set_goal(first), 2)
    with django_assert_max_num_queries(MOST_QUERIES + 2) as before:  # and the lines and levels shared
        page.client.get(page.url)
    for focus in steps.focus_on(page.partnership, 3)[:]:
        for _ in range(3):
            steps.practise(steps.set_goal(focus), 2)
    with django_assert_max_num_queries(MOST_QUERIES + 2) as after:
        page.client.get(page.url)
    assert len(before) == len(after)
