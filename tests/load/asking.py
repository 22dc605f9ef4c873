"""What two people in an open session ask of the server, as their pages do (static/js/live.js, static/js/autosave.js)."""

import itertools
import json
import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import gevent
from locust import FastHttpUser, task
from locust.env import Environment
from locust.exception import StopUser

POLLS_EVERY, SAVES_EVERY = 2.5, 15.0
COMES_WITHIN = 15
"""Seconds in which all of them come in."""


@dataclass
class Found:
    """Milliseconds of what counts, once everybody is there."""

    counts_from: float = 0
    saves: list[float] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    questions: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def note(self, into: list[float], seconds: float) -> None:
        if time.monotonic() >= self.counts_from:
            into.append(seconds * 1000)


FOUND = Found()
SENT: dict[str, float] = {}
"""When the words that carry this mark went off; whoever reads them takes them away."""


def _places() -> Iterator[tuple[str, str]]:
    for pair in json.loads(Path(os.environ["LOAD_PEOPLE"]).read_text()):
        for sign_in in pair["sign_ins"]:
            yield pair["page"], sign_in


PLACES = _places() if "LOAD_PEOPLE" in os.environ else iter(())
MARKS = itertools.count(1)


class Person(FastHttpUser):
    """One side: opens the page, then asks what is new every 2.5 seconds and saves every 15."""

    host = os.environ.get("LOAD_BASE", "http://127.0.0.1:8000")
    connection_timeout = network_timeout = 30.0

    def on_start(self) -> None:
        self.page, self.cookie = next(PLACES)
        self.token = self.cookie.rpartition("=")[2]
        gevent.sleep(random.uniform(0, COMES_WITHIN))  # noqa: S311
        opened = self._ask("GET", self.page)
        if opened.status_code != 200:
            raise StopUser
        self.live = unescape(re.search(r'data-live="([^"]+)"', opened.text)[1])
        self.revision = int(re.search(r'name="revision_words" value="(\d+)"', opened.text)[1])
        self.since = ""

    @task
    def be_there(self) -> None:
        now = time.monotonic()
        asks_at = now + random.uniform(0, POLLS_EVERY)  # noqa: S311
        saves_at = now + random.uniform(0, SAVES_EVERY)  # noqa: S311
        while True:
            gevent.sleep(max(0, min(asks_at, saves_at) - time.monotonic()))
            if saves_at <= asks_at:
                self._save()
                saves_at += SAVES_EVERY
            else:
                self._look()
                asks_at = time.monotonic() + POLLS_EVERY

    def _ask(self, method: str, path: str, headers: dict[str, str] | None = None, **sent: object):
        answer = self.client.request(
            method, path, headers={"Cookie": self.cookie} | (headers or {}), name=method, **sent
        )
        if answer.status_code not in (200, 204):
            FOUND.errors[f"{method} answered {answer.status_code}"] += 1
        return answer

    def _look(self) -> None:
        began = time.monotonic()
        answer = self._ask("GET", self.live, {"X-Live": "1", "X-Since": self.since})
        ended = time.monotonic()
        FOUND.note(FOUND.questions, ended - began)
        self.since = answer.headers.get("X-Since") or self.since
        if answer.status_code == 200:
            for mark in re.findall(r"words no\. (\d+)", answer.text):
                if sent_at := SENT.pop(f"{self.page}{mark}", None):
                    FOUND.note(FOUND.arrivals, ended - sent_at)

    def _save(self) -> None:
        mark = next(MARKS)
        began = SENT[f"{self.page}{mark}"] = time.monotonic()
        answer = self._ask(
            "POST",
            self.page,
            {"X-Autosave": "1", "X-CSRFToken": self.token},
            data={
                "field": "words",
                "text": f"What we try again on Monday, words no. {mark}",
                "revision": self.revision,
            },
        )
        FOUND.note(FOUND.saves, time.monotonic() - began)
        self.revision += 1
        if answer.status_code != 200:
            SENT.pop(f"{self.page}{mark}")


def ask(people: int, seconds: int) -> Found:
    """Let so many people be there for so long after all of them have come in."""
    environment = Environment(user_classes=[Person])
    runner = environment.create_local_runner()
    FOUND.counts_from = time.monotonic() + COMES_WITHIN + SAVES_EVERY
    runner.start(people, spawn_rate=people)
    gevent.sleep(COMES_WITHIN + SAVES_EVERY + seconds)
    late = [at for at in SENT.values() if FOUND.counts_from <= at < time.monotonic() - 5]
    FOUND.arrivals += [(time.monotonic() - at) * 1000 for at in late]
    FOUND.errors["words that never arrived"] += len(late)
    runner.quit()
    return FOUND
