import json
from dataclasses import fields, is_dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.management.commands import write_export_schema
from coaching.models import (
    AccessRecord,
    AgreementDraft,
    Draft,
    Invitation,
    Placement,
    PrivateEntry,
    Promise,
    ShadowNote,
    carry,
    engagement,
)
from coaching.models.release import release
from coaching.models.walkthrough import finish_marking, mark_interests
from coaching.record import shape
from coaching.record.gathering import export_for
from coaching.record.views import ADAPTER
from coaching.rules.not_appraisal import NOTICE
from coaching.training.models import TrainingNote
from tests.coaching import steps
from tests.profiles.factories import full_edition

pytestmark = pytest.mark.both_databases

DOCS = Path(settings.BASE_DIR) / "docs"

OF_WANDA = (
    "I waited for the answer.",
    "Say my sorting back.",
    "It came up twice.",
    "To learn.",
    "A quiet word.",
    "A line for Sam.",
    "Say it back to them.",
    "A draft of a promise.",
    "On Mondays at nine.",
    "Where I am today.",
    "I asked one question.",
    "They leaned in.",
    "Ask about the harm.",
)
OF_SAM = (
    "You asked and then you waited.",
    "Say it back.",
    "The answer came because you waited.",
    "To listen.",
)


def fill(worker, supervisor):
    """A pair in the middle of its second session, with something of everything."""
    session = steps.ready_for_review(worker, supervisor)
    partnership = session.partnership
    session.open(by=supervisor)
    session.say("purpose", by=worker, field="words", text="To learn.", revision=0)
    session.say("purpose", by=supervisor, field="words", text="To listen.", revision=0)
    entry, another = steps.practise(partnership.goals.get(), 2)
    entry.write_line(by=worker, text="A quiet word.", share=False)
    another.write_line(by=worker, text="A line for Sam.", share=True)
    steps.review(session)
    day = timezone.localdate() + timedelta(days=7)
    Promise.make(session, by=worker, text="Say it back to them.", due_on=day)
    Draft.put(session, by=worker, field="promise", text="A draft of a promise.", revision=0)
    Draft.put(session, by=supervisor, field="promise", text="Sam’s own draft.", revision=0)
    for by, place in ((worker, "On Mondays at nine."), (supervisor, "Sam’s own draft of terms.")):
        draft = AgreementDraft.begin(partnership, by=by)
        terms = {name: getattr(draft, name) for name in AgreementDraft.FIELDS}
        draft.put(by=by, **terms | {"place": place})
    return partnership


@pytest.fixture
def full(cast, edition):
    partnership = fill(cast.wanda, cast.sam)
    aspect = steps.aspects_of(partnership)[0]
    placement = Placement.place(aspect, by=cast.wanda, level=3, note="Where I am today.")
    carry([placement], into=partnership, by=cast.wanda)
    PrivateEntry.write(by=cast.wanda, aspect=aspect, line="I asked one question.")
    ShadowNote.write(by=cast.wanda, aspect=aspect, stood_out="They leaned in.", colleague=cast.petra)
    TrainingNote.write(by=cast.wanda, text="Ask about the harm.", revision=0)
    return partnership


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("name", ["export", "export_file"])
def test_the_worker_takes_along_all_that_both_wrote(full, cast, client_for, name):
    response = client_for(cast.wanda).get(reverse(name))
    assert response.status_code == 200
    text = text_of(response)
    missing = [words for words in (*OF_WANDA, *OF_SAM, NOTICE) if words not in text]
    assert missing == []


@pytest.mark.parametrize("name", ["export", "export_file"])
def test_what_only_the_supervisor_may_read_is_not_in_it(full, cast, client_for, name):
    assert "Sam’s own draft" not in text_of(client_for(cast.wanda).get(reverse(name)))


