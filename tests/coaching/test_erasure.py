"""Erasing: the plan, who may, what goes, what stays, and that no key is left."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from coaching.models import (
    Agreement,
    AgreementDraft,
    CoachingSession,
    Draft,
    EntryLine,
    ErasureConsent,
    ErasureLog,
    Goal,
    Observation,
    Promise,
    ReviewedFocus,
    StageWords,
    engagement,
)
from coaching.models.access import AccessRecord
from coaching.models.base import NarrativeField
from coaching.models.erasing import (
    agree_to_erase,
    ask_to_erase,
    erase_all,
    erase_private,
    withdraw_from_erasing,
)
from coaching.models.erasure_kinds import PRIVATE, SHARED, STAYS
from coaching.models.erasure_plan import plan
from coaching.models.release import release
from sopcoach.vault.fields import ERASED, UNREADABLE
from sopcoach.vault.models import DataKey
from sopcoach.words import dates
from sopcoach.words.refusal import Refused
from tests.coaching import steps

pytestmark = pytest.mark.both_databases


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Keys go when the rows are gone for good: `with commit(): …`."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def full(cast, edition):
    """Wanda and Sam after a review, with drafts of both, two lines, a promise taken on, and a proposal of Sam's."""
    session = steps.ready_for_review(cast.wanda, cast.sam)
    partnership = session.partnership
    goal = partnership.goals.get()
    steps.practise(goal)[0].write_line(by=cast.wanda, text="It was quiet.", share=False)
    steps.practise(goal)[0].write_line(by=cast.wanda, text="It was loud.", share=True)
    session.open(by=cast.sam)
    session.say("purpose", by=cast.wanda, field="words", text="To learn.", revision=0)
    session.say("purpose", by=cast.sam, field="words", text="To hear it from you.", revision=0)
    promise = Promise.make(session, by=cast.sam, text="Bring it.", due_on=timezone.localdate())
    steps.review(session)
    following = steps.close(session)
    following.open(by=cast.sam)
    promise.take_on(by=cast.sam, into=following, due_on=timezone.localdate() + timedelta(days=3))
    ahead = steps.close(following)
    for person in (cast.wanda, cast.sam):
        Draft.put(ahead, by=person, field="promise", text="Perhaps this.", revision=0)
        own = AgreementDraft.begin(partnership, by=person)
        own.put(by=person, **{name: getattr(own, name) for name in AgreementDraft.FIELDS} | {"minutes": 90})
    AgreementDraft.objects.get(author=cast.sam).sign(by=cast.sam)
    return partnership


@pytest.fixture
def ended(full, cast, commit):
    with commit():
        engagement.end(full, by=cast.sam)
    return full


def left(partnership) -> dict[str, int]:
    """How many rows of each model are left in a partnership, apart from who opened what of it."""
    counts = {}
    for model in apps.get_app_config("coaching").get_models():
        if model is not AccessRecord and any(field.name == "partnership" for field in model._meta.fields):
            counts[model.__name__] = model._base_manager.filter(partnership=partnership).count()
    return {name: count for name, count in counts.items() if count}


def living_keys() -> int:
    return DataKey.objects.filter(erased_at=None).count()


def test_every_kind_of_row_of_a_partnership_has_its_place_in_the_plan():
    found = {
        model.__name__
        for model in apps.get_app_config("coaching").get_models()
        if any(
            getattr(field.remote_field, "model", None) is not None and field.name == "partnership"
            for field in model._meta.fields
        )
    }
    assert found == {kind.model for kind in (*PRIVATE, *SHARED)} | STAYS


def test_after_the_end_the_worker_alone_erases_everything_but_the_signed_agreement(ended, cast, commit):
    with commit():
        erase_all(ended, by=cast.wanda)
    assert left(ended) == {"Agreement": 1, "ErasureLog": 1}
    agreement = Agreement.objects.get()
    assert "Sam won’t bring a level" in agreement.purpose
    ended.refresh_from_db()
    assert ended.erased_at
    assert living_keys() == 1


def test_the_log_holds_kinds_and_counts_and_no_words(ended, cast, commit):
    with commit():
        log = erase_all(ended, by=cast.wanda)
    assert log.counts["EntryLine.private"] == 1
    assert log.counts["Promise"] == 2
    assert log.counts["Agreement"] == 1
    assert "1 private line in your practice log" in log.lines
    assert not [field for field in ErasureLog._meta.fields if isinstance(field, NarrativeField)]
    assert set(map(type, log.counts.values())) == {int}


