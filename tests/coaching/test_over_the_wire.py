"""What the main pages bring to a browser that has never been here, and what each further one does (ADR 32)."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from coaching.demo import unit
from coaching.demo.people import SAM, WANDA
from coaching.models import CoachingSession
from sopcoach.models import User
from tests.profiles.factories import shipped_edition

pytestmark = pytest.mark.django_db

FIRST_VISIT = 73_000
FIRST_PRACTICE = 79_000
"""Bytes, where 85 to 108 kB were measured before. 70 are the aim. What is left is our scripts (20), htmx (15), the type (15), the
stylesheet (11), the signs (4) and the page."""
NEXT_PAGE = 14_000
OF_A_PAGE, OF_A_FILE = 900, 300
"""What their headers take, as the server sends them."""
FILE = re.compile(r"/static/([\w./-]+)")
ON_A_HOME_SCREEN = re.compile(r'<link rel="(?:apple-touch-icon|manifest)"[^>]*>')
"""Asked for by whoever keeps the product there, and by nobody else."""
LEADS_TO = re.compile(r"""(?:import|from)\s*["']\./([\w./-]+)["']|url\(["']?\.\./([\w./-]+)""")
PACKED = {"HTTP_ACCEPT_ENCODING": "gzip"}


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    """The files as a server collects them, each beside itself as it is packed."""
    root = tmp_path_factory.mktemp("static")
    kept = {"BACKEND": "sopcoach.requests.static_files.RememberedStaticFiles"}
    with override_settings(STATIC_ROOT=root, STORAGES=settings.STORAGES | {"staticfiles": kept}):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def packed(collected: Path, name: str) -> int:
    sizes = [
        path.stat().st_size
        for ending in ("", ".br", ".gz")
        if (path := collected / f"{name}{ending}").exists()
    ]
    return min(sizes)


def files_of(page: str, collected: Path) -> set[str]:
    """What a page asks for, and what that asks for in turn."""
    found: set[str] = set()
    waiting = FILE.findall(ON_A_HOME_SCREEN.sub("", page))
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if name.endswith((".js", ".css")):
            text = (
                (settings.BASE_DIR / "static" / name)
                if not name.startswith("django_htmx")
                else collected / name
            )
            for beside, above in LEADS_TO.findall(text.read_text()):
                at = Path(name).parent / beside if beside else Path(name).parent.parent / above
                waiting.append(str(at))
    return found


@pytest.fixture
def addresses() -> dict[str, str]:
    shipped_edition()
    unit.build()
    session = CoachingSession.objects.filter(
        partnership__worker__email=WANDA.email, partnership__supervisor__email=SAM.email
    ).latest("number")
    a_session = f"/coaching/{session.partnership.slug}/sessions/{session.number}/"
    return {
        "home": "/",
        "session": a_session,
        "stage": f"{a_session}purpose/",
        "practice": "/practice/",
        "catalogue": "/profiles/",
        "profile": "/profiles/three-questions/",
    }


def test_a_first_visit_and_each_page_after_it_stay_small(client_for, addresses, collected):
    client = client_for(User.objects.get(email=WANDA.email))
    first, after = {}, {}
    for name, address in addresses.items():
        answer = client.get(address, **PACKED)
        assert answer.headers["Content-Encoding"] == "gzip"
        after[name] = len(answer.content) + OF_A_PAGE
        files = files_of(client.get(address).text, collected)
        assert {"css/sopcoach.css", "made/page.js", "font/nunito-sans-latin.woff2"} <= files
        first[name] = after[name] + sum(packed(collected, file) + OF_A_FILE for file in files)

    assert {name: size for name, size in after.items() if size > NEXT_PAGE} == {}
    assert first.pop("practice") <= FIRST_PRACTICE
    assert {name: size for name, size in first.items() if size > FIRST_VISIT} == {}
