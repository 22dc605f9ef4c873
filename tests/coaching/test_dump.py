"""The third depth of the wall: a stolen copy of the content says nothing (issue: depth three)."""

import time
from collections.abc import Iterator
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.urls import reverse

from coaching.models import Congratulation
from coaching.models.base import NarrativeField
from sopcoach.vault import fields
from tests.coaching.dumping import dump, texts_of_people
from tests.profiles.factories import shipped_edition

pytestmark = pytest.mark.both_databases


@pytest.mark.django_db(transaction=True)
def test_of_every_sentence_of_the_demo_none_stands_in_a_dump(transactional_db, settings):
    settings.SOPCOACH_DEMO = True
    shipped_edition()
    call_command("demo_unit", stdout=StringIO())
    catalogue = "\n".join(words_of_the_catalogue())
    texts = {text for text in texts_of_people() if text not in catalogue}
    assert len(texts) > 200, "hardly anything was read"
    copy = dump()
    assert "Sam Ortiz" in copy, "names stand in it as they are, so the dump is one"
    assert [sentence for text in texts for sentence in sentences(text) if sentence in copy] == []


def words_of_the_catalogue() -> Iterator[str]:
    """Goals are often set in its words, and those stand open for everybody."""
    for model in apps.get_app_config("profiles").get_models():
        names = [
            field.name
            for field in model._meta.concrete_fields
            if field.get_internal_type() in {"CharField", "TextField"}
        ]
        for row in model._default_manager.values_list(*names):
            yield from row


def sentences(text: str) -> list[str]:
    """The text as a whole, and its sentences of more than a few words."""
    parts = text.replace("?", ".").replace("\n", ".").split(".")
    return [text, *(part.strip() for part in parts if len(part.strip()) > 15)]


def test_every_text_that_people_write_is_encrypted():
    plain = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("coaching").get_models()
        for field in model._meta.concrete_fields
        if field.get_internal_type() in {"CharField", "TextField", "JSONField"}
        and not isinstance(field, NarrativeField)
        and not field.choices
    }
    assert plain - NOT_THEIR_WORDS == set()


NOT_THEIR_WORDS = {
    "BlindSort.aspects",
    "BlindSort.slug",  # slugs of what is sorted
    "AccessRecord.label",  # names a page
    "Agreement.at",
    "AgreementDraft.at",  # an hour of a clock
    "Agreement.supervisor_signed_as",
    "Agreement.worker_signed_as",  # a name, as the account had it that day
    "Cohort.code",
    "Cohort.slug",
    "Cohort.title",  # an administrator's, of a training
    "Draft.field",
    "ErasureLog.counts",
    "ErasureLog.units",  # keys of what was erased
    "Goal.by_phrase",  # one of the form's own
    "Group.slug",
    "GroupLink.token",
    "GroupWords.field",
    "Invitation.slug",
    "Partnership.path_order",  # slugs of profiles
    "Partnership.slug",
    "Snapshot.counted",  # numbers
    "SortResult.aspect_slug",
    "SortResult.counts",
    "SortTally.aspect_slug",
    "SortTally.counts",  # numbers
    "Sorter.alike",
    "Sorter.kept",
    "Sorter.named",
    "Sorter.orders",  # levels and slugs of the catalogue, of what isn't counted yet
    "Spread.counts",
    "StageWords.field",
}


def test_what_is_said_on_the_next_page_is_never_kept_in_the_database(session, cast, client_for):
    """A message may quote somebody's words. It travels in the browser's own cookie."""
    client = client_for(cast.wanda)
    goal = session.partnership.goals.get()
    long = "listening to what is under the words " * 3
    goal.practice = long[:110]
    goal.save()
    client.post(reverse("goal_put_down", args=[goal.partnership.slug, goal.pk]))
    kept = [row.get_decoded() for row in Session.objects.all()]
    assert "listening" not in str(kept)
    assert "listening" in client.get(reverse("goals", args=[goal.partnership.slug])).text


def test_a_page_of_fifty_texts_is_hardly_slower_than_with_words_that_stand_open(
    session, cast, client_for, monkeypatch
):
    partnership = session.partnership
    words = "You waited, and then it came, in words that were nobody’s but the child’s. " * 4

    def written() -> None:
        Congratulation._base_manager.all().delete()
        for number in range(50):
            Congratulation.give(partnership, by=cast.sam, text=f"{number}. {words}")

    client = client_for(cast.wanda)
    page = reverse("celebrations", args=[partnership.slug])

    def fastest() -> float:
        """Of several, in seconds of this process alone: the machine may be busy with other things."""
        times = []
        for _ in range(9):
            began = time.process_time()
            response = client.get(page)
            times.append(time.process_time() - began)
            assert response.text.count("nobody’s but the child’s") >= 50
        return min(times)

    written()
    sealed = fastest()
    monkeypatch.setattr(fields, "seal", lambda text, row, field: fields.Sealed(text))
    monkeypatch.setattr(fields, "open_sealed", lambda text, row, field: str(text))
    written()
    open_ = fastest()
    assert sealed / open_ < 1.3, f"{sealed * 1000:.1f} ms sealed, {open_ * 1000:.1f} ms open"
