"""The agreement's pages: who reads what, and the order of draft, signature and force."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.models import Agreement, AgreementDraft, engagement
from sopcoach.models import User
from sopcoach.words.wording import RunKind, compare
from tests.limits import MOST_QUERIES
from tests.pages import live_address
from tests.roles import before_the_wall

pytestmark = pytest.mark.both_databases

migration = import_module("coaching.migrations.0009_signed_as")

TERMS = {
    "rhythm": "monthly",
    "minutes": "120",
    "place": "On Mondays, by video.",
    "purpose": "To learn.",
    "readers": "The two of us.",
    "concerns": "We talk.",
}


def at(partnership, name="agreement", *args):
    return reverse(name, args=[partnership.slug, *args])


def propose(partnership, by, **terms):
    draft = AgreementDraft.begin(partnership, by=by)
    held = {name: getattr(draft, name) for name in AgreementDraft.FIELDS}
    draft.put(by=by, **(held | terms))
    return draft.sign(by=by)


def test_before_there_is_one_the_page_says_that_nothing_else_opens(cast, partnership, client_for):
    for person in (cast.wanda, cast.sam):
        page = client_for(person).get(at(partnership)).text
        assert "No focus, goal or rating opens before that." in page
        assert "Draft an agreement" in page


def test_the_draft_starts_with_words_that_name_the_two(cast, partnership, client_for):
    page = client_for(cast.wanda).get(at(partnership, "agreement_draft")).text
    assert "Sam won’t bring a level, a reflection or an observation from here into an evaluation" in page
    assert "Wanda may pause or stop at any time" in page
    assert not AgreementDraft.objects.exists()


def test_a_kept_draft_is_its_authors_alone(cast, partnership, client_for):
    client = client_for(cast.wanda)
    response = client.post(at(partnership, "agreement_draft"), TERMS | {"act": "keep"}, follow=True)
    assert "Only you can read it until you sign it." in response.text
    assert "On Mondays, by video." in response.text
    assert "Go on with your draft" in client.get(at(partnership)).text
    other = client_for(cast.sam)
    assert "Draft an agreement" in other.get(at(partnership)).text
    assert "On Mondays, by video." not in other.get(at(partnership, "agreement_draft")).text


def test_signing_proposes_and_the_other_signature_puts_in_force(cast, partnership, client_for):
    worker, supervisor = client_for(cast.wanda), client_for(cast.sam)
    response = worker.post(at(partnership, "agreement_draft"), TERMS | {"act": "sign"}, follow=True)
    assert "It counts once Sam has signed as well." in response.text
    assert "Waiting for Sam" in response.text
    assert "Nothing changes until Sam signs." in response.text
    page = supervisor.get(at(partnership)).text
    assert "An agreement to sign, or not" in page
    assert "Once a month for two hours. On Mondays, by video." in page
    assert "Sign as Sam Ortiz" in page
    assert Agreement.objects.in_force(partnership) is None
    page = supervisor.post(at(partnership, "agreement_sign", 1), follow=True).text
    assert "You have both signed. Version 1 is in force from now on." in page
    assert "Next: walk through the profiles" in page
    assert Agreement.objects.in_force(partnership).rhythm == "monthly"


def test_a_second_click_on_signing_proposes_no_second_version(cast, partnership, client_for):
    client = client_for(cast.wanda)
    for _ in range(2):
        client.post(at(partnership, "agreement_draft"), TERMS | {"act": "sign"})
    assert partnership.agreements.count() == 1
    assert not AgreementDraft.objects.exists()


def test_a_second_click_on_the_second_signature_changes_nothing(cast, partnership, client_for):
    propose(partnership, cast.wanda)
    client = client_for(cast.sam)
    for _ in range(2):
        assert client.post(at(partnership, "agreement_sign", 1)).status_code == 302
    assert Agreement.objects.in_force(partnership).number == 1


def test_the_proposer_cannot_sign_for_the_other(cast, partnership, client_for):
    propose(partnership, cast.wanda)
    client = client_for(cast.wanda)
    assert "Sign as" not in client.get(at(partnership)).text
    response = client.post(at(partnership, "agreement_sign", 1))
    assert response.status_code == 403
    assert "You have signed this version already." in response.text
    assert Agreement.objects.in_force(partnership) is None


def test_what_is_missing_keeps_the_words_typed_and_says_what_to_write(cast, partnership, client_for):
    response = client_for(cast.wanda).post(
        at(partnership, "agreement_draft"), TERMS | {"purpose": " ", "act": "sign"}
    )
    assert response.status_code == 200
    assert "Say what you use the practice profiles for, and what not." in response.text
    assert "On Mondays, by video." in response.text
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"rhythm": "daily"}, "Choose how often from the list."),
        ({"minutes": "7"}, "Choose for how long from the list."),
        ({"minutes": "soon"}, "Choose for how long from the list."),
        ({"place": "At 12 Maple Street."}, "looks like a street address"),
        ({"concerns": "x" * 5001}, "5,000 fit here"),
    ],
)
@pytest.mark.parametrize("action", ["keep", "sign"])
def test_bad_input_keeps_what_was_typed(cast, partnership, client_for, terms, sentence, action):
    response = client_for(cast.wanda).post(
        at(partnership, "agreement_draft"),
        TERMS | {"purpose": "To learn a lot."} | terms | {"act": action},
    )
    assert response.status_code == 200
    assert sentence in response.text
    assert "To learn a lot." in response.text
    assert not AgreementDraft.objects.exists()


def test_a_change_is_marked_word_by_word_and_the_old_one_stands(cast, agreed, client_for):
    propose(agreed, cast.sam, rhythm="monthly", minutes=120)
    client = client_for(cast.wanda)
    page = client.get(at(agreed)).text
    assert "Sam has proposed a change" in page
    assert "Every other week for one hour" in page
    page = client.get(at(agreed, "agreement_version", 2)).text
    assert "One thing differs from version 1, and it’s marked below." in page
    assert '<del><span class="visually-hidden">Taken out: </span>Every other week for one hour</del>' in page
    assert '<ins><span class="visually-hidden">Put in: </span>Once a month for two hours</ins>' in page
    assert "Leave it as it is" in page
    assert Agreement.objects.in_force(agreed).number == 1


def test_other_words_take_the_place_of_a_proposal(cast, partnership, client_for):
    propose(partnership, cast.sam)
    client = client_for(cast.wanda)
    assert (
        "Signing yours puts your words in its place." in client.get(at(partnership, "agreement_draft")).text
    )
    client.post(at(partnership, "agreement_draft"), TERMS | {"act": "sign"})
    page = client_for(cast.sam).get(at(partnership)).text
    assert "things differ from version 1" in page
    assert "Sign as Sam Ortiz" in page
    response = client.post(at(partnership, "agreement_sign", 1))
    assert response.status_code == 403
    assert "A newer version has been proposed since." in response.text


def test_the_same_words_as_the_agreement_in_force_are_no_change(cast, agreed, client_for):
    draft = AgreementDraft.begin(agreed, by=cast.wanda)
    same = {name: getattr(draft, name) for name in AgreementDraft.FIELDS}
    response = client_for(cast.wanda).post(at(agreed, "agreement_draft"), same | {"act": "sign"})
    assert response.status_code == 200
    assert "This says the same as the agreement in force." in response.text
    assert agreed.agreements.count() == 1


def test_the_same_words_as_the_others_proposal_lead_to_signing_that_one(cast, partnership, client_for):
    proposed = propose(partnership, cast.sam)
    same = {name: getattr(proposed, name) for name in AgreementDraft.FIELDS}
    response = client_for(cast.wanda).post(at(partnership, "agreement_draft"), same | {"act": "sign"})
    assert response.status_code == 200
    assert "which waits for you. Sign that one." in response.text


def test_earlier_versions_stay_readable(cast, agreed, client_for):
    propose(agreed, cast.sam, place="By video.").sign(by=cast.wanda)
    propose(agreed, cast.sam, place="Never taken up.")
    propose(agreed, cast.wanda, place="At the office.").sign(by=cast.sam)
    client = client_for(cast.wanda)
    page = client.get(at(agreed)).text
    assert "Version 4, since" in page
    assert page.count("In force on") == 2
    assert "Proposed by Sam, and never signed by both" in page
    assert "until a newer version took its place" in client.get(at(agreed, "agreement_version", 1)).text
    assert "before both of you had signed this one" in client.get(at(agreed, "agreement_version", 3)).text
    assert client.get(at(agreed, "agreement_version", 5)).status_code == 404


@pytest.mark.parametrize("name", ["nia", "petra", "olaf", "ada", "root"])
def test_outsiders_and_administrators_find_nothing(cast, agreed, client_for, name):
    client = client_for(getattr(cast, name))
    assert client.get(at(agreed)).status_code == 404
    assert client.get(at(agreed, "agreement_version", 1)).status_code == 404
    assert client.get(at(agreed, "agreement_draft")).status_code == 404
    assert client.post(at(agreed, "agreement_draft"), TERMS | {"act": "sign"}).status_code == 404
    assert client.post(at(agreed, "agreement_sign", 1)).status_code == 404


def test_when_it_has_ended_both_still_read_what_both_signed(cast, agreed, client_for):
    propose(agreed, cast.sam, place="By video.")
    engagement.end(agreed, by=cast.sam)
    supervisor, worker = client_for(cast.sam), client_for(cast.wanda)
    page = supervisor.get(at(agreed)).text
    assert "Sam won’t bring a level" in page
    assert "Draft a change" not in page
    assert at(agreed, "goals") not in page
    assert supervisor.get(at(agreed, "agreement_version", 1)).status_code == 200
    assert supervisor.get(at(agreed, "agreement_version", 2)).status_code == 404
    assert supervisor.get(at(agreed, "agreement_draft")).status_code == 404
    assert worker.get(at(agreed, "agreement_version", 2)).status_code == 200
    assert "Sign as" not in worker.get(at(agreed, "agreement_version", 2)).text
    response = worker.get(at(agreed, "agreement_draft"))
    assert response.status_code == 403
    assert "This coaching isn’t going on at the moment" in response.text


def rename(person: User, name: str, *, by: User) -> User:
    fresh = User.objects.get(pk=person.pk)
    marks = {"may_supervise": person.may_supervise, "is_administrator": False}
    fresh.change(by=by, email=person.email, name=name, unit=person.unit, **marks)
    return fresh


def test_what_was_signed_keeps_the_name_it_was_signed_with(cast, agreed, client_for):
    wanda = rename(cast.wanda, "Wanda Hart", by=cast.ada)
    rename(cast.sam, "Sam Ortiz-Lee", by=cast.ada)
    propose(agreed, wanda, place="By video.")
    client = client_for(wanda)
    for page in (client.get(at(agreed)).text, client.get(at(agreed, "agreement_version", 1)).text):
        assert "<bdi>Wanda Reyes</bdi></p>" in page
        assert "<bdi>Sam Ortiz</bdi></p>" in page
    newer = client.get(at(agreed, "agreement_version", 2)).text
    assert "<bdi>Wanda Hart</bdi></p>" in newer
    assert "<bdi>Sam Ortiz-Lee</bdi> hasn’t signed." in newer
    record = " ".join(client.get(reverse("export")).text.split())
    assert "Proposed by Wanda Hart. Wanda Hart signed on" in record
    assert "Wanda Reyes signed on" in record
    assert "Sam Ortiz signed on" in record


def test_what_was_signed_before_names_were_kept_gets_the_name_of_today(cast, agreed):
    propose(agreed, cast.sam, place="By video.")
    Agreement._base_manager.update(worker_signed_as="", supervisor_signed_as="")
    with before_the_wall():
        migration.fill(apps, connection.schema_editor())
    assert list(Agreement._base_manager.values_list("worker_signed_as", "supervisor_signed_as")) == [
        ("Wanda Reyes", "Sam Ortiz"),
        ("", "Sam Ortiz"),
    ]


def test_an_open_page_notices_that_the_other_has_signed(cast, partnership, client_for):
    proposed = propose(partnership, cast.wanda)
    client = client_for(cast.wanda)
    live = live_address(client.get(at(partnership)).text)
    assert client.get(live, headers={"X-Live": "1"}).status_code == 204
    proposed.sign(by=cast.sam)
    heard = client.get(live, headers={"X-Live": "1"}).json()
    assert heard == {"news": "You have both signed: version 1 is in force.", "is_same_page": False}


def test_the_page_takes_as_many_queries_for_many_versions_as_for_one(cast, agreed, client_for):
    client = client_for(cast.wanda)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(at(agreed)).status_code == 200
        return len(captured)

    before = queries()
    for n in range(2):
        propose(agreed, cast.sam, place=f"Room {n}.").sign(by=cast.wanda)
    assert queries() == before <= MOST_QUERIES


def runs(old, new):
    return [(run.kind, run.text) for run in compare(old, new)]


def test_a_changed_word_is_taken_out_and_put_in():
    assert runs("We meet on Mondays at noon.", "We meet on Fridays at noon.") == [
        (RunKind.SAME, "We meet on"),
        (RunKind.OUT, "Mondays"),
        (RunKind.IN, "Fridays"),
        (RunKind.SAME, "at noon."),
    ]


def test_a_word_that_stands_still_between_two_changes_goes_with_them():
    assert runs("On Mondays at ten by video", "On Fridays at two by video") == [
        (RunKind.SAME, "On"),
        (RunKind.OUT, "Mondays at ten"),
        (RunKind.IN, "Fridays at two"),
        (RunKind.SAME, "by video"),
    ]


def test_spaces_and_line_breaks_are_no_change():
    assert runs("One. Two.", "One.\n\nTwo. ") == [(RunKind.SAME, "One.\n\nTwo.")]


def test_words_come_and_go_at_the_ends():
    assert runs("", "New.") == [(RunKind.IN, "New.")]
    assert runs("Old.", "") == [(RunKind.OUT, "Old.")]
    assert runs("", "") == []


def test_every_word_of_both_versions_is_in_the_comparison():
    old, new = (
        "Every other week for one hour. At Sam’s desk.",
        "Once a month for two hours, by video. At Sam’s.",
    )
    compared = compare(old, new)
    assert "".join(r.before + r.text for r in compared if r.kind != RunKind.OUT).split() == new.split()
    assert "".join(r.before + r.text for r in compared if r.kind != RunKind.IN).split() == old.split()


def test_a_word_typed_a_thousand_times_does_not_keep_the_comparison_busy():
    assert [run.kind for run in compare("a " * 2500, "b a " * 1250)] == [RunKind.OUT, RunKind.IN]


def save(client, partnership, field, text, revision):
    sent = {"field": field, "text": text, "revision": revision}
    return client.post(at(partnership, "agreement_draft"), sent, headers={"X-Autosave": "1"})


def opened(client, partnership) -> dict[str, int]:
    """The revisions of a page that somebody has just opened."""
    return client.get(at(partnership, "agreement_draft")).context["revisions"]


def test_a_draft_saves_itself_while_it_is_written_and_stays_its_authors(cast, partnership, client_for):
    client = client_for(cast.sam)
    page = opened(client, partnership)
    for field, text in (("place", "On Tuesdays at ten."), ("rhythm", "monthly"), ("minutes", "120")):
        answer = save(client, partnership, field, text, page[field])
        assert answer.status_code == 200
        assert re.fullmatch(r"Saved at \d{1,2}:\d\d [AP]M, for you only", answer.json()["status"])
    again = client.get(at(partnership, "agreement_draft")).text
    assert "On Tuesdays at ten." in again
    assert '<option value="monthly" selected>' in again
    assert '<option value="120" selected>' in again
    assert re.search(r"Saved at \d{1,2}:\d\d [AP]M, for you only", again)
    assert "On Tuesdays at ten." not in client_for(cast.wanda).get(at(partnership, "agreement_draft")).text


def test_what_another_window_has_saved_is_shown_and_not_overwritten(cast, partnership, client_for):
    client = client_for(cast.sam)
    page = opened(client, partnership)
    first = save(client, partnership, "place", "At my desk.", page["place"]).json()
    second = save(client, partnership, "place", "By video.", page["place"])
    assert (second.status_code, second.json()["text"]) == (409, "At my desk.")
    assert AgreementDraft.objects.get().place == "At my desk."
    assert second.json()["revision"] == first["revision"]
    assert save(client, partnership, "place", "By video.", second.json()["revision"]).status_code == 200
    assert AgreementDraft.objects.get().place == "By video."


@pytest.mark.parametrize("action", ["keep", "sign"])
def test_a_form_sent_from_an_older_window_shows_both_texts(cast, partnership, client_for, action):
    client = client_for(cast.sam)
    page = opened(client, partnership)
    older = {f"revision_{name}": revision for name, revision in page.items()}
    save(client, partnership, "place", "At my desk.", page["place"])
    save(client, partnership, "rhythm", "weekly", page["rhythm"])
    response = client.post(at(partnership, "agreement_draft"), TERMS | older | {"act": action})
    assert response.status_code == 200
    assert "Both texts are below; send again to keep yours." in response.text
    assert "There it says “Every week”; send again to keep yours." in response.text
    assert "At my desk." in response.text
    assert "On Mondays, by video." in response.text
    assert AgreementDraft.objects.get().place == "At my desk."
    assert not Agreement.objects.exists()
    seen = {f"revision_{name}": revision for name, revision in response.context["revisions"].items()}
    client.post(at(partnership, "agreement_draft"), TERMS | seen | {"act": "keep"})
    draft = AgreementDraft.objects.get()
    assert (draft.place, draft.rhythm) == ("On Mondays, by video.", "monthly")


@pytest.mark.parametrize("action", ["keep", "sign"])
def test_what_another_window_saves_as_a_form_is_on_its_way_is_not_written_over(
    cast, partnership, client_for, action, monkeypatch
):
    client, put = client_for(cast.sam), AgreementDraft.put
    page = opened(client, partnership)
    older = {f"revision_{name}": revision for name, revision in page.items()}

    def put_a_moment_later(self, **terms):
        monkeypatch.undo()
        save(client, partnership, "place", "At my desk.", page["place"])
        put(self, **terms)

    monkeypatch.setattr(AgreementDraft, "put", put_a_moment_later)
    response = client.post(at(partnership, "agreement_draft"), TERMS | older | {"act": action})
    assert "Both texts are below; send again to keep yours." in response.text
    assert "At my desk." in response.text
    assert "On Mondays, by video." in response.text
    assert AgreementDraft.objects.get().place == "At my desk."
    assert not Agreement.objects.exists()
    seen = {f"revision_{name}": revision for name, revision in response.context["revisions"].items()}
    client.post(at(partnership, "agreement_draft"), TERMS | seen | {"act": "keep"})
    assert AgreementDraft.objects.get().place == "On Mondays, by video."


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("place", "At 12 Maple Street.", "looks like a street address"),
        ("purpose", "x" * 5001, "5,000 fit here"),
        ("rhythm", "daily", "Choose how often from the list."),
        ("minutes", "7", "Choose for how long from the list."),
        ("minutes", "soon", "Choose for how long from the list."),
    ],
)
def test_what_cannot_be_kept_is_said_in_the_line_and_nothing_is_saved(
    cast, partnership, client_for, field, text, sentence
):
    client = client_for(cast.sam)
    answer = save(client, partnership, field, text, opened(client, partnership)[field])
    assert answer.status_code == 422
    assert sentence in answer.json()["status"]
    assert not AgreementDraft.objects.exists()


@pytest.mark.parametrize("field", ["limits", "author", "", "worker_signed_at"])
def test_only_the_terms_of_a_draft_can_be_written(cast, partnership, client_for, field):
    answer = save(client_for(cast.sam), partnership, field, "Whatever.", 0)
    assert (answer.status_code, answer.json()["status"]) == (403, "This field isn’t yours to write.")
    assert not AgreementDraft.objects.exists()


def test_typed_and_taken_back_again_leaves_no_draft(cast, agreed, client_for):
    client = client_for(cast.wanda)
    stood = AgreementDraft.begin(agreed, by=cast.wanda).place
    typed = save(client, agreed, "place", "On Fridays.", opened(client, agreed)["place"]).json()
    assert "You have a draft" in client.get(at(agreed)).text
    assert save(client, agreed, "place", stood, typed["revision"]).status_code == 200
    assert "You have a draft" not in client.get(at(agreed)).text


def test_words_that_arrive_after_the_signature_make_no_draft_of_their_own(cast, partnership, client_for):
    client = client_for(cast.sam)
    page = opened(client, partnership)
    client.post(at(partnership, "agreement_draft"), TERMS | {"act": "sign"})
    assert save(client, partnership, "place", TERMS["place"], page["place"]).status_code == 200
    late = save(client, partnership, "place", "On Mondays, by", page["place"])
    assert (late.status_code, late.json()["text"]) == (409, TERMS["place"])
    assert not AgreementDraft.objects.exists()


def test_two_pages_that_were_opened_before_there_was_a_draft_keep_one(cast, partnership):
    pages = [AgreementDraft.begin(partnership, by=cast.sam) for _ in range(2)]
    for page, place in zip(pages, ("At my desk.", "By video."), strict=True):
        terms = {name: getattr(page, name) for name in AgreementDraft.FIELDS} | {"place": place}
        page.put(by=cast.sam, **terms)
    draft = AgreementDraft.objects.get()
    assert (draft.pk, draft.place) == (pages[1].pk, "By video.")
    pages[1].sign(by=cast.sam)
    assert not AgreementDraft.objects.exists()


def test_a_draft_of_a_coaching_that_pauses_is_kept_as_it_was(cast, agreed, client_for):
    client = client_for(cast.wanda)
    page = opened(client, agreed)
    engagement.pause(agreed, by=cast.wanda)
    answer = save(client, agreed, "place", "On Fridays.", page["place"])
    assert answer.status_code == 403
    assert answer.json()["status"]
    assert not AgreementDraft.objects.exists()
