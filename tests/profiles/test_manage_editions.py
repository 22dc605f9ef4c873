"""The administrators' pages about editions, as their readers see them."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from profiles import manage_urls
from profiles.importing.readers import read
from profiles.importing.writers import written
from profiles.models import Edition, EditionStatus, EditionUpload, LevelDescriptor
from sopcoach.models import User
from tests.factories import UserFactory
from tests.profiles.counting import queries_of
from tests.profiles.factories import small_edition, small_source
from tests.profiles.files import sheet, workbook

pytestmark = pytest.mark.django_db

HOME = "/manage/editions/"
DRAFT = f"{HOME}small-profiles-2/"
ASPECT = f"{DRAFT}profiles/listening/aspects/listening-opening/"
GOAL = f"{DRAFT}profiles/listening/goals/1/"
QUESTION = f"{DRAFT}profiles/listening/questions/1/"


@pytest.fixture
def ada(client_for: Callable[[User], Client]) -> Client:
    return client_for(UserFactory(name="Ada Bello", is_administrator=True))


@pytest.fixture
def draft() -> Edition:
    small_edition()
    return small_edition(name="2", published=False)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def upload(client: Client, content: bytes, address: str = HOME, name: str = "county.xlsx") -> str:
    """Choose a file and look at what it would change: the address of the plan, or nothing if it can't be read."""
    response = client.post(address, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code in {200, 302}
    return response.headers.get("Location", "")


def accept(client: Client, plan: str) -> str:
    """Make a draft of a plan as it is shown: what the page says next."""
    seen = re.search(r'name="seen" value="(\w+)"', page(client, plan))
    assert seen
    return client.post(plan, {"seen": seen[1]}, follow=True).content.decode()


def county(name: str = "2") -> bytes:
    return workbook(source=small_source(name=name))


def fields(client: Client, address: str) -> dict[str, str]:
    """What a browser sends back when nobody has touched anything."""
    html = page(client, address)
    sent = dict(
        re.findall(r'<input type="hidden" autocomplete="off" name="(was-[\w-]+)" value="(\w+)"', html)
    )
    sent |= dict(re.findall(r'<textarea name="([\w-]+)"[^>]*>\s*([^<]*)</textarea>', html))
    sent |= dict(re.findall(r'<input type="(?:text|number)" name="([\w-]+)" value="([^"]*)"', html))
    return sent


# Who may open them


def routes() -> list[str]:
    words = {
        "slug": "small-profiles-2",
        "profile": "listening",
        "aspect": "listening-opening",
        "order": 1,
        "level": 1,
        "kind": "csv",
        "token": EditionUpload.objects.get().token,
    }
    return [
        reverse(pattern.name, kwargs={name: words[name] for name in pattern.pattern.converters})
        for pattern in manage_urls.urlpatterns
    ]


@pytest.mark.parametrize("may_supervise", [False, True])
def test_only_administrators_open_them(client_for, draft: Edition, ada: Client, may_supervise: bool) -> None:
    upload(ada, county("3"))
    somebody = client_for(UserFactory(name="Sam Ortiz", may_supervise=may_supervise))
    for address in routes():
        for response in (somebody.get(address), somebody.post(address)):
            assert response.status_code in {403, 405}, address
            if response.status_code == 403:
                assert "Only an administrator looks after" in response.content.decode()
        response = Client().get(address)
        assert response.status_code in {302, 405}
        if response.status_code == 302:
            assert response["Location"].startswith("/accounts/login/")
    assert Edition.objects.count() == 2
    assert draft.profiles.count() == 3


def test_an_administrator_opens_every_one(draft: Edition, ada: Client) -> None:
    upload(ada, county("3"))
    for address in routes():
        response = ada.get(address)
        only_post = address.endswith(("/notes/", "/notes/1/"))
        refused = address.endswith("/retire/")  # of a draft
        assert response.status_code == (405 if only_post else 403 if refused else 200), address


@pytest.mark.parametrize("address", ["nothing/", "nothing/publish/", "small-profiles-2/profiles/nothing/"])
def test_what_is_not_there_is_not_found(draft: Edition, ada: Client, address: str) -> None:
    assert ada.get(HOME + address).status_code == 404


# From a file to a published edition


def test_an_empty_catalogue_says_what_to_do(ada: Client) -> None:
    assert "No edition is in use yet, so coaching can’t begin." in page(ada, HOME)


def test_a_dry_run_changes_nothing(ada: Client) -> None:
    small_edition()
    html = page(ada, upload(ada, county()))
    assert "Small profiles, edition 2, compared with edition 1, which is in use." in html
    assert Edition.objects.count() == 1


def test_a_plan_marks_the_words_that_change_and_says_what_comes_and_goes(ada: Client) -> None:
    small_edition()

    def change(book) -> None:
        sheet(book, "edition")["B2"] = "2"
        sheet(book, "edition")["C2"] = None
        sheet(book, "aspects")["D2"] = "Opening in listening, as it warmly looks at level 1."
        sheet(book, "aspects")["E2"] = "Always opens."
        sheet(book, "questions").delete_rows(2)
        sheet(book, "aspects").append(["mapping", "", "Asking for a scale", *"abcdefg"])

    html = page(ada, upload(ada, workbook(change)))
    assert 'as it <ins><span class="visually-hidden">Put in: </span>warmly</ins> looks at level 1.' in html
    assert '<del><span class="visually-hidden">Taken out: </span>' in html
    assert "<strong>Asking for a scale</strong>, a skill aspect of Mapping" in html
    assert "When did listening go well?" in html
    assert "Planning, all of it" in html
    assert "“always” tells how much" in html
    assert "Two words. A reader needs a picture" in html
    assert "Sheet “aspects”, row 2, column E" in html


def test_a_plan_becomes_a_draft_in_one_go_and_the_file_is_forgotten(ada: Client) -> None:
    small_edition()
    said = accept(ada, upload(ada, county()))
    assert "Small profiles, edition 2 is a draft now. Nobody is coached with it yet." in said
    assert Edition.objects.get(name="2").status is EditionStatus.DRAFT
    assert Edition.objects.current().name == "1"
    assert not EditionUpload.objects.exists()


def test_a_file_with_problems_names_them_and_can_not_become_a_draft(ada: Client) -> None:
    small_edition()
    content = workbook(lambda book: sheet(book, "aspects").__setitem__("F2", None))
    response = ada.post(HOME, {"file": SimpleUploadedFile("county.xlsx", content)})
    html = response.content.decode()
    assert "1 problem to put right in the file" in html
    assert "Sheet “aspects”, row 2, column F" in html
    assert not EditionUpload.objects.exists()


def test_a_published_edition_is_not_changed_by_a_file_of_its_name(ada: Client) -> None:
    small_edition()
    content = workbook(
        lambda book: sheet(book, "aspects").__setitem__("D2", "Other words for the first of levels.")
    )
    plan = upload(ada, content)
    html = page(ada, plan)
    assert "is published and never changes: give what you changed a new edition name" in html
    assert "Make it a draft" not in html
    seen = re.search(r'name="seen" value="(\w+)"', html)
    assert seen
    ada.post(plan, {"seen": seen[1]})
    assert not LevelDescriptor.objects.filter(text__startswith="Other words").exists()


def test_a_file_that_changes_nothing_says_so(ada: Client) -> None:
    small_edition()
    html = page(ada, upload(ada, written("csv", small_source()), name="county.csv"))
    assert "All of it is in the catalogue already, just so." in html
    assert "Make it a draft" not in html


def test_nothing_is_applied_that_nobody_has_seen(ada: Client) -> None:
    small_edition()
    plan = upload(ada, county())
    seen = re.search(r'name="seen" value="(\w+)"', page(ada, plan))
    assert seen
    small_edition(name="1.5")
    for sent in (seen[1], "", "made up"):
        html = ada.post(plan, {"seen": sent}).content.decode()
        assert "The catalogue has changed since you looked." in html
    assert not Edition.objects.filter(name="2").exists()
    assert "compared with edition 1.5" in html


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Please choose a file."),
        ({"file": SimpleUploadedFile("e.xlsx", b"")}, "The file is empty."),
        ({"file": SimpleUploadedFile("e.xlsx", b"x" * 5_000_001)}, "it has more than 5 MB."),
        ({"file": SimpleUploadedFile("e.xlsx", b"%PDF-1.4")}, "is a PDF"),
        ({"file": "not a file"}, "Please choose a file."),
    ],
)
def test_a_file_that_is_none_gets_a_sentence(ada: Client, sent: dict, sentence: str) -> None:
    response = ada.post(HOME, sent)
    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_files_that_nobody_came_back_to_are_forgotten(ada: Client) -> None:
    upload(ada, county("2"))
    EditionUpload.objects.update(created_at=timezone.now() - timedelta(days=3))
    upload(ada, county("3"))
    assert [upload.source["name"] for upload in EditionUpload.objects.all()] == ["3"]


