"""The main pages and writes of the product, as requests with names. They ask as a worker and as her supervisor."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bench.browser import Answer, Browser, Sent
from tests.bench.measuring import Named
from tests.bench.urls_of import BARE

MAIN = ("home", "home, supervisor", "partnership", "session", "review", "movement")
"""What the issue sets figures for."""
WRITES = ("autosave", "+1", "sign-in")


@dataclass
class Desk:
    """A worker and her supervisor at work: whom to enter as, and where they are."""

    base: str
    worker: str
    supervisor: str
    revision: dict[str, int] = field(default_factory=dict)

    def requests(self) -> list[Named]:
        nobody, entering = Browser(self.base), Browser(self.base)
        worker, supervisor = Browser(self.base), Browser(self.base)
        entering.open("/accounts/login/")
        worker.enter_as(self.worker)
        supervisor.enter_as(self.supervisor)
        pair = worker.found("/", r'href="(/coaching/[a-z0-9]+/)')
        session = worker.found(f"{pair}sessions/", r'href="(/coaching/[a-z0-9]+/sessions/\d+/)"')
        worker.send(Sent(f"{session}begin/", {}))
        words = f"{session}context/"
        goal = worker.found("/practice/", r'action="/practice/([0-9a-f-]{36})/plus/"')
        pages = {
            "catalogue": (worker, "/profiles/"),
            "home": (worker, "/"),
            "home, supervisor": (supervisor, "/"),
            "partnership": (worker, pair),
            "session": (worker, session),
            "stage": (worker, words),
            "review": (worker, worker.where(f"{session}content/")),
            "movement": (worker, f"{pair}progress/"),
            "goals": (worker, f"{pair}goals/"),
            "practice": (worker, "/practice/"),
            "sign-in": (nobody, "/accounts/login/"),
        }
        return [
            *(_page(name, browser, path) for name, (browser, path) in pages.items()),
            Named("autosave", worker, self._autosave(worker, words), is_write=True),
            Named("+1", worker, lambda: _plus(goal), is_write=True, after=_undo(worker)),
            Named(
                "enter",
                entering,
                lambda: Sent("/enter-as/", {"person": self.worker}),
                statuses=(302,),
                is_write=True,
            ),
        ]

    def _autosave(self, browser: Browser, path: str) -> Callable[[], Sent]:
        field = "words"
        self.revision[field] = int(browser.found(path, r'name="revision_words" value="(\d+)"'))

        def sent() -> Sent:
            revision = self.revision[field]
            self.revision[field] += 1
            form = {"field": field, "text": f"We try again on Monday, {revision}.", "revision": str(revision)}
            return Sent(path, form, {"X-Autosave": "1"})

        return sent


def bare(base: str) -> Named:
    return Named("bare", Browser(base), lambda: Sent(BARE))


def _page(name: str, browser: Browser, path: str) -> Named:
    return Named(name, browser, lambda: Sent(path))


def _undo(browser: Browser) -> Callable[[Answer], object]:
    """Take a +1 back: a goal that is reached takes no more."""

    def undo(answer: Answer) -> None:
        entry = re.search(r"/practice/entries/[0-9a-f-]{36}/undo/", answer.text)
        if entry:
            browser.send(Sent(entry[0], {}))

    return undo


def _plus(goal: str) -> Sent:
    return Sent(f"/practice/{goal}/plus/", {"client_key": str(uuid.uuid4())}, {"HX-Request": "true"})
