import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from sopcoach.models import User
from sopcoach.requests.actor import has_wall
from sopcoach.words import readers


@pytest.mark.django_db
def test_anybody_reads_who_can_read_what(client):
    page = client.get(reverse("who_reads_what")).content.decode()

    for thing in readers.WHO_READS:
        assert thing.what in page


@pytest.mark.django_db
def test_the_limits_are_named_to_anybody_and_legal_protection_is_not_promised(client):
    page = client.get(reverse("limits")).content.decode()

    assert "gives it no legal protection" in page
    assert "A court, an investigation or a request for public records" in page


@pytest.mark.django_db
def test_the_limits_say_whether_the_database_is_a_wall_of_its_own(client):
    page = client.get(reverse("limits")).content.decode()

    assert ("the database decides it once more by itself" in page) == has_wall()
    assert ("This installation runs on SQLite" in page) != has_wall()


@pytest.mark.django_db
def test_a_page_that_does_not_exist_says_so_kindly(client_for):
    person = User.objects.create_user("wanda@agency.example", name="Wanda Reyes")
    response = client_for(person).get("/coaching/nothing/")

    assert response.status_code == 404
    assert "There’s nothing here to show you" in response.content.decode()


@pytest.mark.django_db
def test_a_form_from_a_page_that_has_grown_old_is_refused_in_a_sentence():
    response = Client(enforce_csrf_checks=True).post(
        reverse("account_login"), {"login": "a", "password": "b"}
    )

    assert response.status_code == 403
    assert "This page had grown old" in response.content.decode()


UNREADABLE = [
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=latin-1",
    "multipart/form-data; boundary=",
]


def send(content_type: str, **headers: str):
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("account_login"))
    headers["X-CSRFToken"] = client.cookies["csrftoken"].value
    return client.post(reverse("account_login"), b"login=a", content_type=content_type, headers=headers)


@pytest.mark.django_db
@pytest.mark.parametrize("content_type", UNREADABLE)
def test_what_cannot_be_read_gets_a_page_that_helps(content_type):
    answer = send(content_type)

    assert answer.status_code == 400
    assert "This couldn’t be read" in answer.text
    assert "Go back and load the page again." in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize("content_type", UNREADABLE)
def test_words_that_cannot_be_read_get_an_answer_that_a_script_understands(content_type):
    answer = send(content_type, **{"X-Autosave": "1"})

    assert answer.status_code == 400
    assert answer.json()["status"] == "This couldn’t be read, so it isn’t saved."


def test_the_page_for_our_own_mistakes_needs_nothing_that_may_be_broken():
    page = render_to_string("500.html")

    assert "It isn’t anything you did." in page
    assert "{%" not in page