def test_what_a_file_says_is_shown_as_text(ada: Client) -> None:
    content = workbook(lambda book: sheet(book, "profiles").__setitem__("B2", "<script>alert(1)</script>"))
    plan = upload(ada, content, name="<b>.xlsx")
    for html in (
        page(ada, plan),
        accept(ada, plan),
        page(ada, f"{HOME}small-profiles-1/profiles/listening/"),
    ):
        assert "<script>alert" not in html
        assert "<b>" not in html


# Files out


@pytest.mark.parametrize("kind", ["xlsx", "csv", "yaml"])
def test_templates_come_empty_and_filled(draft: Edition, ada: Client, kind: str) -> None:
    empty = ada.get(f"{HOME}template.{kind}")
    assert empty["Content-Disposition"] == f'attachment; filename="edition.{kind}"'
    assert empty.content
    filled = ada.get(f"{DRAFT}file.{kind}")
    assert filled["Content-Disposition"] == f'attachment; filename="small-profiles-2.{kind}"'
    assert read(filled.content, f"e.{kind}") == small_source(name="2")
    assert f"{HOME}template.{kind}" in page(ada, HOME)


# What becomes of an edition


def test_publishing_says_what_it_means_and_is_for_good(draft: Edition, ada: Client) -> None:
    html = page(ada, f"{DRAFT}publish/")
    assert "Its words never change again" in html
    assert "until both sides choose to move" in html
    said = ada.post(f"{DRAFT}publish/", follow=True).content.decode()
    assert "Small profiles, edition 2 is published. New coaching uses it from now on." in said
    assert Edition.objects.current() == draft
    assert ada.get(f"{DRAFT}publish/").status_code == 403
    for address in (
        ASPECT,
        GOAL,
        QUESTION,
        f"{DRAFT}add/",
        f"{DRAFT}delete/",
        f"{DRAFT}profiles/listening/take-out/",
    ):
        assert ada.post(address).status_code == 403, address
    assert draft.profiles.count() == 3


