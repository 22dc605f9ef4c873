"""Names of people and schools are asked about and never stopped."""

import pytest
from django.urls import reverse

from coaching.models import StageWords
from coaching.rules.noticing import people_and_schools
from tests.coaching import steps

ASKED_ABOUT = [
    ("Maria Gonzalez from Lincoln Elementary told me on March 3rd", ("Maria Gonzalez", "Lincoln Elementary")),
    ("Jayden M. was quiet today", ("Jayden M.",)),
    ("then grandma Rosa helped", ("grandma Rosa",)),
    ("Mrs. Lopez called me back", ("Mrs. Lopez",)),
    ("the Gonzalez family and I", ("Gonzalez",)),
    ("José told me so, then José again", ("José",)),
    ("we met at Roosevelt High School", ("Roosevelt High School",)),
]
PASS = [
    "I asked the Three Questions with Safety Mapping and the Harm and Danger Statement",
    "Will you ask again? May I? A grace period. Mark the date.",
    "In Family Court, then Drug Court, in April and in May",
    "Plan B. worked, Part A. too",
    "High school is hard, and middle school harder",
    "Hope is a good beginning",
    "",
]


@pytest.mark.parametrize(("text", "names"), ASKED_ABOUT)
def test_a_name_by_list_or_shape_is_noticed_once(text, names):
    assert people_and_schools(text) == names


@pytest.mark.parametrize("text", PASS)
def test_ordinary_sentences_of_the_field_ask_nothing(text):
    assert people_and_schools(text) == ()


def say(client, session, text):
    address = reverse("stage", args=[session.partnership.slug, session.number, "purpose"])
    return client.post(
        address, {"field": "words", "text": text, "revision": 0}, headers={"X-Autosave": "1"}
    ).json()


def test_what_is_said_in_a_session_is_saved_and_asked_about(cast, partnership, client_for):
    session = steps.open_session(partnership)
    answer = say(client_for(cast.wanda), session, "Maria Gonzalez told me.")
    assert answer["status"].startswith("Saved at ")
    assert "“Maria Gonzalez”: somebody from a family" in answer["status"]
    assert StageWords.objects.get().text == "Maria Gonzalez told me."


def test_a_colleague_s_name_asks_nothing(cast, partnership, client_for):
    session = steps.open_session(partnership)
    for name in ("Petra Lindqvist", "Sam Ortiz", "Mrs. Okafor"):
        cast.olaf.name = "Maria Gonzalez"
        cast.olaf.save()
        answer = say(client_for(cast.wanda), session, f"I went along with {name} and Maria.")
        assert "family" not in answer["status"], name
        StageWords.objects.all().delete()


def test_a_form_that_was_taken_asks_on_the_page_it_leads_to(cast, session, client_for):
    client = client_for(cast.wanda)
    goal = session.partnership.goals.get()
    entry = steps.practise(goal)[0]
    page = client.post(
        reverse("practice_line", args=[entry.pk]), {"line": "Mrs. Lopez laughed."}, follow=True
    )
    assert "“Mrs. Lopez”: somebody from a family" in page.text
    assert entry.line.text == "Mrs. Lopez laughed."