def test_drafts_and_private_lines_go_at_any_time_and_nothing_else_does(full, cast, commit):
    before = left(full)
    units = [
        row.erasure_unit().id
        for row in (*Draft.objects.filter(author=cast.wanda), EntryLine.objects.get(shared_at=None))
    ]
    with commit():
        erase_private(full, by=cast.wanda)
    assert Draft.objects.get().author == cast.sam
    assert not AgreementDraft.objects.exists()
    assert EntryLine.objects.get().text == "It was loud."
    assert StageWords.objects.count() == before["StageWords"]
    assert DataKey.objects.filter(unit__in=units, erased_at__isnull=False).count() == len(units) == 2
    assert not full.erased_at


def test_the_supervisor_erases_nothing(full, cast):
    for act in (erase_private, erase_all, ask_to_erase):
        with pytest.raises(Refused, match="erased by Wanda"):
            act(full, by=cast.sam)


def test_while_it_goes_on_it_takes_both(full, cast, commit):
    with pytest.raises(Refused, match="ask first"):
        erase_all(full, by=cast.wanda)
    with pytest.raises(Refused, match="hasn’t asked"):
        agree_to_erase(full, by=cast.sam)
    ask_to_erase(full, by=cast.wanda)
    with pytest.raises(Refused, match="ask first"):
        erase_all(full, by=cast.wanda)
    agree_to_erase(full, by=cast.sam)
    with commit():
        erase_all(full, by=cast.wanda)
    assert left(full) == {"Agreement": 1, "CoachingSession": 1, "ErasureLog": 1}


def test_neither_consents_for_the_other(full, cast):
    ask_to_erase(full, by=cast.wanda)
    with pytest.raises(Refused):
        agree_to_erase(full, by=cast.wanda)
    with pytest.raises(Refused):
        erase_all(full, by=cast.wanda)


@pytest.mark.parametrize("who", ["wanda", "sam"])
def test_either_withdraws_until_it_is_done(full, cast, who):
    ask_to_erase(full, by=cast.wanda)
    agree_to_erase(full, by=cast.sam)
    withdraw_from_erasing(full, by=getattr(cast, who))
    with pytest.raises(Refused):
        erase_all(full, by=cast.wanda)
    assert ErasureConsent.objects.count() == (0 if who == "wanda" else 1)


def test_a_yes_to_an_earlier_question_is_no_yes_to_a_new_one(full, cast):
    ask_to_erase(full, by=cast.wanda)
    agree_to_erase(full, by=cast.sam)
    ask_to_erase(full, by=cast.wanda)
    with pytest.raises(Refused):
        erase_all(full, by=cast.wanda)


def test_consent_lapses_after_thirty_days(full, cast):
    ask_to_erase(full, by=cast.wanda)
    agree_to_erase(full, by=cast.sam)
    with time_machine.travel(timezone.now() + timedelta(days=31)), pytest.raises(Refused):
        erase_all(full, by=cast.wanda)


def test_nothing_is_erased_in_the_middle_of_a_session(full, cast):
    ask_to_erase(full, by=cast.wanda)
    agree_to_erase(full, by=cast.sam)
    CoachingSession.objects.get(closed_at=None).open(by=cast.sam)
    with pytest.raises(Refused, match="Close it first"):
        erase_all(full, by=cast.wanda)


def test_the_pair_goes_on_afterwards_with_the_walk_through_and_words_that_can_be_read(
    full, cast, commit, client_for
):
    ahead = full.sessions.get(closed_at=None)
    ask_to_erase(full, by=cast.wanda)
    agree_to_erase(full, by=cast.sam)
    with commit():
        erase_all(full, by=cast.wanda)
    again = full.sessions.get()
    assert (again.number, again.starts_at, again.kind) == (ahead.number, ahead.starts_at, ahead.kind)
    assert again.pk != ahead.pk
    steps.walk_through(full)
    goal = steps.set_goal(steps.focus_on(full)[0])
    again.open(by=cast.sam)
    again.say("purpose", by=cast.wanda, field="words", text="To begin anew.", revision=0)
    assert Goal.objects.get(pk=goal.pk).practice == "Three Questions"
    assert StageWords.objects.get().text == "To begin anew."
    for person in (cast.wanda, cast.sam):
        assert client_for(person).get(reverse("partnership", args=[full.slug])).status_code == 200


