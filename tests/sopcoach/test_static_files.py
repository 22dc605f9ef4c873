"""What a browser may keep for ever: each file's name changes with what is in it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

MADE = settings.BASE_DIR / "static" / "made"


@pytest.mark.parametrize("name", sorted(path.name for path in MADE.iterdir()))
def test_a_script_that_browsers_load_asks_for_no_other_under_a_name_that_stays(name: str) -> None:
    assert not re.search(r"""\b(?:import|from)\s*\(?["'`]""", (MADE / name).read_text())


def test_what_is_made_is_collected_and_what_it_is_made_of_is_not(tmp_path: Path) -> None:
    kept = {"BACKEND": "sopcoach.requests.static_files.RememberedStaticFiles"}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=settings.STORAGES | {"staticfiles": kept}):
        call_command("collectstatic", interactive=False, verbosity=0)

    assert list((tmp_path / "made").glob("page.*.js"))
    assert not (tmp_path / "js").exists()
    assert list((tmp_path / "mfa" / "js").glob("webauthn.*.js")), (
        "of packages, what pages ask for is collected"
    )
