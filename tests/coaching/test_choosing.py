"""Choosing people: searched, a few at a time, and two of one name told apart (product.md, 10)."""

import pytest
from django.urls import reverse

from coaching.models import Invitation, ShadowOffer
from coaching.training.models import Cohort
from sopcoach.models import User
from sopcoach.people.choosing import FIRST_SHOWN, told_apart
from tests.coaching import gathering
from tests.factories import UnitFactory, UserFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def many(cast) -> list[User]:
    """Thirty colleagues of Sam's unit, and one whose name is typed without its marks."""
    people = [UserFactory(name=f"Colleague Number{number:02}", unit=cast.unit) for number in range(30)]
    return [*people, UserFactory(name="Áine Ñandú", email="aine@agency.example")]


def checked(page: str, name: str, person: User) -> bool:
    return f'name="{name}" value="{person.pk}" id="id_{name}_{person.pk}" checked' in page


# Who is meant


def test_one_of_a_name_needs_nothing_beside_it(cast):
    assert told_apart([cast.wanda, cast.sam]) == {cast.wanda.pk: "", cast.sam.pk: ""}


def test_two_of_one_name_are_told_apart_by_unit_else_by_the_beginning_of_the_e_mail(cast):
    river = UnitFactory(name="River unit")
    here, there, near, loose = (
        UserFactory(name=name, email=f"alex.{number}@agency.example", unit=unit)
        for number, (name, unit) in enumerate(
            [("Alex Fenn", cast.unit), ("ALEX FÉNN", river), ("Alex Fenn", cast.unit), ("Alex Fenn", None)]
        )
    )

    tells = told_apart([here, there, near, loose])

    assert [tells[one.pk] for one in (here, there, near, loose)] == [
        "alex.0",
        "River unit",
        "alex.2",
        "in no unit",
    ]


def test_two_with_the_same_before_the_at_are_told_apart_by_the_whole_e_mail(cast):
    people = [UserFactory(name="Alex Fenn", email=f"alex@{place}.example") for place in ("north", "river")]

    assert list(told_apart(people).values()) == ["alex@north.example", "alex@river.example"]


def test_whoever_is_called_otherwise_still_has_the_same_name(cast):
    people = [UserFactory(name="Alex Fenn", email=f"alex.{number}@agency.example") for number in range(2)]
    people[0].be_called("Lexi", by=people[0])

    assert list(told_apart(people).values()) == ["alex.0", "alex.1"]


def test_somebody_cut_off_the_list_counts_as_a_namesake_too(cast, many, client_for):
    UserFactory(name="Colleague Number00", email="zz@agency.example", unit=cast.unit, is_active=True)
    UserFactory(name="Colleague Number01", email="gone@agency.example", unit=cast.unit, is_active=False)
    page = (
        client_for(cast.sam).post(reverse("invite"), {"act": "find", "to_words": "colleague.number00@"}).text
    )

    assert "colleague.number00</span>" in page
    page = client_for(cast.sam).post(reverse("invite"), {"act": "find", "to_words": "number01"}).text
    assert "North unit</span>" in page


@pytest.mark.usefixtures("edition")
def test_wherever_people_are_chosen_two_of_one_name_differ(cast, client_for):
    twins = [
        UserFactory(
            name="Alex Fenn", email=f"alex.{number}@agency.example", unit=cast.unit, may_supervise=True
        )
        for number in range(2)
    ]
    group = gathering.open_group(cast.sam, [*twins, cast.petra, cast.wanda])
    session = gathering.plan(group)
    gathering.gather(session, [*twins, cast.petra, cast.wanda])
    cohort = Cohort(title="New", audience="workers", edition=session.profile.edition, facilitator=cast.nia)
    cohort.starts_on = cohort.ends_on = "2030-03-04"
    cohort.keep(by=cast.ada)
    sam, ada = client_for(cast.sam), client_for(cast.ada)
    for client, address in (
        (sam, reverse("invite")),
        (sam, reverse("group_new")),
        (sam, reverse("shadow_note_new")),
        (client_for(cast.wanda), reverse("ask")),
        (ada, reverse("manage_cohort_new")),
        (ada, reverse("manage_cohort_people", args=[cohort.slug])),
    ):
        page = client.get(address).text
        assert "alex.0</span>" in page, address
        assert "alex.1</span>" in page, address
    lobby = sam.get(reverse("group", args=[group.slug])).text
    assert lobby.count("alex.0</span>") == 2, "on the list, and to hand it over to"
    assert lobby.count("Alex Fenn (alex.0)</option>") == 2, "to present and to advise"


# A search


@pytest.mark.parametrize("words", ["aine", "ÁINE", "ñandu", "aine@agency"])
def test_people_are_found_whatever_is_typed_of_them_and_what_is_typed_elsewhere_stays(
    cast, many, client_for, words
):
    response = client_for(cast.sam).post(
        reverse("invite"),
        {"act": "find", "to_words": words, "to": [cast.wanda.pk, many[3].pk], "words": "Shall we, you two?"},
    )

    assert response.status_code == 200
    page = response.text
    assert f'value="{many[-1].pk}"' in page
    assert checked(page, "to", cast.wanda)
    assert checked(page, "to", many[3])
    assert "Colleague Number05" not in page
    assert "Shall we, you two?</textarea>" in page
    assert "One person fits." in page
    assert 'role="alert"' not in page
    assert not Invitation.objects.exists()


