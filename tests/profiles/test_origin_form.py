"""Where a draft's words come from is put right where it stands."""

from collections.abc import Callable

import pytest
from django.test import Client

from profiles.models import Edition, Provenance
from sopcoach.models import User
from tests.factories import UserFactory
from tests.profiles.factories import small_edition

pytestmark = pytest.mark.django_db

DRAFT = "/manage/editions/small-profiles-2/"
ORIGIN = f"{DRAFT}origin/"


@pytest.fixture
def ada(client_for: Callable[[User], Client]) -> Client:
    return client_for(UserFactory(name="Ada Bello", is_administrator=True))


@pytest.fixture
def draft() -> Edition:
    small_edition()
    return small_edition(name="2", published=False)


def opened(client: Client) -> dict[str, str]:
    """What a browser sends back when nobody has touched anything."""
    form = client.get(ORIGIN).context["form"]
    words = form.words()
    sent = {name: str(form[name].value() or "") for name in words}
    return sent | {f"was-{name}": one.digest for name, one in words.items()}


def said(edition: Edition) -> Provenance:
    return Provenance.objects.get(edition=edition)


def test_the_draft_says_how_far_its_words_can_be_relied_on_and_leads_to_the_form(
    ada: Client, draft: Edition
) -> None:
    page = ada.get(DRAFT).text
    assert "Draft for tests, not validated." in page
    assert f'href="{ORIGIN}"' in page
    assert "/origin/" not in ada.get("/manage/editions/small-profiles-1/").text


def test_it_is_put_right_where_it_stands_and_every_ladder_says_so(ada: Client, draft: Edition) -> None:
    sent = opened(ada) | {
        "status": "Wording of Cedar County,\nsorted by nobody yet.",
        "authors": "Cedar County\r\n\r\n  María Ñandú  ",
        "written_on": "2026-11-20",
        "reviewers": "",
    }
    page = ada.post(ORIGIN, sent, follow=True).text
    assert "Saved in the draft." in page
    assert "Wording of Cedar County, sorted by nobody yet." in page
    origin = said(draft)
    assert origin.authors == ["Cedar County", "María Ñandú"]
    assert origin.written_on.isoformat() == "2026-11-20"
    assert origin.reviewer_line == "none yet"
    assert origin.changelog == [["listening", "It has become a practice profile."]]
    ladders = ada.get(f"{DRAFT}profiles/listening/").text
    assert ladders.count("Written by Cedar County, María Ñandú") == 2
    assert "Draft for tests" not in ladders


def test_opened_and_sent_back_it_changes_nothing(ada: Client, draft: Edition) -> None:
    before = Provenance.objects.filter(edition=draft).values().get()
    ada.post(ORIGIN, opened(ada))
    assert Provenance.objects.filter(edition=draft).values().get() == before


def test_a_draft_that_says_nothing_of_itself_begins_to(ada: Client, draft: Edition) -> None:
    draft.provenance.delete()
    assert "It doesn’t say how far its words can be relied on." in ada.get(DRAFT).text
    ada.post(ORIGIN, opened(ada))
    assert not Provenance.objects.filter(edition=draft).exists()
    ada.post(ORIGIN, opened(ada) | {"status": "A first try"})
    assert said(draft).status == "A first try"
    assert said(draft).authors == []


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("status", "x" * 301, "This is too long: at most 300 characters fit."),
        ("authors", "Cedar County\n" + "x" * 401, "This is too long: at most 400 characters fit."),
        ("sources", "One | two", "A line can’t hold “|”"),
        ("sources", "\n".join(["One"] * 101), "These are too many lines: at most 100 fit."),
        ("method", "=SUM(A1)", "This begins with “=” as a formula does: write words."),
        ("written_on", "2026-02-31", "Choose a day of the calendar."),
        ("written_on", "2999-01-01", "This day is still to come."),
    ],
)
def test_what_does_not_hold_gets_a_sentence_and_all_that_was_typed_stays(
    ada: Client, draft: Edition, field: str, typed: str, sentence: str
) -> None:
    page = ada.post(ORIGIN, opened(ada) | {"wording": "Kept as it was typed.", field: typed}).text
    assert sentence in page
    assert "Kept as it was typed." in page
    assert said(draft).wording == "original"


def test_two_who_edit_at_once_overwrite_nothing_in_silence(ada: Client, draft: Edition) -> None:
    first = opened(ada)
    ada.post(ORIGIN, first | {"authors": "The first one", "method": "Also by the first one."})
    page = ada.post(ORIGIN, first | {"authors": "The second one"}).text
    assert "It now reads: “The first one”" in page
    ada.post(ORIGIN, opened(ada) | {"authors": "The second one"})
    assert said(draft).authors == ["The second one"]
    assert said(draft).method == "Also by the first one."


def test_a_published_edition_keeps_what_it_said(ada: Client, draft: Edition) -> None:
    sent = opened(ada) | {"status": "Official"}
    draft.publish(by=None)
    assert ada.get(ORIGIN).status_code == 403
    assert ada.post(ORIGIN, sent).status_code == 403
    assert said(draft).status == "Draft for tests, not validated"