def test_publishing_another_scale_says_what_becomes_of_levels(ada: Client) -> None:
    small_edition()
    small_edition(name="2", top=5, published=False)
    html = page(ada, f"{DRAFT}publish/")
    assert "It has 5 levels, and edition 1 has 7. Levels of the two are never compared" in html
    small_edition(name="3", published=False)
    assert "never compared" not in page(ada, f"{HOME}small-profiles-3/publish/")


def test_a_draft_is_shown_with_its_scale(draft: Edition, ada: Client) -> None:
    html = page(ada, DRAFT)
    assert "The gist of level 7." in html
    assert "Their names and bands come by file" in html


def test_a_draft_that_is_not_whole_is_not_published(draft: Edition, ada: Client) -> None:
    draft.profiles.all().delete()
    html = ada.post(f"{DRAFT}publish/").content.decode()
    assert "The edition has no practice profile yet." in html
    assert Edition.objects.current() != draft


def test_retiring_says_what_new_coaching_uses_then(draft: Edition, ada: Client) -> None:
    address = f"{HOME}small-profiles-1/retire/"
    assert "New coaching can’t begin until you publish one." in page(ada, address)
    draft.publish(by=None)
    assert "New coaching goes on with Small profiles, edition 2." in page(ada, address)
    assert "New coaching then uses Small profiles, edition 1" in page(ada, f"{DRAFT}retire/")
    said = ada.post(address, follow=True).content.decode()
    assert "Small profiles, edition 1 is retired." in said
    assert ada.post(address).status_code == 403


