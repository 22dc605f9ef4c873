import importlib

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from sopcoach.models import User
from sopcoach.people.importing.apply import apply, current
from sopcoach.people.importing.plan import plan
from sopcoach.people.importing.reader import read
from sopcoach.words.names import LONGEST_FOLDED, fold, guess_called
from sopcoach.words.refusal import Refused
from tests.cast import make_cast
from tests.factories import UserFactory

pytestmark = pytest.mark.both_databases

LIST = """name,e-mail,unit,may supervise
"Fenn-Holloway, Robin",robin@agency.example,North unit,no
Dr. Kim Abara,kim@agency.example,North unit,yes
Áine Ñandú,aine@agency.example,North unit,no
"""


@pytest.fixture
def cast(db):
    return make_cast()


# What somebody is called


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Wanda Reyes", "Wanda"),
        ("Reyes, Wanda", "Wanda"),
        ("Reyes Ortiz, Wanda María", "Wanda"),
        ("Fenn-Holloway, Robin", "Robin"),
        ("van Gogh, Vincent", "Vincent"),
        ("Dr. Kim Abara", "Kim"),
        ("Dr Kim Abara", "Kim"),
        ("Prof. Dr. Anna Groß", "Anna"),
        ("Abara, Dr. Kim", "Kim"),
        ("Wanda Reyes, MSW", "Wanda"),
        ("Reyes, Wanda, LCSW", "Wanda"),
        ("Smith Jr., John", "John"),
        ("ד״ר שרה כהן", "שרה"),
        # nothing but a family name is left, and a title is never what one is called
        ("Ms. Reyes", "Reyes"),
        ("Mr. and Mrs. Smith", "Smith"),
        # first names that are a title elsewhere
        ("Marquis Brown", "Marquis"),
        ("Prince Hall", "Prince"),
        ("Dean Smith", "Dean"),
        # first names of two words, with particles, initials and nicknames
        ("La Toya Jackson", "La Toya"),
        ("Abdul Rahman Khan", "Abdul Rahman"),
        ("Ana de la Cruz", "Ana"),
        ("de la Cruz", "de la Cruz"),
        ("Van Nguyen", "Van"),
        ("O’Brien, Mary-Kate", "Mary-Kate"),
        ("J. Robert Smith", "Robert"),
        ("J. R. Smith", "J. R."),
        ("Dr. K. Abara", "K."),
        ("Robert “Bob” Smith", "Bob"),
        ("Wanda Reyes (she/her)", "Wanda"),
        ("Wanda Reyes [intern]", "Wanda"),
        # as a list in capital letters has it
        ("REYES, WANDA", "Wanda"),
        ("MARY-KATE O'NEIL", "Mary-Kate"),
        ("AJ COLE", "AJ"),
        # one word, and scripts that aren't cut
        ("Cher", "Cher"),
        ("王小明", "王小明"),
        ("山田 太郎", "山田 太郎"),
        ("김 철수", "김 철수"),
        ("שרה כהן", "שרה"),
        ("A", "A"),
        ("@", "@"),
        ("", ""),
    ],
)
def test_somebody_is_called_by_neither_a_title_nor_a_family_name_before_a_comma(name, called):
    assert guess_called(name) == called


def test_pages_call_somebody_what_they_chose_and_an_administrator_goes_on_reading_the_name(cast, client_for):
    client = client_for(cast.wanda)
    assert "Called <bdi>Wanda</bdi>" in client.get(reverse("me")).content.decode()

    client.post(reverse("me_called"), {"called": "  Wandita "})

    cast.wanda.refresh_from_db()
    assert (cast.wanda.called, cast.wanda.short_name, cast.wanda.name) == (
        "Wandita",
        "Wandita",
        "Wanda Reyes",
    )
    assert ", Wandita</h1>" in client.get(reverse("home")).content.decode()


def test_what_somebody_chose_stays_when_an_administrator_corrects_the_name_and_a_guess_follows_it(cast):
    cast.wanda.be_called("Wandita", by=cast.wanda)
    for person, name in ((cast.wanda, "Hart, Wanda"), (cast.petra, "Dr. Petronella Lindqvist")):
        person.change(
            by=cast.ada, email=person.email, name=name, unit=None, may_supervise=False, is_administrator=False
        )

    assert [User.objects.get(pk=one.pk).called for one in (cast.wanda, cast.petra)] == [
        "Wandita",
        "Petronella",
    ]


def test_left_empty_it_is_guessed_again_and_follows_the_name(cast):
    cast.wanda.be_called("Wandita", by=cast.wanda)
    cast.wanda.be_called(" ", by=cast.wanda)

    cast.wanda.refresh_from_db()
    assert (cast.wanda.called, cast.wanda.chose_called) == ("Wanda", False)