def test_a_long_list_shows_a_few_and_says_how_to_find_others(cast, many, client_for):
    page = client_for(cast.sam).get(reverse("invite")).text

    assert page.count('name="to"') == FIRST_SHOWN
    assert "8 of 35 people are shown, those of your own unit first." in page
    assert "Olaf Berg" not in page


def test_a_list_that_is_all_there_has_no_search(cast, client_for):
    assert "to_words" not in client_for(cast.sam).get(reverse("invite")).text


def test_a_script_gets_the_people_alone_and_a_line_to_say_aloud(cast, many, client_for):
    response = client_for(cast.sam).post(
        reverse("invite"), {"act": "find", "to_words": "number", "to": [cast.wanda.pk]}, headers=HTMX
    )

    page = response.text
    assert "<h1" not in page
    assert checked(page, "to", cast.wanda)
    assert '<div hx-swap-oob="innerHTML:#id_to_told">20 of 30 who fit are shown.' in page


def test_a_search_that_finds_nobody_says_so_and_keeps_the_field(cast, many, client_for):
    page = client_for(cast.sam).post(reverse("invite"), {"act": "find", "to_words": "zzz"}).text

    assert "Nobody here fits that. Try fewer letters." in page
    assert 'value="zzz"' in page


@pytest.mark.parametrize("words", ["\x00", "a\x00b", "%", "'", "x" * 5000, "\u202e"])
def test_whatever_is_looked_for_gets_a_page(cast, many, client_for, words):
    for headers in (None, HTMX):
        response = client_for(cast.sam).post(
            reverse("invite"), {"act": "find", "to_words": words}, headers=headers
        )
        assert response.status_code == 200


def test_sent_by_its_own_button_a_form_is_no_search(cast, client_for):
    page = (
        client_for(cast.sam)
        .post(reverse("invite"), {"act": "send", "to_words": "wanda", "words": "Shall we?"})
        .text
    )

    assert "Choose at least one colleague." in page


@pytest.mark.usefixtures("edition")
def test_a_search_finds_nobody_who_could_not_be_chosen(cast, many, client_for):
    Invitation.send(by=cast.sam, to=cast.wanda)
    gone = UserFactory(name="Gone Number", is_active=False)
    for address, client, field, hidden in (
        (reverse("invite"), client_for(cast.sam), "to", [cast.wanda, cast.sam, gone]),
        (reverse("ask"), client_for(cast.petra), "to", [cast.wanda, many[0], cast.petra, gone]),
        (reverse("group_new"), client_for(cast.sam), "people", [cast.sam, gone]),
    ):
        for person in hidden:
            page = client.post(address, {"act": "find", f"{field}_words": person.email}).text
            assert f'value="{person.pk}"' not in page, (address, person.name)


@pytest.mark.usefixtures("edition")
def test_whoever_is_chosen_stays_through_a_search_in_every_form(cast, many, client_for):
    group = gathering.open_group(cast.sam, [])
    ada, sam = client_for(cast.ada), client_for(cast.sam)
    for client, address, field, typed in (
        (client_for(cast.wanda), reverse("ask"), "to", {"wish": "trying_on", "words": "May I?"}),
        (sam, reverse("group_new"), "people", {"title": "Mapping on Tuesdays"}),
        (sam, reverse("group_ask", args=[group.slug]), "people", {}),
        (client_for(cast.wanda), reverse("shadow_note_new"), "colleague", {"stood_out": "A long pause."}),
        (ada, reverse("manage_cohort_new"), "facilitator", {"title": "New workers, spring"}),
    ):
        sent = {"act": "find", f"{field}_words": "number", field: cast.nia.pk}
        page = client.post(address, typed | sent).text
        assert checked(page, field, cast.nia), address
        for text in typed.values():
            assert text in page, (address, text)
        assert 'role="alert"' not in page


@pytest.mark.usefixtures("edition")
def test_those_to_hand_a_group_to_are_searched_on_its_page(cast, client_for):
    heirs = [UserFactory(name=f"Heir Number{number:02}", may_supervise=True) for number in range(25)]
    group = gathering.open_group(cast.sam, heirs)
    client, address = client_for(cast.sam), reverse("group_hand_over", args=[group.slug])
    typed = {"act": "find", "to_words": "number24", "to": heirs[3].pk}

    page = client.post(address, typed).text
    assert "<h1" in page
    assert checked(page, "to", heirs[3])
    assert f'value="{heirs[24].pk}"' in page
    assert "<h1" not in client.post(address, typed, headers=HTMX).text
    group.refresh_from_db()
    assert group.facilitator == cast.sam


def test_those_who_may_be_shadowed_are_searched(cast, edition, many, client_for):
    Invitation.send(by=cast.sam, to=cast.wanda).reply(by=cast.wanda, answer="observing")
    for person in many:
        ShadowOffer.offer(by=person, profiles=[edition.profiles.all()[0]])
    client = client_for(cast.wanda)

    assert "8 of 31 people are shown" in client.get(reverse("shadowing")).text
    found = client.get(reverse("shadowing"), {"q": "aine"}).text
    assert "Áine Ñandú" in found
    assert "Colleague Number01" not in found
