"""Whatever changes while somebody has a page of a review open: the page, what saves itself on it, and what is shared
from it say what happened, or go on. Changes × open pages, each with its GET, its autosave and its sending."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.models import (
    CoachingSession,
    Draft,
    EditionMove,
    Focus,
    OrientationWish,
    SelfRating,
    Target,
    engagement,
)
from coaching.models.decision import decide
from coaching.models.erasing import agree_to_erase, ask_to_erase, erase_all, erase_private
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.self_rating import share_self_rating
from sopcoach.models import User
from sopcoach.words.refusal import Refused
from tests.coaching import steps
from tests.coaching.test_edition_move import newer_edition_of
from tests.forms.taking_back import taken_back

WORDS = "Half a thought, which nobody may lose."
AUTOSAVE = {"X-Autosave": "1"}


@dataclass
class Desk:
    """A pair in whose session somebody has a page open."""

    session: CoachingSession
    focus: Focus

    @property
    def pair(self):
        return self.session.partnership

    def both(self, wish: Callable) -> None:
        for person in (self.pair.supervisor, self.pair.worker):
            wish(self.pair, by=person)
        self.pair.refresh_from_db()


@dataclass(frozen=True)
class Page:
    """A page of a review that a side has open, with what saves itself on it and what is sent from it."""

    side: str
    reach: Callable[[Desk], None]
    address: Callable[[Desk], str]
    autosave: dict[str, str] | None = None
    send: dict[str, str] = field(default_factory=dict)
    to: Callable[[Desk], str] | None = None


def _focus_page(desk: Desk) -> str:
    return reverse("review_focus", args=[desk.pair.slug, desk.session.number, desk.focus.aspect_slug])


def _at(name: str, *more: str) -> Callable[[Desk], str]:
    return lambda desk: reverse(name, args=[desk.pair.slug, desk.session.number, *more])


def _nothing(desk: Desk) -> None:
    """The session has begun, and nothing is shared yet."""


def _looked_back(desk: Desk) -> None:
    share_reflection(desk.session, by=desk.pair.worker, went_well="It went well.", differently="")


def _rated(desk: Desk) -> None:
    _looked_back(desk)
    share_self_rating(desk.session, desk.focus, by=desk.pair.worker, level=4)


def _observed(desk: Desk) -> None:
    _rated(desk)
    share_observation(desk.session, desk.focus, by=desk.pair.supervisor, saw="I saw it.")


def _decided(desk: Desk) -> None:
    _observed(desk)
    decide(desk.session, desk.focus, by=desk.pair.worker, choice="carry_on")


def _promise() -> dict[str, str]:
    return {"act": "promise", "promise": WORDS, "due_on": timezone.localdate().isoformat()}


PAGES = {
    "look back": Page(
        "worker",
        _nothing,
        _at("look_back"),
        {"field": "went_well"},
        {"act": "share", "went_well": WORDS, "differently": ""},
    ),
    "rate": Page(
        "worker",
        _looked_back,
        _focus_page,
        {"field": "because"},
        {"act": "rate", "level": "4", "because": WORDS},
    ),
    "shared": Page("worker", _rated, _focus_page),
    "waiting": Page("supervisor", _looked_back, _focus_page, {"field": "saw"}, {"act": "keep", "saw": WORDS}),
    "observe": Page(
        "supervisor", _rated, _focus_page, {"field": "saw"}, {"act": "observe", "saw": WORDS, "level": ""}
    ),
    "decide": Page("worker", _observed, _focus_page, None, {"act": "decide", "choice": "carry_on"}),
    "together": Page("supervisor", _observed, _focus_page),
    "congratulate": Page(
        "supervisor",
        _decided,
        _focus_page,
        {"field": "congratulation"},
        {"act": "congratulate", "congratulation": WORDS},
    ),
    "stage": Page("supervisor", _nothing, _at("stage", "purpose"), {"field": "words"}, {"words": WORDS}),
    "content": Page("worker", _looked_back, _at("stage", "content")),
    "next steps": Page(
        "worker", _decided, _at("stage", "next_steps"), {"field": "promise"}, _promise(), _at("promise_make")
    ),
    "close": Page(
        "supervisor",
        _decided,
        _at("stage", "feedback"),
        {"field": "plus"},
        {"act": "close", "day": (timezone.localdate() + timedelta(days=14)).isoformat(), "at": "10:00"},
        _at("session_close"),
    ),
    "home": Page("worker", _looked_back, lambda desk: reverse("home")),
}


def _pick_another(desk: Desk) -> None:
    picked = Focus.choose(desk.pair, steps.aspects_of(desk.pair)[2:3], by=desk.pair.worker)[0]
    SelfRating.start(picked, by=desk.pair.worker, level=2)
    if not desk.pair.orientation:
        Target.set(picked, 3, by=desk.pair.worker)


def _pick_again(desk: Desk) -> None:
    desk.focus.rest(by=desk.pair.worker)
    Focus.choose(desk.pair, steps.aspects_of(desk.pair)[:1], by=desk.pair.worker)


def _move_edition(desk: Desk) -> None:
    """Which is refused in the middle of a session; the wish stands until it is closed."""
    newer_edition_of(desk.pair)
    EditionMove.propose(desk.pair, by=desk.pair.supervisor)
    with pytest.raises(Refused, match="Close the session first"), transaction.atomic():
        EditionMove.propose(desk.pair, by=desk.pair.worker)


def _take_the_mark(desk: Desk) -> None:
    supervisor = desk.pair.supervisor
    supervisor.may_supervise = False
    supervisor.save()


def _ask_to_erase(desk: Desk) -> None:
    """Both would have everything erased, which waits for the session; the worker's own drafts go now."""
    ask_to_erase(desk.pair, by=desk.pair.worker)
    agree_to_erase(desk.pair, by=desk.pair.supervisor)
    with pytest.raises(Refused, match="A session is going on"), transaction.atomic():
        erase_all(desk.pair, by=desk.pair.worker)
    erase_private(desk.pair, by=desk.pair.worker)


