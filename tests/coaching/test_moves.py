"""A page of the workflow that htmx asks for is its title and its main; views have no part in that (ADR 31)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.models import CoachingSession
from tests.coaching import steps


@pytest.fixture
def opening(partnership) -> CoachingSession:
    return steps.open_session(partnership)


@pytest.fixture
def of_wanda(cast, client_for):
    """What htmx sends for a link or a form that says nothing else."""
    client = client_for(cast.wanda)
    person = client.get("/still-here/")["X-Person"]
    return client, {"HX-Request": "true", "HX-Boosted": "true", "X-Person": person}


def stage(session, key="purpose") -> str:
    return reverse("stage", args=[session.partnership.slug, session.number, key])


def test_a_stage_comes_without_its_shell_and_says_the_same(opening, of_wanda):
    client, moving = of_wanda
    whole = client.get(stage(opening)).text
    alone = client.get(stage(opening), headers=moving).text
    assert "<html" not in alone
    assert "data-keep" not in alone
    assert alone.count("<main") == 1
    assert "<h1" in alone
    main = re.compile(r"<main.*</main>", re.DOTALL)
    key = re.compile(r'name="(form_key|csrfmiddlewaretoken)" value="[^"]+"|state=[^"]+')
    assert key.sub("", main.search(alone)[0]) == key.sub("", main.search(whole)[0])
    title = re.compile(r"<title>.*</title>")
    assert title.search(alone)[0] == title.search(whole)[0]
    assert alone.count('id="tabs"') == 1


def test_a_form_that_leads_on_is_followed_to_the_page_that_it_leads_to(opening, of_wanda):
    client, moving = of_wanda
    sent = {"words": "What my family needs from me."}
    answer = client.post(stage(opening), sent, headers=moving, follow=True)
    assert answer.redirect_chain
    assert "<html" not in answer.text
    assert "What my family needs from me." in answer.text


def test_sent_twice_is_once_by_htmx_too(opening, of_wanda):
    client, moving = of_wanda
    at = reverse("stage", args=[opening.partnership.slug, opening.number, "next_steps"])
    key = re.search(r'name="form_key" value="([^"]+)"', client.get(at, headers=moving).text)[1]
    promise = {
        "promise": "I ask before I tell.",
        "due_on": f"{timezone.localdate() + timedelta(days=7)}",
        "form_key": key,
    }
    make = reverse("promise_make", args=[opening.partnership.slug, opening.number])
    assert client.post(make, promise, headers=moving).status_code == 302
    assert client.post(make, promise, headers=moving).status_code == 303
    assert opening.promises.count() == 1


def test_the_page_that_a_form_stood_on_stays_in_the_history_when_it_is_refused(opening, of_wanda):
    client, moving = of_wanda
    make = reverse("promise_make", args=[opening.partnership.slug, opening.number])
    answer = client.post(make, {"promise": "", "due_on": ""}, headers=moving)
    assert answer.status_code == 200
    assert answer["HX-Push-Url"] == "false"
    assert "<main" in answer.text


def test_a_page_that_comes_back_to_itself_is_no_second_one_in_the_history(opening, of_wanda):
    client, moving = of_wanda
    from_there = moving | {"HX-Current-URL": f"http://testserver{stage(opening)}"}
    assert client.get(stage(opening), headers=from_there)["HX-Push-Url"] == "false"
    assert "HX-Push-Url" not in client.get(stage(opening, "context"), headers=from_there)


@pytest.mark.parametrize("name", ["home", "practice", "me", "profiles:list"])
def test_a_page_of_another_kind_is_opened_whole(name, of_wanda):
    client, moving = of_wanda
    answer = client.get(reverse(name), headers=moving)
    assert answer["HX-Redirect"] == reverse(name)
    assert answer.text == ""


def test_whoever_has_signed_in_since_never_stands_in_somebody_elses_shell(
    opening, cast, client_for, of_wanda
):
    _, moving = of_wanda
    sams = client_for(cast.sam)
    answer = sams.get(stage(opening), headers=moving)
    assert answer["HX-Redirect"] == stage(opening)
    assert answer.text == ""
    assert sams.post(stage(opening), {"words": "?", "act": "next"}, headers=moving).status_code == 401


def test_a_refusal_is_a_page_like_any_other(opening, cast, client_for):
    client = client_for(cast.olaf)
    person = client.get("/still-here/")["X-Person"]
    answer = client.get(
        stage(opening), headers={"HX-Request": "true", "HX-Boosted": "true", "X-Person": person}
    )
    assert answer.status_code == 404
    assert "<html" not in answer.text
    assert answer.text.count("<main") == 1
