"""Going along with a colleague: notes of one's own, what is shown to whom, and who may be shadowed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from coaching.models import Invitation, ShadowNote, ShadowOffer, ShownNote, trying_on
from profiles.models import PracticeProfile
from sopcoach.words.refusal import Refused

pytestmark = pytest.mark.both_databases

SEEN = "Petra asked, and then counted to ten."


@pytest.fixture
def watching(cast, edition):
    return Invitation.send(by=cast.sam, to=cast.wanda).reply(by=cast.wanda, answer="observing")


@pytest.fixture
def aspect(edition):
    return edition.aspects.select_related("profile").get(slug="listening-opening")


@pytest.fixture
def note(cast, aspect):
    return ShadowNote.write(
        by=cast.wanda, aspect=aspect, stood_out=SEEN, question="How did you hold on?", colleague=cast.petra
    )


def test_what_somebody_saw_is_kept_for_them_alone(cast, edition, client_for):
    sent = {"aspect": "listening-opening", "stood_out": SEEN, "question": "", "colleague": cast.petra.pk}
    client = client_for(cast.wanda)
    response = client.post(reverse("shadow_note_new"), sent, follow=True)
    kept = ShadowNote.objects.get()
    assert (kept.owner, kept.colleague, kept.seen_on) == (cast.wanda, cast.petra, timezone.localdate())
    assert SEEN in response.text
    for name in ("sam", "petra", "nia", "olaf", "ada", "root"):
        other = client_for(getattr(cast, name))
        assert SEEN not in other.get(reverse("shadowing")).text
        for route in ("shadow_note", "shadow_note_show"):
            assert other.get(reverse(route, args=[kept.pk])).status_code == 404
            act = "show" if route == "shadow_note_show" else "delete"
            assert other.post(reverse(route, args=[kept.pk]), {"act": act}).status_code == 404
    assert ShadowNote.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"stood_out": ""}, "Write what stood out to you"),
        ({"aspect": ""}, "Choose what you looked at."),
        ({"aspect": "nothing"}, "is none of the aspects here"),
        ({"stood_out": "The family at 12 Elm Street."}, "looks like a street address"),
        ({"question": "Call 916-555-0134?"}, "looks like a phone number"),
        ({"seen_on": "2190-01-01"}, "Choose the day on which you saw it."),
        ({"colleague": "nobody"}, "Choose somebody from the list."),
    ],
)
def test_what_does_not_fit_is_kept_in_its_field_and_gets_a_sentence(
    cast, edition, client_for, sent, sentence
):
    sent = {"aspect": "listening-opening", "stood_out": SEEN, "question": "Why?"} | sent
    response = client_for(cast.wanda).post(reverse("shadow_note_new"), sent)
    assert response.status_code == 200
    assert sentence in response.text
    assert (sent["stood_out"] or sent["question"]) in response.text
    assert not ShadowNote.objects.exists()


def test_a_note_is_changed_and_deleted_by_its_writer(cast, client_for, note):
    client = client_for(cast.wanda)
    address = reverse("shadow_note", args=[note.pk])
    assert SEEN in client.get(address).text
    client.post(address, {"aspect": "listening-following", "stood_out": "Petra waited."})
    note.refresh_from_db()
    assert (note.aspect_slug, note.stood_out, note.colleague) == (
        "listening-following",
        "Petra waited.",
        None,
    )
    client.post(address, {"act": "delete"})
    assert not ShadowNote.objects.exists()


def test_a_note_is_shown_to_the_colleague_it_is_about_and_to_nobody_else(cast, watching, client_for, note):
    client = client_for(cast.wanda)
    address = reverse("shadow_note_show", args=[note.pk])
    page = client.get(address).text
    assert "Show this to Petra?" in page
    assert not ShownNote.objects.exists()
    client.post(address, {"act": "show"})
    shown = client_for(cast.petra).get(reverse("shadowing")).text
    assert SEEN in shown
    assert "Wanda asks:" in shown
    for name in ("sam", "nia", "olaf", "ada", "root"):
        other = client_for(getattr(cast, name))
        assert SEEN not in other.get(reverse("shadowing")).text
        assert SEEN not in other.get(reverse("home")).text
    assert SEEN not in client_for(cast.sam).get(reverse("partnership", args=[watching.slug])).text


def test_what_was_shown_stays_as_it_was_until_it_is_taken_back(cast, client_for, note):
    copy = note.show(by=cast.wanda)
    response = client_for(cast.wanda).post(
        reverse("shadow_note", args=[note.pk]),
        {"aspect": "listening-opening", "stood_out": "Something else."},
    )
    assert response.status_code == 403
    assert "it stays as it was shown" in response.text
    with pytest.raises(TypeError, match="never change"):
        copy.save()
    client_for(cast.wanda).post(reverse("shadow_note_show", args=[note.pk]), {"act": "take_back"})
    assert not ShownNote.objects.exists()
    assert SEEN not in client_for(cast.petra).get(reverse("shadowing")).text
    note.rewrite(by=cast.wanda, aspect=note.aspect, stood_out="Something else.")


def test_deleting_a_note_takes_the_copy_away_as_well(cast, note):
    note.show(by=cast.wanda)
    note.discard(by=cast.wanda)
    assert not ShownNote.objects.exists()


def test_a_note_that_names_nobody_can_be_shown_to_nobody(cast, aspect, client_for):
    note = ShadowNote.write(by=cast.wanda, aspect=aspect, stood_out=SEEN)
    page = client_for(cast.wanda).get(reverse("shadow_note_show", args=[note.pk])).text
    assert "This note names no colleague" in page
    response = client_for(cast.wanda).post(reverse("shadow_note_show", args=[note.pk]), {"act": "show"})
    assert response.status_code == 403
    assert "can be shown to nobody" in response.text


def test_nobody_else_shows_rewrites_or_takes_back_a_note(cast, note):
    for act in (
        lambda: note.show(by=cast.sam),
        lambda: note.rewrite(by=cast.petra, aspect=note.aspect, stood_out="Else."),
        lambda: note.discard(by=cast.sam),
    ):
        with pytest.raises(Refused, match="A note is its writer’s alone"):
            act()
    copy = note.show(by=cast.wanda)
    with pytest.raises(Refused, match="taken back by whoever has shown it"):
        copy.take_back(by=cast.petra)


def test_a_note_is_about_somebody_else(cast, aspect):
    with pytest.raises(ValidationError, match="somebody other than yourself"):
        ShadowNote.write(by=cast.wanda, aspect=aspect, stood_out=SEEN, colleague=cast.wanda)
    with pytest.raises(ValidationError, match="on which you saw it"):
        ShadowNote.write(
            by=cast.wanda, aspect=aspect, stood_out=SEEN, seen_on=timezone.localdate() + timedelta(days=1)
        )


def test_anybody_offers_to_be_shadowed_and_takes_it_back(cast, edition, client_for):
    client = client_for(cast.petra)
    address = reverse("shadow_offer")
    assert " checked" not in client.get(address).text
    client.post(address, {"profiles": ["listening", "mapping"]})
    client.post(address, {"profiles": ["mapping", "planning"]})
    assert sorted(ShadowOffer.objects.values_list("profile_slug", flat=True)) == ["mapping", "planning"]
    assert 'value="mapping" checked' in client.get(address).text
    client.post(address, {})
    assert not ShadowOffer.objects.exists()
    assert "Choose from the practice profiles" in client.post(address, {"profiles": ["dancing"]}).text


def test_those_who_observe_see_the_offers_and_nobody_else(cast, watching, edition, client_for):
    offered = PracticeProfile.objects.get(edition=edition, slug="mapping")
    ShadowOffer.offer(by=cast.petra, profiles=[offered])
    page = client_for(cast.wanda).get(reverse("shadowing")).text
    assert "Petra Lindqvist" in page
    assert "Mapping" in page
    for name in ("sam", "nia", "olaf", "ada", "root"):
        assert "Petra" not in client_for(getattr(cast, name)).get(reverse("shadowing")).text
    trying_on.try_on(watching, by=cast.wanda)
    assert "Petra" not in client_for(cast.wanda).get(reverse("shadowing")).text


def test_the_offers_of_closed_accounts_are_gone(cast, watching, edition, client_for):
    ShadowOffer.offer(by=cast.petra, profiles=list(edition.profiles.all()))
    type(cast.petra).objects.filter(pk=cast.petra.pk).update(is_active=False)
    assert "Nobody has offered yet." in client_for(cast.wanda).get(reverse("shadowing")).text


def test_a_colleague_from_the_offers_is_put_into_the_note(cast, watching, client_for):
    page = client_for(cast.wanda).get(f"{reverse('shadow_note_new')}?with={cast.petra.pk}").text
    assert f'value="{cast.petra.pk}" id="id_colleague_{cast.petra.pk}" checked' in page
    assert client_for(cast.wanda).get(f"{reverse('shadow_note_new')}?with=everybody").status_code == 200


def test_whoever_was_shadowed_finds_what_is_shown_to_them_from_home_for_two_weeks(note, cast, client_for):
    told = "Wanda Reyes went along with you, and lets you read what stood out."
    assert told not in client_for(cast.petra).get(reverse("home")).text
    copy = note.show(by=cast.wanda)
    assert told in client_for(cast.petra).get(reverse("home")).text
    for name in ("wanda", "sam", "nia", "olaf", "ada"):
        assert "went along with you" not in client_for(getattr(cast, name)).get(reverse("home")).text
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert told not in client_for(cast.petra).get(reverse("home")).text
    copy.take_back(by=cast.wanda)
    assert told not in client_for(cast.petra).get(reverse("home")).text


def test_whoever_may_be_shadowed_on_everything_is_listed_so(watching, cast, edition, client_for):
    ShadowOffer.offer(by=cast.petra, profiles=list(edition.profiles.all()))
    page = client_for(cast.wanda).get(reverse("shadowing")).text
    assert "Any of the practice profiles" in page