def test_a_draft_can_be_deleted_and_a_published_edition_can_not(draft: Edition, ada: Client) -> None:
    said = ada.post(f"{DRAFT}delete/", follow=True).content.decode()
    assert "The draft of Small profiles, edition 2 is deleted." in said
    assert ada.post(f"{HOME}small-profiles-1/delete/").status_code == 403
    assert [edition.name for edition in Edition.objects.all()] == ["1"]


def test_editing_a_published_edition_starts_a_draft_with_its_words(draft: Edition, ada: Client) -> None:
    address = f"{HOME}small-profiles-1/new-draft/"
    assert "There is an edition of this name already." in ada.post(address, {"name": "2"}).content.decode()
    assert "Please write something here." in ada.post(address, {"name": " "}).content.decode()
    said = ada.post(address, {"name": "3"}, follow=True).content.decode()
    assert "Small profiles, edition 3 is a draft with the words of Small profiles, edition 1." in said
    assert LevelDescriptor.objects.filter(aspect__edition__name="3").count() == 42


# A draft from inside


def test_a_ladder_of_a_draft_is_shown_as_its_readers_will_see_it(draft: Edition, ada: Client) -> None:
    html = page(ada, f"{DRAFT}profiles/listening/")
    assert html.count('<ol class="ladder') == 2
    assert f'href="{ASPECT}"' in html
    assert f'href="{GOAL}"' in html
    assert f'href="{ASPECT}"'.replace("-2/", "-1/") not in page(
        ada, f"{HOME}small-profiles-1/profiles/listening/"
    )


def test_words_are_put_right_where_they_stand(draft: Edition, ada: Client) -> None:
    sent = fields(ada, ASPECT) | {
        "level-3": "Asks, waits,\nand lets the silence work.",
        "title": "Opening well",
    }
    said = ada.post(ASPECT, sent, follow=True).content.decode()
    assert "Saved in the draft." in said
    aspect = draft.aspects.get(slug="listening-opening")
    assert aspect.title == "Opening well"
    assert aspect.descriptors.get(level__number=3).text == "Asks, waits, and lets the silence work."
    assert LevelDescriptor.objects.filter(aspect__slug="listening-opening", level__number=3).count() == 2
    assert "Level 3 reads there:" in page(ada, ASPECT)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("level-3", "", "Please write something here."),
        ("level-3", "x" * 4001, "This is too long: at most 4000 characters fit."),
        ("level-3", "=SUM(A1)", "This begins with “=” as a formula does: write words."),
        ("level-3", "a\u202eb", "This holds characters that can’t be shown."),
        ("title", "Following in listening", "Another skill aspect of this practice profile has this title."),
    ],
)
def test_words_that_do_not_hold_get_a_sentence_and_stay(
    draft: Edition, ada: Client, field: str, typed: str, sentence: str
) -> None:
    html = ada.post(
        ASPECT, fields(ada, ASPECT) | {field: typed, "level-4": "Kept as it was typed."}
    ).content.decode()
    assert sentence in html
    assert "Kept as it was typed." in html
    assert not LevelDescriptor.objects.filter(text="Kept as it was typed.").exists()


def test_a_field_that_never_came_is_asked_for(draft: Edition, ada: Client) -> None:
    for address in (ASPECT, GOAL, QUESTION):
        response = ada.post(address)
        assert response.status_code == 200
        assert "Please write something here." in response.content.decode()


def test_two_who_edit_at_once_overwrite_nothing_in_silence(draft: Edition, ada: Client) -> None:
    opened = fields(ada, ASPECT)
    ada.post(
        ASPECT, opened | {"level-1": "What the first one has written.", "level-2": "Also by the first one."}
    )
    html = ada.post(ASPECT, opened | {"level-1": "What the second one has written."}).content.decode()
    assert "It now reads: “What the first one has written.”" in html
    assert "What the second one has written." in html
    again = fields(ada, ASPECT) | {"level-1": "What the second one has written."}
    ada.post(ASPECT, again)
    texts = draft.aspects.get(slug="listening-opening").descriptors
    assert texts.get(level__number=1).text == "What the second one has written."
    assert texts.get(level__number=2).text == "Also by the first one."