@pytest.mark.parametrize("name", ["export_partnership", "export_partnership_file"])
def test_one_coaching_alone_holds_nothing_of_another_or_private(full, cast, client_for, name):
    other = steps.begin(cast.wanda, cast.nia)
    client = client_for(cast.wanda)
    text = text_of(client.get(reverse(name, args=[full.slug])))
    assert "A quiet word." in text
    assert "I asked one question." not in text
    assert "Nia Okafor" not in text
    assert "A quiet word." not in text_of(client.get(reverse(name, args=[other.slug])))


def test_the_page_says_how_to_print_it_on_a_phone_too(partnership, cast, client_for):
    page = client_for(cast.wanda).get(reverse("export")).text
    assert "choose Print in your browser’s menu; on a phone it stands there too, or under Share." in page
    assert "Ctrl" not in page


def test_a_level_comes_with_the_words_it_was_placed_by(full, cast):
    (one,) = export_for(cast.wanda).partnerships
    (focus,) = one.focuses
    start, rating = focus.ratings
    descriptor = full.focuses.get().descriptor_at(4)
    assert (start.session, start.level.number) == ("", 3)
    assert rating.session == "Session 2"
    assert rating.level == shape.LevelWords(4, descriptor.level.name, descriptor.text)
    assert rating.glimpse.number == 5
    assert focus.observations[0].level.number == 4
    assert [target.level.number for target in focus.targets] == [4, 5]
    assert [decision.choice for decision in focus.decisions] == ["Raise the target by one"]


def test_a_line_says_whether_it_was_shared(full, cast):
    (one,) = export_for(cast.wanda).partnerships
    entries = one.focuses[0].goals[0].entries
    assert {entry.line: entry.line_shared_at is not None for entry in entries} == {
        "A quiet word.": False,
        "A line for Sam.": True,
    }


def test_marks_show_the_other_side_only_once_both_are_done(agreed, cast):
    first, second, *_ = steps.aspects_of(agreed)
    mark_interests(agreed, by=cast.wanda, aspects={first})
    mark_interests(agreed, by=cast.sam, aspects={first, second})
    finish_marking(agreed, by=cast.sam)
    assert [mark.by for mark in export_for(cast.wanda).partnerships[0].marks] == [["Wanda Reyes"]]
    finish_marking(agreed, by=cast.wanda)
    marks = export_for(cast.wanda).partnerships[0].marks
    assert {mark.aspect: sorted(mark.by) for mark in marks} == {
        first.title: ["Sam Ortiz", "Wanda Reyes"],
        second.title: ["Sam Ortiz"],
    }


def test_what_was_released_and_opened_is_in_it(full, cast, client_for):
    new = steps.begin(cast.wanda, cast.nia)
    release(full, by=cast.wanda, into=new, aspects=[full.focuses.get().aspect_slug])
    client_for(cast.sam).get(reverse("goals", args=[full.slug]))
    one = next(one for one in export_for(cast.wanda).partnerships if one.address == full.slug)
    assert [(row.to, row.what) for row in one.released] == [("Nia Okafor", full.focuses.get().aspect.title)]
    assert [(row.by, row.what) for row in one.opened] == [
        ("Sam Ortiz", "Lines you shared of your practice"),
        ("Sam Ortiz", "Your goals, and how often you practised them"),
    ]


@pytest.mark.parametrize("name", ["export_partnership", "export_partnership_file"])
def test_the_supervisor_has_no_export(full, cast, client_for, name):
    response = client_for(cast.sam).get(reverse(name, args=[full.slug]))
    assert response.status_code == 403
    assert "only Wanda takes it out of here" in text_of(response)
    assert not AccessRecord.objects.exists()
    for user in (cast.nia, cast.petra, cast.olaf, cast.ada, cast.root):
        assert client_for(user).get(reverse(name, args=[full.slug])).status_code == 404


def test_a_former_supervisor_finds_nothing_and_the_worker_still_everything(full, cast, client_for):
    engagement.end(full, by=cast.sam)
    address = reverse("export_partnership", args=[full.slug])
    assert client_for(cast.sam).get(address).status_code == 404
    assert "You asked and then you waited." in text_of(client_for(cast.wanda).get(address))