def test_an_agency_may_keep_what_was_shared_for_a_time_after_the_end(
    ended, cast, settings, commit, client_for
):
    settings.COACHING_MIN_RETENTION_DAYS = 90
    with pytest.raises(Refused, match="Your agency keeps"):
        erase_all(ended, by=cast.wanda)
    page = client_for(cast.wanda).get(reverse("erase", args=[ended.slug])).text
    assert "Your agency keeps what was shared for 90 days after coaching ends." in page
    day = timezone.localtime(ended.ended_at + timedelta(days=90))
    assert f"From {dates.day(day)} on" in page
    assert "Everything but the signed agreements" not in page
    with commit():
        erase_private(ended, by=cast.wanda)
    with time_machine.travel(ended.ended_at + timedelta(days=90, minutes=1)), commit():
        erase_all(ended, by=cast.wanda)
    assert left(ended)["Agreement"] == 1


def test_while_it_is_held_consent_before_the_end_is_not_asked_for(full, cast, settings, client_for):
    settings.COACHING_MIN_RETENTION_DAYS = 90
    with pytest.raises(Refused, match="Your agency keeps"):
        ask_to_erase(full, by=cast.wanda)
    assert "Ask Sam" not in client_for(cast.wanda).get(reverse("erase", args=[full.slug])).text


def test_a_release_goes_with_what_it_released(ended, cast, commit):
    now = steps.begin(cast.wanda, cast.nia)
    release(ended, by=cast.wanda, into=now, sessions=[2])
    with commit():
        erase_all(ended, by=cast.wanda)
    assert not StageWords.objects.visible_to(cast.nia).exists()
    assert not now.releases_here.exists()


def test_one_partnership_goes_and_the_other_stays(ended, cast, commit):
    other = steps.ready_for_review(cast.wanda, cast.nia).partnership
    before = left(other)
    with commit():
        erase_all(ended, by=cast.wanda)
    assert left(other) == before
    assert other.goals.get().practice == "Three Questions"


def test_a_copy_of_the_rows_that_is_put_back_says_that_it_was_erased(ended, cast, commit, client_for):
    words, goal, seen = StageWords.objects.first(), ended.goals.get(), Observation.objects.get()
    rows = [words.session, goal.focus, goal, words, seen]
    raw = [(type(row), type(row)._base_manager.filter(pk=row.pk).values().get()) for row in rows]
    with commit():
        erase_all(ended, by=cast.wanda)
    for model, values in raw:
        model._base_manager.bulk_create([model(**values)])
    assert StageWords.objects.get().text == ERASED
    assert Goal.objects.get().practice == ERASED
    assert Observation.objects.get().saw == ERASED != UNREADABLE
    number = words.session.number
    assert (
        ERASED.split(".")[0]
        in client_for(cast.wanda).get(reverse("stage", args=[ended.slug, number, words.stage])).text
    )


def test_nothing_is_written_into_a_copy_of_what_was_erased(ended, cast, commit):
    line = EntryLine.objects.get(shared_at=None)
    raw = type(line)._base_manager.filter(pk=line.pk).values().get()
    with commit():
        erase_private(ended, by=cast.wanda)
    EntryLine._base_manager.bulk_create([EntryLine(**raw)])
    line = EntryLine.objects.get(pk=line.pk)
    line.text = "Once more."
    with pytest.raises(ValidationError, match="nothing can be added"):
        line.save()


# pages


def at(partnership, name: str = "erase") -> str:
    return reverse(name, args=[partnership.slug])


def sent(partnership, what: str = "all", **more) -> dict:
    return {"what": what, "sure": "on", "seen": plan(partnership).fingerprint} | more


def test_the_page_shows_the_plan_and_looking_erases_nothing(ended, cast, client_for):
    before = left(ended)
    page = client_for(cast.wanda).get(at(ended)).text
    for words in (
        "This is what would go",
        "1 private line in your practice log",
        "4 sessions, 1 reflection, 2 promises",
        "The signed agreements, with you and with Sam",
        "One line that you erased, and when",
        "It can’t be brought back",
    ):
        assert words in page, words
    assert "checked" not in page
    assert left(ended) == before


def test_the_worker_confirms_and_reads_what_is_gone(ended, cast, client_for, commit):
    client = client_for(cast.wanda)
    with commit():
        response = client.post(at(ended), sent(ended), follow=True)
    assert "There is nothing left to erase" in response.text
    assert "What you have erased" in response.text
    assert "1 private line in your practice log" in response.text
    assert left(ended) == {"Agreement": 1, "ErasureLog": 1}
    for name in (
        "partnership",
        "goals",
        "sessions",
        "progress",
        "celebrations",
        "walkthrough",
        "agreement",
        "handover",
    ):
        assert client.get(at(ended, name)).status_code == 200, name
    assert "was erased on" in client.get(at(ended, "partnership")).text