def test_notes_follow_what_is_typed_and_leave_the_field_alone(draft: Edition, ada: Client) -> None:
    sent = fields(ada, ASPECT)
    html = ada.post(f"{ASPECT}notes/3/", sent | {"level-3": "Often asks why."}).content.decode()
    assert "“often” tells how much" in html
    assert "Three words. A reader needs a picture" in html
    assert "<textarea" not in html
    html = ada.post(f"{ASPECT}notes/4/", sent | {"level-3": sent["level-4"]}).content.decode()
    assert "It has nearly the same words as level 3." in html
    assert ada.post(f"{ASPECT}notes/9/", sent).status_code == 404
    assert (
        draft.aspects.get(slug="listening-opening").descriptors.get(level__number=3).text == sent["level-3"]
    )


def test_a_question_and_a_goal_are_put_right_as_well(draft: Edition, ada: Client) -> None:
    ada.post(QUESTION, fields(ada, QUESTION) | {"text": "What went better than you thought?"})
    ada.post(
        GOAL,
        fields(ada, GOAL) | {"text": "Use listening on 3 visits by June.", "count": "3", "when": "by June"},
    )
    profile = draft.profiles.get(slug="listening")
    assert profile.questions.first().text == "What went better than you thought?"
    goal = profile.example_goals.get()
    assert (goal.count, goal.when, goal.unit) == (3, "by June", "visits")
    html = ada.post(GOAL, fields(ada, GOAL) | {"count": "0"}).content.decode()
    assert "greater than or equal to 1" in html
    html = ada.post(f"{GOAL}notes/", fields(ada, GOAL) | {"text": "Always use it."}).content.decode()
    assert "“always” can’t be counted" in html


def test_a_practice_profile_is_taken_out_and_comes_back_by_file(draft: Edition, ada: Client) -> None:
    assert "It goes with its 2 skill aspects" in page(ada, f"{DRAFT}profiles/mapping/take-out/")
    ada.post(f"{DRAFT}profiles/mapping/take-out/")
    assert [profile.slug for profile in draft.profiles.all()] == ["listening", "planning"]
    rows = ["profile,title,purpose," + ",".join(f"level {n}" for n in range(1, 8))]
    rows += [
        "Mapping,Seeing,To see together.," + ",".join("abcdefg"),
        "Listening,Hearing,," + ",".join("tuvwxyz"),
    ]
    plan = upload(ada, "\n".join(rows).encode(), f"{DRAFT}add/", "two.csv")
    html = page(ada, plan)
    assert "Compared with the draft of edition 2, which keeps all that the file doesn’t name." in html
    assert "Planning, all of it" in html
    accept(ada, plan)
    assert [(profile.slug, profile.order) for profile in draft.profiles.all()] == [
        ("listening", 1),
        ("planning", 3),
        ("mapping", 4),
    ]
    assert [aspect.slug for aspect in draft.aspects.filter(profile__slug="listening")] == ["hearing"]
    assert draft.profiles.get(slug="listening").questions.count() == 2


def test_a_file_for_a_draft_that_was_published_meanwhile_is_not_put_in(draft: Edition, ada: Client) -> None:
    plan = upload(
        ada, workbook(lambda book: sheet(book, "profiles").__setitem__("D2", "Other.")), f"{DRAFT}add/"
    )
    draft.publish(by=None)
    html = page(ada, plan)
    assert "is published and never changes" in html
    assert "Put it into the draft" not in html


def test_queries_do_not_grow_with_the_catalogue(ada: Client) -> None:
    addresses = (HOME, DRAFT, f"{DRAFT}profiles/listening/", ASPECT)
    small_edition()
    draft = small_edition(name="2", published=False)
    few = queries_of(ada, *addresses)
    draft.delete()
    small_edition(name="2", published=False, profiles=6, aspects=4, top=10)
    small_edition(name="3")
    small_edition(name="4", published=False)
    assert queries_of(ada, *addresses) == few
    assert max(few) < 20