def _administrator():
    return User.objects.filter(is_administrator=True).earliest("pk")


def _close(desk: Desk) -> None:
    Draft.objects.filter(session=desk.session).delete()
    steps.close(desk.session)


CHANGES: dict[str, Callable[[Desk], None]] = {
    "nothing": lambda desk: None,
    "orientation ends": lambda desk: desk.both(OrientationWish.propose),
    "orientation ends and begins again": lambda desk: [desk.both(OrientationWish.propose) for _ in range(2)],
    "a focus is picked": _pick_another,
    "its focus rests": lambda desk: desk.focus.rest(by=desk.pair.worker),
    "its focus is picked again": _pick_again,
    "an edition's move is refused": _move_edition,
    "the supervisor's mark is taken away": _take_the_mark,
    "a pause": lambda desk: engagement.pause(desk.pair, by=desk.pair.worker),
    "a pause and its end": lambda desk: (
        engagement.pause(desk.pair, by=desk.pair.worker),
        engagement.resume(desk.pair, by=desk.pair.supervisor),
    ),
    "the session is closed": _close,
    "the worker ends it": lambda desk: engagement.end(desk.pair, by=desk.pair.worker),
    "the supervisor ends it": lambda desk: engagement.end(desk.pair, by=desk.pair.supervisor),
    "drafts are erased": _ask_to_erase,
    "the worker's account is closed": lambda desk: desk.pair.worker.deactivate(by=_administrator()),
    "the supervisor's account is closed": lambda desk: desk.pair.supervisor.deactivate(by=_administrator()),
}
GOES_ON = {
    "nothing",
    "orientation ends",
    "orientation ends and begins again",
    "a focus is picked",
    "its focus rests",
    "its focus is picked again",
    "an edition's move is refused",
    "the supervisor's mark is taken away",
    "a pause and its end",
    "drafts are erased",
}
"""After which everything on every page goes on as it was."""
SIGNED_OUT = {
    ("the worker's account is closed", "worker"),
    ("the supervisor's account is closed", "supervisor"),
}
"""Whose account is closed has no page any more, and reads the way in."""


