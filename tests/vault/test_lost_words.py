"""Where the key of somebody's words is missing or wrong: nothing is written over them, and every page says why."""

import base64
import os
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from coaching.models import (
    AgreementDraft,
    CoachingSession,
    Draft,
    PracticeEntry,
    Promise,
    ShadowNote,
    StageWords,
)
from sopcoach.vault.fields import UNREADABLE, LostWordsError, is_lost
from sopcoach.vault.keyring import fresh_keyring
from sopcoach.vault.models import DataKey
from tests.cast import Cast, make_cast
from tests.coaching import steps
from tests.matrix.reading import pages_that_open
from tests.matrix.world import World, make_world
from tests.profiles.factories import small_edition

NOTHING_CAN_BE_WRITTEN = "Nothing can be written here"
READERS = ("worker", "supervisor", "next", "peer", "admin")


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def session(cast) -> CoachingSession:
    small_edition()
    session = steps.ready_for_review(cast.wanda, cast.sam)
    session.open(by=cast.sam)
    return session


def keys_are_gone(settings) -> None:
    DataKey.objects.all().delete()


def the_wrapping_key_is_another(settings) -> None:
    settings.SOPCOACH_KEYS = [base64.b64encode(os.urandom(32)).decode()]


def keys_are_mixed_up(settings) -> None:
    for key in DataKey.objects.all():
        DataKey.objects.filter(pk=key.pk).update(wrapped=os.urandom(60))


LOSSES = [keys_are_gone, the_wrapping_key_is_another, keys_are_mixed_up]


@pytest.fixture(params=LOSSES, ids=lambda loss: loss.__name__)
def lose(request, settings):
    def lose() -> None:
        request.param(settings)

    return lose


@pytest.fixture(autouse=True)
def ring():
    with fresh_keyring():
        yield


def sealed(row) -> str:
    """A row's words as the database holds them."""
    column = {ShadowNote: "stood_out", AgreementDraft: "purpose"}.get(type(row), "text")
    words = type(row)._base_manager.values_list(column, flat=True).get(pk=row.pk)
    assert words.startswith("v1:")
    return str(words)


def autosave(client: Client, address: str, field: str, revision: int = 1):
    sent = {"field": field, "text": "Other words.", "revision": revision}
    return client.post(address, sent, headers={"X-Autosave": "1"})


def test_words_that_cannot_be_opened_are_not_written_over_by_any_model(session, cast, lose):
    session.say("purpose", by=cast.wanda, field="words", text="Why we meet.", revision=0)
    before = sealed(StageWords.objects.get())
    with fresh_keyring():
        lose()
        row = StageWords.objects.get()
        assert row.text == UNREADABLE
        with pytest.raises(LostWordsError):
            row.text = "Other words."
        row.save()
        row.refresh_from_db()
        row.save()
    assert sealed(row) == before


def test_the_sentence_is_never_kept_as_somebodys_words(session, cast):
    for sentence in (UNREADABLE, str(UNREADABLE), f" {UNREADABLE}\n"):
        with pytest.raises(ValidationError, match="can’t be read now"):
            Promise.make(session, by=cast.sam, text=sentence, due_on=session.held_on)
        with pytest.raises(ValidationError, match="can’t be read now"):
            session.say("purpose", by=cast.sam, field="words", text=sentence, revision=0)
    assert is_lost(UNREADABLE)
    assert not is_lost("These words can be read.")


def test_a_stage_cannot_be_written_in_and_its_autosave_is_refused_with_the_reason(
    session, cast, client_for, lose
):
    session.say("purpose", by=cast.wanda, field="words", text="Why we meet.", revision=0)
    before, client = sealed(StageWords.objects.get()), client_for(cast.wanda)
    address = reverse("stage", args=[session.partnership.slug, session.number, "purpose"])
    lose()

    page = client.get(address).text
    for revision in (0, 1):
        answer = autosave(client, address, "words", revision)
        assert answer.status_code == 422
        assert "can’t be read now" in answer.json()["status"]
    client.post(address, {"words": "Other words.", "revision_words": 1})
    client.post(address, {"words": str(UNREADABLE), "revision_words": 1})

    assert str(UNREADABLE) in page
    assert NOTHING_CAN_BE_WRITTEN in page
    assert 'name="words"' not in page
    assert sealed(StageWords.objects.get()) == before
    assert str(UNREADABLE) in client_for(cast.sam).get(address).text


