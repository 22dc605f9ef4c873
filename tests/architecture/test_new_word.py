"""A new word about people is asked for every place in which it must appear (CONTRIBUTING, "A new shared word").

Each model is asked, whether it remembered to have a wall or not, and what is missing is said with its place. That this
notices is shown by `test_omissions.py`, which leaves out one after the other.
"""

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from coaching.models import Draft
from coaching.models.base import Frozen, NarrativeField, Personal
from coaching.models.correction import CORRECTED
from coaching.models.draft import DAY
from coaching.models.erasure_kinds import PRIVATE, SHARED, STAYS
from coaching.queries import unshared
from coaching.queries.released_records import AspectRecord, SessionRecord, SideBySide
from coaching.record.retention import problems, read_schedule
from coaching.row_security.conditions import IN_CONTENT, NOBODY
from coaching.row_security.policy import BELOW, Wall, walled_models
from sopcoach.models import User
from sopcoach.words.readers import WHO_READS
from tests.coaching.test_released_is_readable import SILENT, TOLD

pytestmark = pytest.mark.both_databases

ROOT = settings.BASE_DIR
MODELS = list(apps.get_app_config("coaching").get_models())

NOT_EXPORTED = {
    "BlindSort": "what is sorted and until when, which is about nobody",
    "Cohort": "a training, kept by administrators; of a trainee’s own there are placements and notes",
    "ErasureConsent": "asked and answered on the page of erasing, and gone with it",
    "Group": "what a group is, of which one’s own words say the title",
    "GroupLink": "the way in, for whoever has it",
    "GroupMember": "who is on a group’s list, which is the group’s",
    "GroupSeat": "who sat where in a group, of which one’s own words say the meeting",
    "GroupSession": "a group’s meeting, of which one’s own words say the number",
    "Placed": "who has placed, forgotten once everybody has",
    "ShadowOffer": "on what one may be shadowed, until it is taken back",
    "Snapshot": "counts, which are about nobody",
    "SortResult": "how many put a card where, and nobody’s",
    "SortTally": "how many put a card where, and nobody’s",
    "Spread": "how many chose each level in a room, and nobody’s",
    "Trainee": "who is in a training, which is the training’s",
    "WalkthroughDone": "said by the marks, which show the other side’s only then",
}
"""Which rows no record has as an entry of its own, and why."""

NEVER_RELEASED = {
    "Agreement": "an agreement binds the two who signed it (ADR 9)",
    "AgreementDraft": "a draft is its author’s alone",
    "CarriedItem": "what was brought along is the worker’s to bring along again",
    "Draft": "a draft is its author’s alone",
    "EditionMove": "says nothing of anybody’s practice",
    "ErasureConsent": "between the two",
    "OrientationWish": "says nothing of anybody’s practice",
}
"""What both sides of a pair read and no next supervisor does, and why."""

ELSEWHERE = {
    "Partnership": "the pair itself, of which the page speaks",
    "Group": "what the page says in prose, under “In groups”",
    "GroupLink": "what the page says in prose, under “In groups”",
    "GroupMember": "what the page says in prose, under “In groups”",
    "GroupSeat": "what the page says in prose, under “In groups”",
    "GroupSession": "what the page says in prose, under “In groups”",
    "GroupWords": "what the page says in prose, under “In groups”",
    "Cohort": "what the page says in prose, under “In training”",
    "Placed": "what the page says in prose, under “In training”",
    "Spread": "what the page says in prose, under “In training”",
    "Trainee": "what the page says in prose, under “In training”",
    "TrainingNote": "what the page says in prose, under “In training”",
    "Release": "what the page says in prose, under “When coaching ends”",
    "ErasureConsent": "what the page says in prose, under “What a worker can do with it”",
    "ErasureLog": "what the page says in prose, under “What a worker can do with it”",
    "Snapshot": "what the page says in prose, under “Administrators”",
    "BlindSort": "what the page says in prose, under “Administrators”",
    "SortResult": "what the page says in prose, under “Administrators”",
    "SortTally": "what the page says in prose, under “Administrators”",
}
"""Of which rows /who-reads-what/ speaks outside of its table."""

TAKEN_AWAY = {
    "ErasureConsent": "given, and withdrawn by deleting it",
    "InterestMark": "set, and taken away until both are done",
    "Placed": "forgotten once everybody has",
    "Placement": "one’s own, which its owner deletes",
    "PrivateEntry": "one’s own, which its owner deletes",
    "ShadowOffer": "made, and taken back by deleting it",
    "WalkthroughDone": "said, and taken back until both are done",
}
"""Which rows never change and are no shared words either."""

NOT_CORRECTED = {
    "Correction": "a further one stands after it",
    "CarriedItem": "a copy of what is one’s own, which may be brought along anew",
    "ShownNote": "a copy of what is one’s own, which may be taken back and shown anew",
}
"""Which frozen words nobody puts a correction beside, and why."""


