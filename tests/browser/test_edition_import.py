"""From the empty template to a published edition with only the mouse.

What somebody types into the workbook is typed here by openpyxl; then LibreOffice opens it and saves it as it does for
whoever works with it.
"""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from profiles.models import Edition, EditionStatus
from sopcoach.models import User
from tests.factories import UserFactory
from tests.profiles.factories import small_edition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LEVELS = ["Noticing", "Trying", "Doing", "Deepening", "Sharing"]
TEXTS = [
    "Knows what the map is for and can follow one that somebody else draws.",
    "Draws a map with a prompt card close by and asks about each column.",
    "Carries the whole map through unaided and writes in the family’s own words.",
    "Fits the map to the family and the decision, and can say why.",
    "Brings others to map with their own families and learns from how they do it.",
]


@pytest.fixture(scope="session")
def saved_by_a_spreadsheet_program(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Path], Path]:
    """The same workbook, opened by LibreOffice and saved by it."""
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is missing: apt-get install --no-install-recommends libreoffice-calc-nogui"
    profile = tmp_path_factory.mktemp("libreoffice")

    def save(workbook: Path) -> Path:
        folder = workbook.parent / "saved"
        own = f"-env:UserInstallation={profile.as_uri()}"
        command = [soffice, own, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(workbook)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return folder / workbook.name

    return save


def fill_in(template: Path, *, spoiled: bool) -> None:
    """Type a county's own profiles into the empty template: five levels, two of the seven columns deleted."""
    book = openpyxl.load_workbook(template)
    book["edition"].append(["County profiles", "2027.1", None, "For coaching conversations."])
    book["scale"].delete_rows(2, 7)
    for number, name in enumerate(LEVELS, start=1):
        band = "Finding my way" if number < 4 else "Making it mine"
        book["scale"].append([number, name, f"{name}, in short.", band])
    book["profiles"].append([None, "Safety Mapping", None, "See a family’s safety together.", "no"])
    book["aspects"].delete_cols(9, 2)
    book["aspects"].append(["Safety Mapping", None, "Drawing the map together", *TEXTS])
    book["aspects"].append(["Safety Mapping", None, "Sorting what we hear", *TEXTS[::-1]])
    if spoiled:
        book["aspects"]["F3"] = "=D3"
        book["aspects"]["G2"] = None
    book["questions"].append(["Safety Mapping", "Where did the map surprise you?"])
    sentence = "Use the map with families on 2 cases in the next 30 days."
    book["goals"].append(
        ["Safety Mapping", sentence, "Use", "the map", "families", 2, "cases", "in the next 30 days"]
    )
    book.save(template)


def as_administrator(
    enter: Callable[[User, int], Page], client_for: Callable[[User], Client], width: int
) -> Page:
    """Ada's home page. The mark and the second factor come after signing in, which another test is about."""
    ada = UserFactory(name="Ada Bello")
    page = enter(ada, width)
    ada.is_administrator = True
    ada.save()
    client_for(ada)
    page.reload()
    return page


@pytest.mark.parametrize("width", [390, 1280])
def test_a_county_s_own_profiles_are_in_use_with_only_the_mouse(
    width: int,
    enter: Callable[[User, int], Page],
    client_for: Callable[[User], Client],
    axe: Callable[[Page], None],
    saved_by_a_spreadsheet_program: Callable[[Path], Path],
    tmp_path: Path,
) -> None:
    small_edition()
    page = as_administrator(enter, client_for, width)

    def reads(heading: str) -> None:
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
        axe(page)

    def choose(file: Path) -> None:
        with page.expect_file_chooser() as opened:
            page.get_by_label("Your file").click()
        opened.value.set_files(file)
        page.get_by_role("button", name="See what it would change").click()

    page.get_by_role("link", name="Manage").click()
    page.get_by_role("link", name="Editions").click()
    reads("Editions")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Empty xlsx template").click()
    template = tmp_path / "county.xlsx"
    coming.value.save_as(template)
    empty = template.read_bytes()

    fill_in(template, spoiled=True)
    choose(saved_by_a_spreadsheet_program(template))
    reads("Editions")
    expect(page.get_by_role("heading", name="2 problems to put right in the file")).to_be_visible()
    expect(page.get_by_text("Sheet “aspects”, row 2, column G")).to_be_visible()
    expect(page.get_by_text("This is a formula. Put the words themselves in the cell.")).to_be_visible()
    assert Edition.objects.count() == 1

    template.write_bytes(empty)
    fill_in(template, spoiled=False)
    choose(saved_by_a_spreadsheet_program(template))
    reads("What this file would change")
    expect(page.get_by_text("Safety Mapping, a practice profile with 2 skill aspects")).to_be_visible()
    page.get_by_role("button", name="Make it a draft").click()
    reads("County profiles, edition 2027.1")
    assert Edition.objects.get(name="2027.1").status is EditionStatus.DRAFT

    page.get_by_role("link", name="Safety Mapping", exact=True).click()
    reads("Safety Mapping")
    page.get_by_role("link", name="Edit Drawing the map together").click()
    reads("Drawing the map together")
    field = page.get_by_label("Doing, level 3")
    field.press("ControlOrMeta+End")
    field.press_sequentially(" Always.")
    note = page.get_by_text("“always” tells how much; a level tells what the practice looks like.")
    expect(note).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value(f"{TEXTS[2]} Always.")
    axe(page)
    field.fill(TEXTS[2].replace("unaided", "alone"))
    expect(note).to_be_hidden()
    page.get_by_role("button", name="Save in the draft").click()
    expect(page.get_by_text("Saved in the draft.")).to_be_visible()

    page.get_by_role("link", name="Draft of edition 2027.1").click()
    page.get_by_role("link", name="Publish it").click()
    reads("Publish County profiles, edition 2027.1?")
    page.get_by_role("button", name="Publish it for good").click()
    expect(page.get_by_text("New coaching uses it from now on.")).to_be_visible()
    page.get_by_role("link", name="Profiles", exact=True).click()
    page.get_by_role("link", name="Safety Mapping", exact=True).click()
    expect(page.get_by_text("Carries the whole map through alone")).to_be_visible()

    edition = Edition.objects.current()
    assert edition is not None
    assert [level.name for level in edition.levels.all()] == LEVELS
    assert [band.title for band in edition.bands.all()] == ["Finding my way", "Making it mine"]
    assert [aspect.slug for aspect in edition.aspects.all()] == [
        "drawing-the-map-together",
        "sorting-what-we-hear",
    ]