@pytest.fixture
def desk(agreed, cast) -> Desk:
    """Wanda and Sam in orientation, in session 2, with one focus to look back on."""
    steps.open_session(agreed)
    steps.walk_through(agreed)
    for person in (cast.sam, cast.wanda):
        OrientationWish.propose(agreed, by=person)
    agreed.refresh_from_db()
    focus = Focus.choose(agreed, steps.aspects_of(agreed)[:1], by=cast.wanda)[0]
    session = steps.close(agreed.sessions.get(number=1))
    session.open(by=cast.sam)
    return Desk(session, focus)


def _is_a_way_on(client, answer) -> bool:
    """A page, or a redirect that arrives at one."""
    while answer.status_code == 302:
        answer = client.get(answer.url)
    return answer.status_code == 200


def _sentence(answer) -> str:
    """What a refusal says, as JSON or on a page."""
    if answer.headers["Content-Type"].startswith("application/json"):
        return answer.json()["status"]
    return answer.text.split('id="why">')[1].split("<")[0] if 'id="why">' in answer.text else ""


def _says_why(answer) -> bool:
    too_late = "in this session it can’t be added any more"
    said = _sentence(answer) or (too_late if too_late in answer.text else "")
    return answer.status_code == 403 and len(said) > 20 and said != "You can’t do that here."


@pytest.mark.parametrize("page_name", PAGES)
def test_an_open_page_goes_on_or_says_what_happened(desk, client_for, page_name):
    """The page is reached once; what has changed is taken back before the next thing changes."""
    page = PAGES[page_name]
    page.reach(desk)
    client = client_for(getattr(desk.pair, page.side))
    assert _is_a_way_on(client, client.get(page.address(desk))), "before anything has changed"
    wrong = {}
    for change_name in CHANGES:
        with taken_back():
            try:
                _goes_on_or_says_why(deepcopy(desk), deepcopy(client), change_name, page_name)
            except Exception as error:  # one change's failure leaves the others to be seen
                wrong[change_name] = f"{type(error).__name__}: {error}"
    assert wrong == {}


def _goes_on_or_says_why(desk: Desk, client: Client, change_name: str, page_name: str) -> None:
    page, goes_on = PAGES[page_name], change_name in GOES_ON
    CHANGES[change_name](desk)
    if (change_name, page.side) in SIGNED_OUT:
        assert client.get(page.address(desk)).url.startswith(reverse("account_login"))
        return
    seen = client.get(page.address(desk))
    assert _is_a_way_on(client, seen) or _says_why(seen), (seen.status_code, _sentence(seen))
    sent_to = (page.to or page.address)(desk)
    if page.autosave:
        words = page.autosave | {"text": WORDS, "revision": "0"}
        at = page.address(desk) if page_name == "close" else sent_to
        kept = client.post(at, words, headers=AUTOSAVE)
        assert kept.status_code == 200 or (_says_why(kept) and not goes_on), (
            kept.status_code,
            kept.content[:200],
        )
    if page.send:
        answer = client.post(sent_to, page.send)
        assert _is_a_way_on(client, answer) or (_says_why(answer) and not goes_on), (
            answer.status_code,
            _sentence(answer) or answer.text[:400],
        )
        if answer.status_code == 403 and WORDS in page.send.values():
            assert WORDS in answer.text, "the words are given back"


def test_the_size_of_the_table(record_property):
    asked = sum(1 + bool(page.autosave) + bool(page.send) for page in PAGES.values()) * len(CHANGES)
    record_property(
        "changes",
        f"{len(CHANGES)} changes × {len(PAGES)} open pages = {len(CHANGES) * len(PAGES)}, {asked} requests",
    )
    assert set(CHANGES) > GOES_ON
