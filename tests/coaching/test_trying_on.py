"""What somebody keeps for themselves while trying on, and what of it they bring along later."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from coaching.models import CarriedItem, Invitation, Placement, PrivateEntry, carry, engagement
from coaching.models.private_entry import LINE_LIMIT
from sopcoach.words.refusal import Refused
from tests.coaching import steps

pytestmark = pytest.mark.both_databases

LINE = "I opened with what works."


@pytest.fixture
def trying(cast, edition):
    return Invitation.send(by=cast.sam, to=cast.wanda).reply(by=cast.wanda, answer="trying_on")


@pytest.fixture
def aspect(edition):
    return edition.aspects.select_related("profile").get(slug="listening-opening")


@pytest.fixture
def entry(cast, aspect):
    return PrivateEntry.write(by=cast.wanda, aspect=aspect, line=LINE)


def test_anybody_notes_privately_what_they_tried(cast, edition, client_for):
    client = client_for(cast.petra)
    yesterday = timezone.localdate() - timedelta(days=1)
    sent = {"aspect": "listening-opening", "line": LINE, "practised_on": yesterday.isoformat()}
    response = client.post(reverse("private_practice"), sent, follow=True)
    kept = PrivateEntry.objects.get()
    assert (kept.owner, kept.line, kept.practised_on) == (cast.petra, LINE, yesterday)
    assert LINE in response.text
    assert "Only you can read this page." in response.text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"line": ""}, "Write a line about it"),
        ({"aspect": ""}, "Choose what you tried."),
        ({"aspect": "no-such-aspect"}, "is none of the aspects here"),
        ({"line": "Case 18-20417 went well."}, "looks like a case number"),
        ({"line": "x" * (LINE_LIMIT + 1)}, "characters long"),
        ({"practised_on": "soon"}, "Write a day such as"),
        ({"practised_on": "2190-01-01"}, "Choose the day on which you tried it."),
    ],
)
def test_what_does_not_fit_is_kept_in_its_field_and_gets_a_sentence(
    cast, edition, client_for, sent, sentence
):
    sent = {"aspect": "listening-opening", "line": LINE, "practised_on": ""} | sent
    response = client_for(cast.wanda).post(reverse("private_practice"), sent)
    assert response.status_code == 200
    assert sentence in response.text
    assert (sent["line"] or sent["aspect"]) in response.text
    assert not PrivateEntry.objects.exists()


def test_without_an_edition_the_page_says_when_it_opens(cast, client_for):
    assert (
        "As soon as practice profiles are published"
        in client_for(cast.wanda).get(reverse("private_practice")).text
    )


def test_its_owner_deletes_an_entry_and_nobody_else_can(cast, client_for, entry):
    address = reverse("private_entry_delete", args=[entry.pk])
    for name in ("sam", "nia", "petra", "olaf", "ada", "root"):
        assert client_for(getattr(cast, name)).post(address).status_code == 404
    assert client_for(cast.wanda).get(address).status_code == 405
    client_for(cast.wanda).post(address)
    assert not PrivateEntry.objects.exists()


def test_nobody_else_reads_what_somebody_keeps(cast, trying, client_for, entry, aspect):
    Placement.place(aspect, by=cast.wanda, level=3, note="It came by itself.")
    for person in (cast.sam, cast.petra, cast.ada, cast.root):
        client = client_for(person)
        for address in (
            reverse("private_practice"),
            reverse("placements"),
            reverse("home"),
            reverse("partnership", args=[trying.slug]),
        ):
            text = client.get(address).text
            assert LINE not in text
            assert "It came by itself." not in text


def test_the_worker_sees_on_the_page_what_is_kept(cast, trying, client_for, entry, aspect):
    Placement.place(aspect, by=cast.wanda, level=3)
    page = client_for(cast.wanda).get(reverse("partnership", args=[trying.slug])).text
    assert LINE in page
    assert f"{aspect.title}: level 3, Practicing" in page
    assert 'type="checkbox"' not in page


def test_nothing_is_brought_along_before_an_agreement_is_in_force(cast, trying, entry):
    with pytest.raises(Refused, match="trying things on"):
        carry([entry], into=trying, by=cast.wanda)
    engagement.formalize(trying, by=cast.wanda)
    with pytest.raises(Refused, match="both sign the agreement"):
        carry([entry], into=trying, by=cast.wanda)
    assert not CarriedItem.objects.exists()


def test_chosen_entries_are_copied_and_the_private_ones_stay(cast, trying, client_for, entry, aspect):
    other = PrivateEntry.write(by=cast.wanda, aspect=aspect, line="Lost the thread.")
    engagement.formalize(trying, by=cast.wanda)
    steps.agree(trying)
    address = reverse("carry", args=[trying.slug])
    page = client_for(cast.wanda).get(address).text
    assert LINE in page
    assert " checked" not in page
    client_for(cast.wanda).post(address, {"items": [str(entry.pk)]})
    assert [item.note for item in CarriedItem.objects.all()] == [LINE]
    assert PrivateEntry.objects.count() == 2
    text = client_for(cast.sam).get(reverse("partnership", args=[trying.slug])).text
    assert LINE in text
    assert other.line not in text


def test_a_private_entry_of_somebody_else_cannot_be_brought_along(cast, trying, aspect):
    theirs = PrivateEntry.write(by=cast.petra, aspect=aspect, line="Mine.")
    engagement.formalize(trying, by=cast.wanda)
    steps.agree(trying)
    with pytest.raises(ValidationError, match="Choose from what is listed below"):
        carry([theirs], into=trying, by=cast.wanda)
