"""Measure named requests against a server, everything in turn, so that a busy minute weighs on all of them alike."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.bench.browser import Answer, Browser, Sent, UnexpectedError

WARMING = 4
"""Rounds before those that count."""


@dataclass(frozen=True)
class Named:
    """A request with the name under which it is told. What has to be new each time (a key, a revision) is made by `make`,
    which isn't measured."""

    name: str
    browser: Browser
    make: Callable[[], Sent]
    statuses: tuple[int, ...] = (200,)
    is_write: bool = False
    after: Callable[[Answer], object] = lambda _: None
    """What puts things back as they were, so that every round asks the same; it isn't measured either."""


@dataclass(frozen=True)
class Figure:
    name: str
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    queries: int
    size: int
    is_write: bool


def measure(requests: Sequence[Named], *, beside: Named, rounds: int = 30) -> dict[str, Figure]:
    """By their names; medians, and the 95th of a hundred. `beside` is asked before each of them, so that it meets the
    machine as they do."""
    in_turn = [one for request in requests for one in (beside, request)]
    answers: dict[str, list[Answer]] = {request.name: [] for request in in_turn}
    for n in range(WARMING + rounds):
        for request in in_turn:
            answer = request.browser.send(request.make())
            if answer.status not in request.statuses:
                raise UnexpectedError(f"{request.name} answered {answer.status}: {answer.text[:300]}")
            request.after(answer)
            if n >= WARMING:
                answers[request.name].append(answer)
    return {request.name: _figure(request, answers[request.name]) for request in (beside, *requests)}


def _figure(request: Named, answers: list[Answer]) -> Figure:
    ms = sorted(answer.ms for answer in answers)
    return Figure(
        request.name,
        p50_ms=round(statistics.median(ms), 3),
        p95_ms=round(ms[min(len(ms) - 1, int(len(ms) * 0.95))], 3),
        cpu_ms=round(statistics.median(answer.cpu_ms for answer in answers), 3),
        queries=max(answer.queries for answer in answers),
        size=round(statistics.median(answer.size for answer in answers)),
        is_write=request.is_write,
    )