def tell(found: Iterable[str]) -> None:
    """Fail with what is missing and where it belongs, and nothing else."""
    if sentences := list(found):
        pytest.fail("\n".join(sentences), pytrace=False)


def place(of: type) -> str:
    return str(Path(inspect.getfile(of)).relative_to(ROOT))


def about(model: type[models.Model]) -> str:
    return f"{model.__name__} ({place(model)})"


def has_partnership(model: type[models.Model]) -> bool:
    return any(field.name == "partnership" for field in model._meta.concrete_fields)


def test_each_table_of_coaching_is_of_personal_rows():
    tell(
        f"{about(model)}: subclass Personal, or Frozen or OwnErasureUnit (coaching/models/base.py), so that it has a key and a wall."
        for model in MODELS
        if not issubclass(model, Personal)
    )


def open_conditions(wall: Wall) -> Iterator[str]:
    """The parts of a wall that let anybody through: they are true, or ask nothing of whoever is there."""
    tables = {model._meta.db_table for model in walled_models()}
    for name in ("read", "insert", "update", "delete"):
        condition = getattr(wall, name)
        is_true = re.search(
            r"(?:^|\bOR\b)[\s(]*(?:true|1\s*=\s*1)[\s)]*(?:$|\bOR\b)", condition, re.IGNORECASE
        )
        asks = "app_" in condition or any(re.search(rf"\b{table}\b", condition) for table in tables)
        if condition != NOBODY and (is_true or not asks):
            yield name


def test_each_table_has_a_wall_that_asks_who_is_there():
    tell(
        f"{about(model)}: say who may read and write a row to PostgreSQL as well, by `wall = Wall(read=…, insert=…)` with "
        "conditions of coaching/row_security/conditions.py."
        for model in MODELS
        if not isinstance(getattr(model, "wall", None), Wall)
    )
    tell(
        f"{about(model)}: `wall.{name}` lets anybody through. Say who may, by conditions of "
        "coaching/row_security/conditions.py, as `visible_to` does."
        for model in walled_models()
        for name in open_conditions(BELOW.get(model._meta.label) or model.wall)
    )


@pytest.mark.parametrize(
    "condition", ["true", "(TRUE)", "(a = app_me()) OR (true)", "1 = 1", "{t}.taken_back_at IS NULL"]
)
def test_a_condition_that_lets_anybody_through_is_seen(condition):
    assert list(open_conditions(Wall(read=condition, insert=NOBODY))) == ["read"]


def test_the_database_has_the_wall_that_the_models_declare(db):
    """On PostgreSQL: four policies on each table, forced on its owner too, none of which is simply true."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relforcerowsecurity, count(p.polname) FILTER (WHERE "
            "coalesce(pg_get_expr(p.polqual, p.polrelid), '') <> 'true' "
            "AND coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') <> 'true') "
            "FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid WHERE c.relname = ANY(%s) GROUP BY 1, 2",
            [[model._meta.db_table for model in MODELS]],
        )
        found = {name: (forced, policies) for name, forced, policies in cursor.fetchall()}
    tell(
        f"{about(model)}: the database has no whole wall around its table. See coaching/row_security/building.py."
        for model in MODELS
        if found[model._meta.db_table] != (True, 4)
    )


def test_each_table_says_to_whom_its_rows_are_visible():
    for model in MODELS:
        rows = type(model._default_manager.all())
        asks = getattr(rows, "visible_to", None)
        if asks is None:
            tell(
                [
                    f"{about(model)}: give {rows.__name__} a `visible_to(self, user)` whose docstring is the policy: who reads "
                    "these rows, and from when on. Every page reaches them by it."
                ]
            )
        elif not inspect.getdoc(asks):
            tell([f"{about(model)}: `visible_to` has no docstring; say in it who reads these rows."])


def test_each_table_has_its_period():
    tell(
        f"docs/data_retention.yaml: {problem} Say there how long it is kept and what erasing does."
        for problem in problems(read_schedule())
    )


def test_each_table_of_a_pair_is_erased_or_stays():
    planned = {kind.model for kind in (*PRIVATE, *SHARED)} | STAYS
    tell(
        f"{about(model)}: say in coaching/models/erasure_kinds.py what people call it and whether it goes with what is "
        "PRIVATE or SHARED, or that it STAYS."
        for model in MODELS
        if has_partnership(model) and model.__name__ not in planned
    )


def gathered() -> set[str]:
    """What the worker’s record is gathered from: the names that its modules of rows use, imports aside."""
    trees = [ast.parse(path.read_text()) for path in (ROOT / "coaching" / "record").glob("*_rows.py")]
    return {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}


def test_each_table_is_in_the_workers_record():
    used = gathered()
    tell(
        f"{about(model)}: the worker’s record leaves it out. Gather it in coaching/record/partnership_rows.py (or "
        "private_rows.py), give it a place in coaching/record/shape.py, docs/export.md and templates/coaching/export, and "
        "write the schema anew."
        for model in MODELS
        if model.__name__ not in used | NOT_EXPORTED.keys()
    )


def test_each_table_that_both_sides_read_is_released_or_says_why_not():
    tell(
        f"{about(model)}: both sides read it, and a next supervisor never does. Let RELEASED_… of "
        "coaching/row_security/conditions.py into its wall and the same into `visible_to`, lay it into the records of "
        "coaching/queries/released.py and name it in TOLD (tests/coaching/test_released_is_readable.py); or say in "
        "NEVER_RELEASED of this file why not."
        for model in MODELS
        if has_partnership(model)
        and IN_CONTENT in getattr(getattr(model, "wall", None), "read", "")
        and "app_released" not in model.wall.read
        and model.__name__ not in NEVER_RELEASED
    )
    tell(
        f"{about(model)}: a next supervisor may read it. Lay it into the records of coaching/queries/released.py and name it "
        "in TOLD (tests/coaching/test_released_is_readable.py)."
        for model in MODELS
        if "app_released" in getattr(getattr(model, "wall", None), "read", "")
        and model.__name__ not in {*TOLD, *SILENT, *NEVER_RELEASED}
    )


def uncounted(record: type) -> Iterator[str]:
    """The parts of a record that the list before a release doesn't count."""
    counts = inspect.getsource(record.amount.fget)
    for one in fields(record):
        parts = [part.name for part in fields(SideBySide)[1:]] if one.name == "occasions" else [one.name]
        yield from (part for part in parts if part not in COUNTED_BY_ITSELF and part not in counts)


