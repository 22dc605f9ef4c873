"""Somebody at a browser, over one connection that is kept alive: cookies, and nothing that a browser does besides."""

import http.client
import re
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

COST = "X-Bench-Cost"


class UnexpectedError(Exception):
    """An answer that nobody who measures a page can mean."""


@dataclass(frozen=True)
class Sent:
    """What is sent: a page that is opened or, with `form`, something that is written."""

    path: str
    form: dict[str, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    ms: float
    cpu_ms: float
    queries: int
    size: int
    location: str


class Browser:
    def __init__(self, base: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=30)
        self.cookies: dict[str, str] = {}

    def send(self, sent: Sent) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if sent.form is not None:
            body = urlencode(sent.form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = self.cookies.get("csrftoken", "")
        began = time.perf_counter()
        self.connection.request(
            "GET" if body is None else "POST", sent.path, body=body, headers=headers | sent.headers
        )
        response = self.connection.getresponse()
        text = response.read()
        ms = (time.perf_counter() - began) * 1000
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        cpu_ms, queries = (response.headers.get(COST) or "0 0").split()
        return Answer(
            response.status,
            text.decode(),
            ms,
            float(cpu_ms),
            int(queries),
            len(text),
            response.headers.get("Location", ""),
        )

    def open(self, path: str) -> Answer:
        """The page at `path`, or wherever that leads."""
        answer = self.send(Sent(path))
        for _ in range(5):
            if answer.status not in (301, 302, 303):
                break
            path = answer.location
            answer = self.send(Sent(path))
        if answer.status != 200:
            raise UnexpectedError(f"{path} answered {answer.status}")
        return answer

    def where(self, path: str) -> str:
        """The address to which `path` leads."""
        answer = self.send(Sent(path))
        return self.where(answer.location) if answer.status in (301, 302, 303) else path

    def enter_as(self, email: str) -> None:
        """Sign in as one of the demo's people, without the password whose checking is slow on purpose."""
        self.open("/accounts/login/")
        answer = self.send(Sent("/enter-as/", {"person": email}))
        if answer.status != 302:
            raise UnexpectedError(f"{email} could not sign in: {answer.status}")

    def found(self, path: str, pattern: str) -> str:
        """What a page says at `pattern`, such as an address or a hidden field."""
        match = re.search(pattern, self.open(path).text)
        if match is None:
            raise UnexpectedError(f"{path} has no {pattern}")
        return match[1]
