"""What somebody has written reaches the record of whom it is about, and no page shows it behind the worker's back.

Nobody keeps a list of words or pages here: every text of every table is looked for, on every page that opens.
"""

import inspect
import json
from collections.abc import Iterator
from html import unescape

import pytest
from django.db import models

from coaching.models import (
    AccessRecord,
    Congratulation,
    Correction,
    Invitation,
    Partnership,
    Reflection,
)
from coaching.models.base import NarrativeField
from coaching.record.gathering import export_for
from coaching.record.views import ADAPTER
from coaching.row_security.policy import walled_models
from sopcoach.models import User
from tests.architecture.test_new_word import about, place, tell
from tests.coaching import steps
from tests.coaching.full_world import full_world
from tests.coaching.test_dump import words_of_the_catalogue
from tests.matrix.reading import pages_that_open
from tests.matrix.world import RUNNING, World, make_world

OTHERS_WORDS = {"GroupWords": "what others said in a group is theirs; of a record, one’s own words alone are"}
"""What somebody may read and doesn’t take along unless they wrote it, and why."""


def words_of(rows: models.QuerySet) -> Iterator[tuple[models.Model, str, str]]:
    """(row, field, what stands in it), for all that people have written in these rows."""
    for row in rows:
        for field in row._meta.concrete_fields:
            if isinstance(field, NarrativeField) and (text := getattr(row, field.name).strip()):
                yield row, field.name, text


def author_of(row: models.Model, field: str) -> object:
    """Whose words stand in a field, by the first of the row's columns that says so."""
    if isinstance(row, Invitation):
        return row.answerer.pk if field == "answer_words" else row.asker.pk
    names = ("author_id", "keeper_id", "worker_id", "owner_id")
    return next((getattr(row, name) for name in names if hasattr(row, name)), None)


def test_all_that_a_worker_may_read_is_in_their_record(db):
    full_world()
    tell(
        f"{about(model)}: put a row of it into tests/coaching/full_world.py."
        for model in walled_models()
        if not model._base_manager.exists()
    )
    missing = {}
    for user in User.objects.filter(coached_in__isnull=False).distinct():
        record = ADAPTER.dump_json(export_for(user)).decode()
        for model in walled_models():
            for row, field, text in words_of(model._default_manager.visible_to(user)):
                is_theirs = model.__name__ not in OTHERS_WORDS or author_of(row, field) == user.pk
                if is_theirs and json.dumps(text, ensure_ascii=False)[1:-1] not in record:
                    missing[model, field] = f"{user.name} may read “{text[:40]}”"
    tell(
        f"{about(model)}: the worker’s record leaves its `{field}` out: {example}. Gather it in coaching/record/"
        "partnership_rows.py (or private_rows.py), with a place in shape.py, docs/export.md and templates/coaching/export."
        for (model, field), example in missing.items()
    )


@pytest.fixture
def world(db) -> World:
    """The world of the matrix, with words of the worker of every kind where it had none."""
    world = make_world()
    pair = Partnership.objects.get(slug=world.places[RUNNING]["slug"])
    worker = pair.worker
    session = pair.sessions.get(closed_at=None)
    session.say("purpose", by=worker, field="words", text="To find my own questions.", revision=0)
    Congratulation.give(pair, by=worker, text="We began, and it was kind.")
    Correction.put(Reflection.objects.get(session=session), by=worker, text="I meant the second visit.")
    line = steps.practise(pair.goals.get())[0]
    line.write_line(by=worker, text="It opened a door for us.", share=True)
    return world


def test_no_page_shows_a_supervisor_the_workers_words_without_a_line_for_the_worker(world, client_for):
    """Whoever makes such a page writes it down (product.md, 6.3). Asked of every page that opens for them."""
    supervisor = world.people["supervisor"]
    client = client_for(supervisor)
    catalogue = "\n".join(words_of_the_catalogue())
    written = [
        text
        for model in walled_models()
        for row, field, text in words_of(model._default_manager.visible_to(supervisor))
        if author_of(row, field) not in {None, supervisor.pk} and len(text) >= 9 and text not in catalogue
    ]
    silent, noted = {}, 0
    for route, _, address in pages_that_open(world, ["supervisor"]):
        AccessRecord.objects.all()._raw_delete("default")
        page = unescape(client.get(address).content.decode())
        shown = [text for text in written if text in page]
        if AccessRecord.objects.filter(reader=supervisor).exists():
            noted += 1
        elif shown:
            silent[route.name] = (route.view, shown)
    assert noted > 12, "hardly a page was read"
    tell(
        f"{place(inspect.unwrap(view))}:{inspect.unwrap(view).__name__} ({name}) shows a supervisor what the worker wrote "
        f"(“{shown[0][:40]}”), and the worker isn’t told. Call `coaching.views.access.note(request, seat, Thing.…)` where "
        "the page is made."
        for name, (view, shown) in silent.items()
    )