def test_the_supervisor_is_told_that_it_was_erased_and_nothing_more(ended, cast, client_for, commit):
    with commit():
        client_for(cast.wanda).post(at(ended), sent(ended))
    client = client_for(cast.sam)
    assert "What was shared in it was erased on" in client.get(at(ended, "agreement")).text
    assert client.get(at(ended)).status_code == 404
    assert not ErasureLog.objects.visible_to(cast.sam).exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"sure": ""}, "Tick this once you’ve read"),
        ({"what": ""}, "Choose what shall go."),
        ({"what": "the county"}, "Choose what shall go."),
        ({"seen": "0"}, "Something has changed since you opened this page."),
    ],
)
def test_nothing_goes_without_the_whole_answer(ended, cast, client_for, change, sentence):
    before = left(ended)
    response = client_for(cast.wanda).post(at(ended), sent(ended) | change)
    assert response.status_code == 200
    assert sentence in response.text
    assert left(ended) == before


def test_before_the_end_the_page_asks_the_other_side(full, cast, client_for, commit):
    worker, supervisor = client_for(cast.wanda), client_for(cast.sam)
    assert "Everything but the signed agreements" not in worker.get(at(full)).text
    assert supervisor.get(at(full)).status_code == 403
    assert at(full) not in supervisor.get(at(full, "partnership")).text

    worker.post(at(full, "erase_consent"), {"act": "ask"})
    assert "Sam hasn’t answered yet" in worker.get(at(full)).text
    assert "asks whether you agree" in supervisor.get(at(full, "partnership")).text
    assert "It takes a yes of yours" in supervisor.get(at(full)).text

    supervisor.post(at(full, "erase_consent"), {"act": "agree"})
    assert "Take my yes back" in supervisor.get(at(full)).text
    assert "Sam has agreed" in worker.get(at(full)).text
    with commit():
        worker.post(at(full), sent(full))
    assert left(full) == {"Agreement": 1, "CoachingSession": 1, "ErasureLog": 1}


def test_the_supervisor_may_take_the_yes_back(full, cast, client_for):
    ask_to_erase(full, by=cast.wanda)
    supervisor = client_for(cast.sam)
    supervisor.post(at(full, "erase_consent"), {"act": "agree"})
    supervisor.post(at(full, "erase_consent"), {"act": "withdraw"})
    response = client_for(cast.wanda).post(at(full), sent(full))
    assert "Choose what shall go." in response.text
    assert StageWords.objects.exists()


def test_a_supervisor_can_neither_ask_nor_erase(full, cast, client_for):
    client = client_for(cast.sam)
    for response in (
        client.post(at(full), sent(full)),
        client.post(at(full, "erase_consent"), {"act": "ask"}),
    ):
        assert response.status_code == 403
        assert "erased by Wanda, or by nobody" in response.text
    assert StageWords.objects.exists()


def test_nobody_else_has_these_pages(full, cast, client_for):
    for person in (cast.olaf, cast.nia, cast.petra, cast.ada, cast.root):
        client = client_for(person)
        assert client.get(at(full)).status_code == 404
        assert client.post(at(full), sent(full)).status_code == 404
        assert client.post(at(full, "erase_consent"), {"act": "agree"}).status_code == 404


def test_every_page_of_the_two_opens_after_an_erasure_in_mid_coaching(session, cast, client_for):
    partnership = session.partnership
    session.open(by=cast.sam)
    steps.review(session, choice="carry_on")
    following = steps.close(session)
    ask_to_erase(partnership, by=cast.wanda)
    agree_to_erase(partnership, by=cast.sam)
    erase_all(partnership, by=cast.wanda)
    assert not ReviewedFocus.objects.filter(partnership=partnership).exists()
    pages = ("partnership", "goals", "progress", "celebrations", "walkthrough", "sessions", "agreement")
    for person in (cast.wanda, cast.sam):
        client = client_for(person)
        for name in pages:
            assert client.get(reverse(name, args=[partnership.slug])).status_code == 200, name
        for name in ("session", "look_back"):
            ahead = reverse(name, args=[partnership.slug, following.number])
            assert client.get(ahead).status_code == 200, name
        assert "mark what interests you" in client.get(reverse("home")).text
    assert client_for(cast.wanda).get(reverse("export")).status_code == 200