COUNTED_BY_ITSELF = {"aspect", "focuses", "session", "rating_disc", "observation_disc"}
"""What a record is of."""


def test_the_list_before_a_release_counts_all_that_will_be_read():
    tell(
        f"coaching/queries/released_records.py: {record.__name__}.amount doesn’t count `{part}`, so that the worker would "
        "release more than the list says."
        for record in (AspectRecord, SessionRecord)
        for part in uncounted(record)
    )


def test_each_table_stands_on_the_page_that_says_who_reads_what():
    told = {name for line in WHO_READS for name in line.rows}
    tell(
        f"{about(model)}: /who-reads-what/ doesn’t speak of it. Name it in a line of sopcoach/words/readers.py, which says "
        "who writes it and what the other side reads; and in the table of docs/product.md, 6."
        for model in MODELS
        if model.__name__ not in told | ELSEWHERE.keys()
    )


def test_each_field_of_a_draft_has_a_name_when_it_is_left_over():
    written = {
        *(*Draft.WORKER_FIELDS, *Draft.WORKER_FOCUS_FIELDS),
        *(*Draft.SUPERVISOR_FOCUS_FIELDS, *Draft.EITHER_FIELDS),
    }
    tell(
        f"coaching/queries/unshared.py: NAMES doesn’t say what the words of `{name}` are, so that closing a session would lose "
        "them without a word."
        for name in sorted(written - unshared.NAMES.keys() - SAYS_NOTHING)
    )


SAYS_NOTHING = {"level", "glimpse", DAY}
"""A level or a day, without words."""


def test_what_never_changes_is_frozen():
    tell(
        f"{about(model)}: its wall lets no column change, and the code would save it again. Subclass Frozen, and its queryset "
        "FrozenQuerySet (coaching/models/base.py); or name in `wall.changes` what may change."
        for model in walled_models()
        if isinstance(getattr(model, "wall", None), Wall)
        and not model.wall.changes
        and not issubclass(model, Frozen)
        and model.__name__ not in TAKEN_AWAY
    )


def test_shared_words_can_be_put_right_by_their_author():
    tell(
        f"{about(model)}: words of one author that never change. Let a correction stand beside them: CORRECTED in "
        "coaching/models/correction.py."
        for model in MODELS
        if issubclass(model, Frozen)
        and any(isinstance(field, NarrativeField) for field in model._meta.concrete_fields)
        and model not in CORRECTED.values()
        and model.__name__ not in NOT_CORRECTED
    )


@pytest.mark.parametrize(
    "left_out",
    [NOT_EXPORTED, NEVER_RELEASED, ELSEWHERE, TAKEN_AWAY, NOT_CORRECTED],
    ids=["NOT_EXPORTED", "NEVER_RELEASED", "ELSEWHERE", "TAKEN_AWAY", "NOT_CORRECTED"],
)
def test_whoever_is_left_out_is_still_there(left_out):
    assert left_out.keys() - {model.__name__ for model in MODELS} == set()


def test_no_row_is_listed_that_has_its_place():
    told = {name for line in WHO_READS for name in line.rows}
    assert NOT_EXPORTED.keys() & gathered() == set()
    assert ELSEWHERE.keys() & told == set()
    assert NOT_CORRECTED.keys() & {model.__name__ for model in CORRECTED.values()} == set()
    assert told - {model.__name__ for model in (*MODELS, User)} == set()