def test_nobody_says_what_somebody_else_is_called(cast):
    with pytest.raises(Refused, match="theirs to say"):
        cast.wanda.be_called("Wandita", by=cast.ada)


@pytest.mark.parametrize("called", ["Wan\u202eda", "W" * 101])
def test_what_cannot_be_a_name_is_refused_in_a_sentence_and_the_page_keeps_the_one_before(
    cast, client_for, called
):
    with pytest.raises(ValidationError):
        cast.wanda.be_called(called, by=cast.wanda)

    response = client_for(cast.wanda).post(reverse("me_called"), {"called": called})

    assert "One thing to change" in response.content.decode()
    assert User.objects.get(pk=cast.wanda.pk).called == "Wanda"


def test_a_list_of_people_brings_what_they_are_called_and_are_found_by(cast):
    people = read(LIST)
    apply(people, seen=plan(people, current()).fingerprint, by=cast.ada)

    assert [
        (person.called, person.name_folded)
        for person in User.objects.filter(email__in=["robin@agency.example", "kim@agency.example"]).for_list()
    ] == [("Kim", "dr kim abara"), ("Robin", "robin fenn holloway")]

    renamed = read(LIST.replace("Dr. Kim Abara", "Dr. Kimberley Abara"))
    apply(renamed, seen=plan(renamed, current()).fingerprint, by=cast.ada)

    kim = User.objects.get(email="kim@agency.example")
    assert (kim.called, kim.name_folded) == ("Kimberley", "dr kimberley abara")


def test_a_name_is_never_written_without_what_follows_from_it(cast):
    with pytest.raises(TypeError, match="what it is found by"):
        User.objects.filter(pk=cast.wanda.pk).update(name="Wanda Hart")


def test_people_from_before_are_called_what_their_names_say(cast):
    UserFactory(name="Reyes, Zoë", email="zoe@agency.example")
    everybody = dict(User.objects.values_list("pk", "name_folded"))
    User.objects.update(name_folded="", called="", called_folded="")

    migration = importlib.import_module("sopcoach.migrations.0004_what_a_person_is_called")
    migration.fill(apps, None)

    assert User.objects.get(email="zoe@agency.example").called == "Zoë"
    assert dict(User.objects.values_list("pk", "name_folded")) == everybody


# How people are found and put in order


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Áine Ñandú", "aine nandu"),
        ("A\u0301ine N\u0303andu\u0301", "aine nandu"),
        ("Søren Łukasz Đặng Groß", "soren lukasz dang gross"),
        ("İpek Işık", "ipek isik"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("Fenn-Holloway,  Robin", "fenn holloway robin"),
        ("\ud800 -\x00", ""),
    ],
)
def test_a_name_is_folded_to_small_letters_of_one_alphabet(name, folded):
    assert fold(name) == folded


def test_letters_that_people_leave_out_are_folded_away_in_any_script():
    assert fold("שָׂרָה") == fold("שרה") != ""
    assert fold("Ё") == fold("ё")


def test_a_folded_name_fits_its_column_whatever_the_name():
    assert len(fold("﷽" * 100)) <= LONGEST_FOLDED


@pytest.mark.parametrize(
    "words",
    ["aine", "AINE", "Áine", "áine", "nandu ain", "Ñandú", "A\u0301ine", "áine@", "nan 7@AGENCY", "ñan -"],
)
def test_people_are_found_whatever_accents_and_case_are_typed(cast, words):
    UserFactory(name="Áine Ñandú", email="áine-7@agency.example")

    assert [person.name for person in User.objects.named(words)] == ["Áine Ñandú"]


def test_people_are_found_by_what_they_are_called(cast):
    cast.wanda.be_called("Ouanda", by=cast.wanda)

    assert list(User.objects.named("ouanda reyes")) == [cast.wanda]


@pytest.mark.parametrize("words", ["\ud800", "a\x00", "%", "_", "wanda%"])
def test_a_search_for_what_nobody_is_called_finds_nobody_or_asks_no_more_than_its_letters(cast, words):
    assert set(User.objects.named(words)) <= set(User.objects.named(fold(words)))


def test_people_stand_in_one_order_on_every_database(db):
    names = ["Élan Zed", "de la Cruz", "Delacroix", "elan Aba", "Ōta Jin", "Ota Kai", "Über", "Zoë", "zoe A"]
    for number, name in enumerate(names):
        UserFactory(name=name, email=f"{number}@agency.example")

    assert [person.name for person in User.objects.for_list()] == [
        "de la Cruz",
        "Delacroix",
        "elan Aba",
        "Élan Zed",
        "Ōta Jin",
        "Ota Kai",
        "Über",
        "Zoë",
        "zoe A",
    ]
