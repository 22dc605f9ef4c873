"""Two people at the same instant, in two threads with connections of their own."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.utils import timezone

from coaching.models import (
    AgreementDraft,
    CoachingSession,
    Draft,
    Focus,
    Invitation,
    Observation,
    Partnership,
    PracticeEntry,
    SelfRating,
    StageWords,
)
from coaching.models.agreement_draft import StaleTermsError
from coaching.models.base import StaleError
from coaching.models.locking import Gone
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.self_rating import share_self_rating
from sopcoach.requests.actor import acting_as
from sopcoach.vault.keyring import fresh_keyring
from sopcoach.words.refusal import Refused
from tests.cast import make_cast
from tests.coaching import steps
from tests.profiles.factories import small_edition
from tests.roles import past_the_wall

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    return make_cast()


@pytest.fixture
def session(cast):
    small_edition()
    return steps.ready_for_review(cast.wanda, cast.sam)


def at_once(*acts: tuple[object, Callable[[], object]]) -> list[object]:
    """Do these acts at the same instant, each before the wall as its person; what each returned or raised."""
    gate, results = Barrier(len(acts)), [None] * len(acts)

    def do(place: int, person, act) -> None:
        try:
            with fresh_keyring(), acting_as(person):
                gate.wait(10)
                results[place] = act()
        except Exception as error:  # what it raises is the result
            results[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=do, args=(place, *act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return results


def kinds(results: list[object]) -> list[type]:
    return sorted((type(result) for result in results), key=lambda kind: kind.__name__)


def test_both_sign_their_own_drafts_at_once_and_one_becomes_the_newer_version(session, cast):
    partnership = session.partnership
    drafts = []
    for person, minutes in ((cast.wanda, 90), (cast.sam, 120)):
        draft = AgreementDraft.begin(partnership, by=person)
        draft.put(
            by=person, **{name: getattr(draft, name) for name in AgreementDraft.FIELDS} | {"minutes": minutes}
        )
        drafts.append((person, draft))
    results = at_once(*((person, lambda p=person, d=draft: d.sign(by=p)) for person, draft in drafts))
    assert [str(result) for result in results if isinstance(result, Exception)] == []
    assert sorted(agreement.number for agreement in results) == [2, 3]


def test_every_term_of_a_first_draft_saves_itself_at_once_and_it_is_one_draft(session, cast):
    revisions = AgreementDraft.begin(session.partnership, by=cast.sam).revisions
    texts = {"rhythm": "weekly", "minutes": "90", "place": "By video."} | {
        name: f"What we say of {name}." for name in ("purpose", "readers", "concerns")
    }
    results = at_once(
        *(
            (
                cast.sam,
                lambda field=field, text=text: AgreementDraft.keep(
                    session.partnership, by=cast.sam, field=field, text=text, revision=revisions[field]
                ),
            )
            for field, text in texts.items()
        )
    )
    assert [str(result) for result in results if isinstance(result, Exception)] == []
    draft = AgreementDraft.objects.get()
    assert {name: str(getattr(draft, name)) for name in texts} == texts


def test_two_pages_that_send_a_first_draft_at_once_keep_one(session, cast):
    drafts = [AgreementDraft.begin(session.partnership, by=cast.sam) for _ in range(2)]
    terms = {name: getattr(drafts[0], name) for name in AgreementDraft.FIELDS}
    results = at_once(
        *(
            (cast.sam, lambda d=draft, m=minutes: d.put(by=cast.sam, **terms | {"minutes": m}))
            for draft, minutes in zip(drafts, (90, 120), strict=True)
        )
    )
    assert results == [None, None]
    assert AgreementDraft.objects.get().minutes in {90, 120}


def test_of_two_forms_from_one_page_that_are_sent_at_once_the_second_writes_over_nothing(session, cast):
    drafts = [AgreementDraft.begin(session.partnership, by=cast.sam) for _ in range(2)]
    terms = {name: getattr(drafts[0], name) for name in AgreementDraft.FIELDS}
    seen = drafts[0].revisions
    results = at_once(
        *(
            (cast.sam, lambda d=draft, m=minutes: d.put(by=cast.sam, seen=seen, **terms | {"minutes": m}))
            for draft, minutes in zip(drafts, (90, 120), strict=True)
        )
    )
    assert kinds(results) == [type(None), StaleTermsError]
    stale = next(result for result in results if isinstance(result, StaleTermsError))
    assert stale.stored == {"minutes": str(AgreementDraft.objects.get().minutes)}


def test_the_first_words_of_each_field_at_once_are_a_row_each(session, cast):
    session.open(by=cast.sam)
    results = at_once(
        *(
            (cast.wanda, lambda f=field: Draft.put(session, by=cast.wanda, field=f, text=f, revision=0))
            for field in Draft.WORKER_FIELDS * 2
        )
    )
    assert [str(result) for result in results if isinstance(result, Exception)] == []
    assert sorted(Draft.objects.values_list("field", flat=True)) == sorted(Draft.WORKER_FIELDS)


def test_signing_twice_at_once_signs_once(session, cast):
    draft = AgreementDraft.begin(session.partnership, by=cast.sam)
    draft.put(by=cast.sam, **{name: getattr(draft, name) for name in AgreementDraft.FIELDS} | {"minutes": 90})
    agreement = draft.sign(by=cast.sam)
    results = at_once(*[(cast.wanda, lambda: agreement.sign(by=cast.wanda))] * 2)
    assert kinds(results) == [type(None), Refused]


def test_a_rating_shared_twice_at_once_is_one_rating(session, cast):
    share_reflection(session, by=cast.wanda, went_well="I waited.", differently="")
    focus = session.partnership.focuses.get()
    results = at_once(
        *(
            (cast.wanda, lambda level=level: share_self_rating(session, focus, by=cast.wanda, level=level))
            for level in (3, 5)
        )
    )
    assert kinds(results) == [Refused, SelfRating]
    assert SelfRating.objects.filter(session=session).count() == 1


def test_a_supervisor_who_shares_at_the_instant_the_worker_does_comes_after_or_is_refused(session, cast):
    session.open(by=cast.sam)
    share_reflection(session, by=cast.wanda, went_well="I waited.", differently="")
    focus = session.partnership.focuses.get()
    rated, observed = at_once(
        (cast.wanda, lambda: share_self_rating(session, focus, by=cast.wanda, level=4)),
        (cast.sam, lambda: share_observation(session, focus, by=cast.sam, saw="You waited.", level=4)),
    )
    assert isinstance(rated, SelfRating)
    assert isinstance(observed, Observation | Refused)
    assert Observation.objects.count() == isinstance(observed, Observation)


def test_two_windows_that_save_at_once_lose_nothing(session, cast):
    session.open(by=cast.sam)

    def say(text):
        return session.say("purpose", by=cast.wanda, field="words", text=text, revision=0)

    results = at_once(
        (cast.wanda, lambda: say("From the laptop")), (cast.wanda, lambda: say("From the phone"))
    )
    assert kinds(results) == [StageWords, StaleError]
    kept = StageWords.objects.get()
    stale = next(result for result in results if isinstance(result, StaleError))
    assert stale.text == kept.text


def test_both_type_at_once_and_nothing_collides(session, cast):
    session.open(by=cast.sam)
    results = at_once(
        *(
            (p, lambda p=p: session.say("purpose", by=p, field="words", text=p.name, revision=0))
            for p in (cast.wanda, cast.sam)
        )
    )
    assert kinds(results) == [StageWords, StageWords]


def test_the_same_tap_sent_twice_at_once_counts_once(session, cast):
    goal = session.partnership.goals.get()
    key = "6b3f0a52-9a8e-4a53-8f3c-0f4e0c2b7a11"
    results = at_once(*[(cast.wanda, lambda: PracticeEntry.note(goal, by=cast.wanda, client_key=key))] * 4)
    assert kinds(results) == [PracticeEntry] * 4
    assert goal.entries.count() == 1


def test_four_focuses_picked_at_once_are_three_at_most(session, cast):
    partnership = session.partnership
    aspects = steps.aspects_of(partnership)[1:5]
    at_once(*((cast.wanda, lambda a=a: Focus.choose(partnership, [a], by=cast.wanda)) for a in aspects))
    assert partnership.focuses.filter(rested_at=None).count() == 3


def test_two_who_open_a_session_at_once_open_it_once(session, cast):
    results = at_once(
        *(
            (p, lambda p=p: session.__class__.objects.get(pk=session.pk).open(by=p))
            for p in (cast.wanda, cast.sam)
        )
    )
    assert results == [None, None]
    session.refresh_from_db()
    assert session.is_open


def test_the_wall_stands_in_a_thread_of_its_own(session, cast):
    def seen():
        return Partnership.objects.count()

    assert at_once((cast.wanda, seen), (cast.olaf, seen), (None, seen)) == [1, 0, 0]
    with past_the_wall(), connection.cursor():
        assert seen() == 1


def test_a_yes_given_twice_at_once_begins_one_coaching(cast):
    small_edition()
    invitation = Invitation.send(by=cast.sam, to=cast.wanda, words="Would you?")
    results = at_once(*[(cast.wanda, lambda: invitation.reply(by=cast.wanda, answer="formal"))] * 2)
    assert kinds(results) == [Partnership, Refused]
    assert Partnership.objects.count() == 1


def test_a_yes_at_the_instant_at_which_the_other_account_is_closed_leaves_no_coaching_open(cast):
    small_edition()
    invitation = Invitation.send(by=cast.sam, to=cast.wanda, words="Would you?")
    said, closed = at_once(
        (cast.wanda, lambda: invitation.reply(by=cast.wanda, answer="formal")),
        (cast.ada, lambda: cast.sam.deactivate(by=cast.ada)),
    )
    assert closed is None
    assert isinstance(said, Partnership | Gone)
    assert not Partnership.objects.current().exists()


@pytest.mark.parametrize("marked", ["sam", "wanda"])
def test_a_yes_at_the_instant_at_which_one_of_them_gets_the_mark_leaves_no_administrator_in_coaching(
    cast, marked
):
    small_edition()
    invitation = Invitation.send(by=cast.sam, to=cast.wanda, words="Would you?")
    person = getattr(cast, marked)
    kept = {"email": person.email, "name": person.name, "unit": person.unit, "may_supervise": False}
    said, given = at_once(
        (cast.wanda, lambda: invitation.reply(by=cast.wanda, answer="formal")),
        (cast.ada, lambda: person.change(by=cast.ada, **kept, is_administrator=True)),
    )
    person.refresh_from_db()
    assert isinstance(said, Partnership | Refused)
    assert isinstance(given, ValidationError | None)
    assert person.is_administrator == (given is None) != Partnership.objects.current().exists()


def test_two_who_ask_each_other_at_once_have_one_question_between_them(cast):
    results = at_once(
        (cast.wanda, lambda: Invitation.ask(by=cast.wanda, to=cast.sam, wish="formal", words="Would you?")),
        (cast.sam, lambda: Invitation.send(by=cast.sam, to=cast.wanda, words="Would you?")),
    )
    assert kinds(results) == [Invitation, ValidationError]


def test_two_who_close_a_session_at_once_plan_one_next(session, cast):
    session.open(by=cast.sam)
    results = at_once(
        *(
            (
                p,
                lambda p=p: session.close(
                    by=p, next_starts_at=timezone.now() + timedelta(days=14), minutes=60
                ),
            )
            for p in (cast.wanda, cast.sam)
        )
    )
    assert kinds(results) == [CoachingSession, Refused]
    assert session.partnership.sessions.filter(closed_at=None).count() == 1


def test_what_is_signed_while_the_other_proposes_anew_is_the_older_version_or_is_refused(session, cast):
    partnership = session.partnership

    def drafted(by, minutes):
        draft = AgreementDraft.begin(partnership, by=by)
        words = {name: getattr(draft, name) for name in AgreementDraft.FIELDS}
        draft.put(by=by, **words | {"minutes": minutes})
        return draft

    proposed = drafted(cast.sam, 90).sign(by=cast.sam)
    another = drafted(cast.sam, 120)
    signed, newer = at_once(
        (cast.wanda, lambda: proposed.sign(by=cast.wanda)), (cast.sam, lambda: another.sign(by=cast.sam))
    )
    assert newer.number == proposed.number + 1
    proposed.refresh_from_db()
    assert proposed.is_signed_by_both == (signed is None)
    assert signed is None or "newer version" in str(signed)
