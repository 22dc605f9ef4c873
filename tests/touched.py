"""What a change touches: `bin/test --fast` asks here which tests to run (CONTRIBUTING, “Begin”).

A file's tests are those of its word (one word, five places), those that name its module, and itself where it is one. What
failed last time is among them, and the tests of the architecture, which are quick, always are.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
SLOW = {"test_omissions.py", "test_settings.py", "test_large.py"}
"""What copies the tree, starts the product over and over, or reads ten thousand rows: run by itself, and by `bin/test`."""
BOTH_WALLS = "tests/coaching/test_postgres_both_walls.py"
OF_THE_WALLS = re.compile(r"coaching/(?:\w+/)?models/|coaching/models/|coaching/row_security/|/migrations/")
OF_EVERYBODY = {
    "__init__",
    "base",
    "urls",
    "apps",
    "conftest",
    "detail",
    "list",
    "form",
    "forms",
    "views",
    "models",
}
"""Names that are no word of their own: what they touch is found by who names them."""


def changed() -> list[str]:
    """The files that differ from where this branch left main, committed or not; on main itself, from its last commit."""
    since = _git("merge-base", "HEAD", "main") or _git("merge-base", "HEAD", "origin/main") or ["HEAD"]
    differ = _git("diff", "--name-only", "--diff-filter=d", since[0])
    return sorted({*differ, *_git("ls-files", "--others", "--exclude-standard")})


def _git(*arguments: str) -> list[str]:
    ran = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)  # noqa: S607
    return ran.stdout.split("\n")[:-1] if ran.returncode == 0 else []


def words_of(path: str) -> set[str]:
    """The word of a file: its module's name, or the folder of its template."""
    at = PurePosixPath(path)
    names = (
        {at.parent.name} if at.suffix == ".html" else {at.stem} if at.suffix in {".py", ".yaml"} else set()
    )
    return {name.strip("_") for name in names} - OF_EVERYBODY


def belonging_to(paths: Iterable[str]) -> set[str]:
    texts = {str(test.relative_to(ROOT)): test.read_text() for test in (ROOT / "tests").rglob("test_*.py")}
    found: set[str] = set()
    for path in paths:
        if path in texts:
            found.add(path)
        words = "|".join({word.removesuffix("s") for word in words_of(path)})
        named = re.compile(rf"test_(?:postgres_)?(?:{words})s?(?:_\w+)?\.py") if words else None
        module = PurePosixPath(path).with_suffix("").as_posix().replace("/", ".")
        told = re.compile(rf"{re.escape(module)}\b(?!\.)") if path.endswith(".py") else None
        for test, text in texts.items():
            if (named and named.fullmatch(PurePosixPath(test).name)) or (told and told.search(text)):
                found.add(test)
    return found


def failed_last() -> set[str]:
    kept = ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"
    return set(json.loads(kept.read_text())) if kept.exists() else set()


def chosen(paths: Iterable[str], failed: Iterable[str], *, on_postgres: bool) -> list[str]:
    """What to run on one of the databases: on PostgreSQL what only it can show, on SQLite the rest."""
    paths = list(paths)
    found = belonging_to(paths)
    found |= {
        test
        for test in failed
        if test.partition("::")[0] not in found and (ROOT / test.partition("::")[0]).exists()
    }
    if any(OF_THE_WALLS.search(path) for path in paths):
        found.add(BOTH_WALLS)
    always = (ROOT / "tests/architecture").glob("test_*.py")
    found |= {str(test.relative_to(ROOT)) for test in always if not test.name.startswith("test_postgres_")}
    return sorted(
        test
        for test in found
        if not test.startswith("tests/browser/")
        and ("/test_postgres_" in test) == on_postgres
        and (test in paths or PurePosixPath(test).name not in SLOW)
    )


if __name__ == "__main__":
    print(*chosen(changed(), failed_last(), on_postgres="--postgres" in sys.argv), sep="\n")  # noqa: T201