def test_a_supervisors_own_export_holds_nobody_elses_record(full, cast, client_for):
    text = text_of(client_for(cast.sam).get(reverse("export")))
    assert "Wanda" not in text
    assert not [words for words in (*OF_WANDA, *OF_SAM) if words in text]


def test_the_words_with_which_two_began_are_in_the_workers_record_alone(cast, edition, client_for):
    asked = Invitation.send(by=cast.sam, to=cast.wanda, words="Would you like to?")
    asked.reply(by=cast.wanda, answer="formal", words="Gladly, I am curious.")
    assert "Gladly, I am curious." in text_of(client_for(cast.wanda).get(reverse("export")))
    assert "Gladly" not in text_of(client_for(cast.sam).get(reverse("export")))


def test_exporting_is_written_to_the_access_record_of_each_coaching(full, cast, client_for):
    other = steps.begin(cast.wanda, cast.nia)
    client = client_for(cast.wanda)
    client.get(reverse("export"))
    client.get(reverse("export_partnership_file", args=[other.slug]))
    rows = AccessRecord.objects.values_list("partnership", "reader", "label")
    assert sorted(rows) == sorted(
        [
            (full.pk, cast.wanda.pk, "Your whole record, to read and print"),
            (other.pk, cast.wanda.pk, "Your whole record, to read and print"),
            (other.pk, cast.wanda.pk, "Your whole record, as a file"),
        ]
    )


def test_the_file_is_kept_by_no_cache_and_named_without_a_person(full, cast, client_for):
    response = client_for(cast.wanda).get(reverse("export_file"))
    assert response["Content-Type"].startswith("application/json")
    assert response["Content-Disposition"] == f'attachment; filename="sop-coach-{timezone.localdate()}.json"'
    assert "no-store" in response["Cache-Control"]
    data = json.loads(response.content)
    assert data["format"] == "sop-coach-export/1"
    assert data["person"] == "Wanda Reyes"


def test_somebody_with_nothing_gets_an_empty_record(cast, client_for):
    client = client_for(cast.petra)
    assert client.get(reverse("export")).status_code == 200
    data = json.loads(client.get(reverse("export_file")).content)
    assert data["partnerships"] == []


def test_it_takes_as_many_queries_for_two_coachings_as_for_one(full, cast, client_for):
    client = client_for(cast.wanda)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("export")).status_code == 200
        return len(queries)

    one = asked()
    engagement.end(full, by=cast.wanda)
    fill(cast.wanda, cast.nia)
    assert asked() == one


def test_the_record_says_how_far_the_words_of_its_levels_can_be_relied_on(cast, client_for):
    edition = full_edition()
    partnership = steps.begin(cast.wanda, cast.sam)
    assert partnership.edition == edition
    [one] = export_for(cast.wanda).partnerships
    assert "[Draft for tests, not validated]" in one.edition_origin
    assert f"Content {edition.content_mark}." in one.edition_origin


def test_the_schema_in_the_documents_is_the_shape(monkeypatch, tmp_path):
    said = "Read what has changed in docs/export.schema.json after `manage.py write_export_schema`, and describe it in export.md."
    assert (DOCS / "export.schema.json").read_text(encoding="utf-8") == write_export_schema.written(), said
    monkeypatch.setattr(write_export_schema, "FILE", tmp_path / "export.schema.json")
    printed = StringIO()
    call_command("write_export_schema", stdout=printed)
    assert json.loads(write_export_schema.FILE.read_text(encoding="utf-8")) == ADAPTER.json_schema()
    assert printed.getvalue().startswith("Written: export.schema.json, ")


def test_the_guide_names_every_part():
    guide = (DOCS / "export.md").read_text(encoding="utf-8")
    names = {field.name for part in vars(shape).values() if is_dataclass(part) for field in fields(part)}
    assert sorted(name for name in names if f"`{name}`" not in guide) == []