def test_a_draft_cannot_be_written_in(session, cast, client_for, lose):
    Draft.put(session, by=cast.wanda, field="went_well", text="I waited.", revision=0)
    before, client = sealed(Draft.objects.get()), client_for(cast.wanda)
    address = reverse("look_back", args=[session.partnership.slug, session.number])
    lose()

    page = client.get(address).text

    assert NOTHING_CAN_BE_WRITTEN in page
    assert 'name="went_well"' not in page
    assert 'name="differently"' in page
    assert autosave(client, address, "went_well").status_code == 422
    assert sealed(Draft.objects.get()) == before


def test_an_agreements_draft_keeps_what_cannot_be_opened_and_takes_what_can(session, cast, client_for, lose):
    pair = session.partnership
    AgreementDraft.keep(
        pair, by=cast.wanda, field="purpose", text="To learn.",
        revision=AgreementDraft.begin(pair, by=cast.wanda).revisions["purpose"],
    )  # fmt: skip
    before, client = sealed(AgreementDraft.objects.get()), client_for(cast.wanda)
    lose()
    address = reverse("agreement_draft", args=[pair.slug])

    page = client.get(address).text
    answer = autosave(client, address, "purpose")
    sent = {
        "rhythm": "weekly",
        "minutes": "60",
        "place": "",
        "purpose": "Other.",
        "readers": "",
        "concerns": "",
    }
    client.post(address, sent)

    assert NOTHING_CAN_BE_WRITTEN in page
    assert 'name="purpose"' not in page
    assert answer.status_code == 422
    draft = AgreementDraft.objects.get()
    assert draft.rhythm == "weekly"
    assert sealed(draft) == before


def test_a_shadow_note_cannot_be_changed_nor_shown(session, cast, client_for, lose):
    aspect = session.partnership.edition.aspects.all()[0]
    note = ShadowNote.write(by=cast.petra, aspect=aspect, stood_out="A long pause.", colleague=cast.sam)
    before, client = sealed(note), client_for(cast.petra)
    lose()
    address = reverse("shadow_note", args=[note.pk])

    page = client.get(address).text
    answer = client.post(address, {"aspect": aspect.slug, "stood_out": "Other.", "seen_on": ""})
    shown = client.post(reverse("shadow_note_show", args=[note.pk]), {"act": "show"})

    assert NOTHING_CAN_BE_WRITTEN in page
    assert answer.status_code == 200
    assert "can’t be read now" in answer.text
    assert shown.status_code == 403
    assert "What you wrote here can’t be read now" in shown.text
    assert "[" not in shown.text.partition("<h1")[2].partition("What you wrote")[0]
    assert sealed(note) == before


def test_a_line_on_an_entry_is_not_written_over(session, cast, client_for, lose):
    entry = PracticeEntry.note(session.partnership.goals.get(), by=cast.wanda, client_key=uuid.uuid4())
    line = entry.write_line(by=cast.wanda, text="It came.", share=False)
    before, client = sealed(line), client_for(cast.wanda)
    lose()

    answer = client.post(reverse("practice_line", args=[entry.pk]), {"line": "Other words."})

    assert answer.status_code == 200
    assert "can’t be read now" in answer.text
    assert sealed(line) == before


def test_a_promise_whose_words_are_lost_is_not_taken_on_as_our_sentence(session, cast, client_for, lose):
    promise = Promise.make(session, by=cast.sam, text="Ask a teacher.", due_on=session.held_on)
    following = steps.close(session)
    following.open(by=cast.sam)
    lose()
    address = reverse("promise_settle", args=[following.partnership.slug, following.number, promise.pk])

    answer = client_for(cast.sam).post(address, {"act": "take_on", "due_on": session.held_on.isoformat()})

    assert answer.status_code == 200
    assert "can’t be read now" in answer.text
    assert Promise.objects.count() == 1


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.__name__)
def test_no_page_and_no_export_breaks(db, settings, loss):
    world: World = make_world()
    pages = [
        (name, address)
        for route, name, address in pages_that_open(world, READERS)
        # a monitor is to hear of it
        if not route.address.startswith(("accounts/", "profiles/", "manage/", "readyz"))
    ]
    assert len(pages) > 100
    loss(settings)
    browsers = {name: Client(raise_request_exception=False) for name in READERS}
    for name, client in browsers.items():
        client.force_login(world.people[name])
    broken = [f"{at}: {name}" for name, at in pages if browsers[name].get(at).status_code >= 500]
    assert broken == []
    hears = "FAIL keys: UnwrappableError" in Client().get("/readyz").text
    assert hears == (loss is not keys_are_gone)  # which leaves none that could be opened
