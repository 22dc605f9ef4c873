"""What is forgotten with a new word about people is noticed, by a sentence that says what to add and where.

In a copy of the tree something is left out of words that are there; the tests that watch over it must then say so. They
are green where nothing is left out, since they are part of the suite themselves.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

TREE = (
    "coaching",
    "docs",
    "profiles",
    "sopcoach",
    "static",
    "templates",
    "styles",
    "tests",
    "manage.py",
    "pyproject.toml",
)
BY_READING = ("tests/architecture/test_new_word.py",)
BY_PAGES = ("tests/coaching/test_what_people_wrote.py",)


@dataclass(frozen=True)
class Omission:
    """Something left out of a file, and what is said about it."""

    name: str
    path: str
    changes: dict[str, str]
    """What stood there, and what stands there instead."""
    said: tuple[str, ...]
    """Words of the sentence, in their order: what is missing, and where it belongs."""

    def leave_out(self, tree: Path) -> None:
        file = tree / self.path
        text = file.read_text()
        for stood, instead in self.changes.items():
            assert text.count(stood) == 1, (
                f"{self.name}: “{stood}” doesn’t stand once in {self.path}; leave out another"
            )
            text = text.replace(stood, instead)
        file.write_text(text)


FOUND_BY_READING = (
    Omission(
        "no visible_to",
        "coaching/models/decision.py",
        {"visible_to(self": "seen_by(self"},
        ("Decision (coaching/models/decision.py)", "give DecisionQuerySet a `visible_to(self, user)`"),
    ),
    Omission(
        "a policy of true",
        "coaching/models/target.py",
        {"read=either(IN_CONTENT, RELEASED_FOCUS)": 'read="true"'},
        ("Target (coaching/models/target.py)", "`wall.read` lets anybody through"),
    ),
    Omission(
        "no export",
        "coaching/record/partnership_rows.py",
        {
            '        self.reviewed = self._by(by_session, ReviewedFocus, "focus__aspect", order="focus__opened_at")\n': "",
            "            looked_back_on=[row.focus.aspect.title for row in self.reviewed[session.pk]],\n": "",
        },
        (
            "ReviewedFocus (coaching/models/reviewed.py)",
            "record leaves it out",
            "coaching/record/partnership_rows.py",
        ),
    ),
    Omission(
        "no release",
        "coaching/models/celebration.py",
        {
            'read=either(IN_CONTENT, RELEASED_FOCUS, both(RELEASED_SESSION, "{t}.focus_id IS NULL"))': "read=IN_CONTENT"
        },
        (
            "Congratulation (coaching/models/celebration.py)",
            "a next supervisor never does",
            "coaching/queries/released.py",
        ),
    ),
    Omission(
        "not in the list before a handover",
        "coaching/queries/released_records.py",
        {'                (len(self.lines), "line you shared", "lines you shared"),\n': ""},
        ("coaching/queries/released_records.py", "AspectRecord.amount doesn’t count `lines`"),
    ),
    Omission(
        "no readers",
        "sopcoach/words/readers.py",
        {'("Observation",)': "()"},
        ("Observation (coaching/models/observation.py)", "Name it in a line of sopcoach/words/readers.py"),
    ),
    Omission(
        "no name while it isn’t shared",
        "coaching/queries/unshared.py",
        {'    "try_next": "Something to try next",\n': ""},
        ("coaching/queries/unshared.py", "NAMES doesn’t say what the words of `try_next` are"),
    ),
    Omission(
        "no line on how long it is kept",
        "docs/data_retention.yaml",
        {"author, choice, decided_at]": "author, decided_at]"},
        ("docs/data_retention.yaml", "coaching.Decision.choice is missing", "Say there how long it is kept"),
    ),
    Omission(
        "not erased",
        "coaching/models/erasure_kinds.py",
        {'    ErasureKind("Promise", "promise", "promises"),\n': ""},
        ("Promise (coaching/models/promise.py)", "coaching/models/erasure_kinds.py"),
    ),
    Omission(
        "Frozen became Personal",
        "coaching/models/reflection.py",
        {"base import Frozen,": "base import Personal,", "Reflection(Frozen)": "Reflection(Personal)"},
        ("Reflection (coaching/models/reflection.py)", "Subclass Frozen"),
    ),
)

FOUND_BY_PAGES = (
    Omission(
        "no export of a field",
        "coaching/record/partnership_rows.py",
        {"                    row.because,\n": '                    "",\n'},
        ("SelfRating (coaching/models/self_rating.py)", "record leaves its `because` out", "coaching/record"),
    ),
    Omission(
        "no access note on a page",
        "coaching/views/celebration.py",
        {"access.note(request, seat, Thing.CELEBRATIONS)": "pass"},
        ("coaching/views/celebration.py:celebrations", "the worker isn’t told", "coaching.views.access.note"),
    ),
)


@pytest.mark.parametrize(
    ("omissions", "tests"),
    [(FOUND_BY_READING, BY_READING), (FOUND_BY_PAGES, BY_PAGES)],
    ids=["by reading the models", "by asking the pages"],
)
def test_what_is_left_out_is_noticed(omissions, tests, tmp_path, record_property):
    copy_to(tmp_path)
    for one in omissions:
        one.leave_out(tmp_path)
    said = run(tmp_path, tests)
    unnoticed = [one.name for one in omissions if not re.search(".*".join(map(re.escape, one.said)), said)]
    assert unnoticed == [], said
    whole = len(FOUND_BY_READING) + len(FOUND_BY_PAGES)
    record_property("omissions", f"{whole} things left out with a new word, in 2 parts")


def copy_to(tree: Path) -> None:
    for name in TREE:
        at = settings.BASE_DIR / name
        if at.is_dir():
            shutil.copytree(at, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(at, tree / name)


def run(tree: Path, tests: tuple[str, ...]) -> str:
    """What these tests say of a tree, on SQLite and by themselves, as whoever runs them reads it."""
    dropped = ("PYTEST_", "DATABASE_URL", "KEYS_DATABASE_URL", "CI")
    options = "-q -n 0 --nomigrations --show-capture=no --part pages -p no:cacheprovider"
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options.split(), *tests],
        cwd=tree,
        env={name: value for name, value in os.environ.items() if not name.startswith(dropped)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == pytest.ExitCode.TESTS_FAILED, ran.stdout + ran.stderr
    return ran.stdout
