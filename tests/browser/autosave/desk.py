"""A small server of the test's own: one revision for each field, as the product keeps it, and it can be told to be away."""

import base64
import html
import json
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs

STATIC = Path(__file__).parents[3] / "static"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
DAY = 24 * 60 * 60 * 1000
CSP = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
KEY_OF_WANDA = base64.b64encode(b"w" * 32).decode()
KEY_OF_SAM = base64.b64encode(b"s" * 32).decode()

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>A stage</title>
<link rel="icon" href="/static/img/favicon.svg">
<link rel="stylesheet" href="/static/css/sopcoach.css">
<script type="module" src="/static/made/page.js"></script>
</head>
<body data-person="{person}" data-keep="{key}" data-sprite="/static/img/sprite.svg" data-here="/here/" data-sign-in="/accounts/login/" data-idle-minutes="20">
<main id="main" class="container-xl pt-3 pb-5">
<h1>What would make this time worth it?</h1>
<div class="desk">
<form class="side" method="post" action="/save/" data-autosave>
  <input type="hidden" name="csrfmiddlewaretoken" value="of-the-page">
  <input type="hidden" name="revision" value="{words_revision}" data-revision-of="words">
  <label class="who" for="words">My words</label>
  <textarea class="form-control" id="words" name="words" rows="5" data-revision="{words_revision}" data-field="words">
{words}</textarea>
  <label for="more">And more</label>
  <textarea class="form-control" id="more" name="more" rows="2" data-revision="{more_revision}" data-field="more">
{more}</textarea>
  <fieldset><legend class="fs-6">Level</legend>{levels}</fieldset>
  <p class="saved" role="status" data-saved>Not written in yet</p>
  <div data-clash hidden></div>
  <div><button class="btn btn-primary">Share with Sam</button></div>
</form>
<section class="side" aria-label="Sam’s words" data-live="/?state=then" data-live-every="1000">{live}</section>
</div>
<form class="sheet mt-4" method="post" action="/on/">
  <label for="goal">A goal that does not save itself</label><input class="form-control" id="goal" name="goal">
  <button class="btn btn-quiet">On to the content</button>
</form>
<p><a href="/elsewhere/">Elsewhere</a></p>
{besides}
</main>
</body>
</html>"""

CLOSED = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>A closed stage</title>
<link rel="icon" href="/static/img/favicon.svg">
<link rel="stylesheet" href="/static/css/sopcoach.css">
<script type="module" src="/static/made/page.js"></script>
</head>
<body data-person="{person}" data-keep="{key}" data-sprite="/static/img/sprite.svg" data-here="/here/" data-sign-in="/accounts/login/" data-idle-minutes="20">
<main id="main" class="container-xl pt-3 pb-5">
<h1>What would make this time worth it?</h1>
<section class="sheet" aria-labelledby="left-over" data-left-over="/" hidden>
<h2 class="h3" id="left-over">You were still writing this when the session closed</h2>
<ul class="rows"></ul>
<p class="saved" role="status"></p>
</section>
<h2>My words</h2><p class="said">{words}</p>
</main>
</body>
</html>"""


class Desk:
    """What the server holds and how it behaves."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = defaultdict(str)
        self.revisions: dict[str, int] = defaultdict(lambda: 3)
        self.person, self.key = "wanda", KEY_OF_WANDA
        self.answer: str | None = None  # "away", "sign-in", "lost" (saves, but nobody hears of it), "closed"
        self.is_over = False
        self.away_until_opened = False
        self.headers: list[dict[str, str]] = []
        self.saves: list[tuple[str, str, str]] = []
        self.posts: list[dict[str, list[str]]] = []
        self.besides = ""
        self.live = "<p>Sam has written nothing yet.</p>"
        self.news: dict[str, object] | None = None
        self.slow = threading.Event()
        self.slow.set()
        self.url = ""

    def write(self, field: str, text: str) -> None:
        self.texts[field] = text
        self.revisions[field] += 1

    def page(self) -> str:
        if self.is_over:
            return CLOSED.format(key=self.key, person=self.person, words=html.escape(self.texts["words"]))
        levels = "".join(
            f'<div><input type="radio" name="level" id="level-{n}" value="{n}" data-field="level"'
            f' data-revision="{self.revisions["level"]}"{" checked" if self.texts["level"] == str(n) else ""}>'
            f'<label for="level-{n}">{name}</label></div>'
            for n, name in ((4, "4 Purposeful"), (5, "5 Partnering"))
        )
        return PAGE.format(
            key=self.key,
            person=self.person,
            words=html.escape(self.texts["words"]),
            words_revision=self.revisions["words"],
            more=html.escape(self.texts["more"]),
            more_revision=self.revisions["more"],
            levels=levels,
            live=self.live,
            besides=self.besides,
        )

    def save(self, field: str, text: str, revision: str) -> tuple[int, dict[str, object]]:
        self.saves.append((field, text, revision))
        if self.answer == "closed":
            return 403, {"status": "This session is closed. Its words stay as they are."}
        if "18-20417" in text:
            return 422, {"status": "“18-20417” looks like a case number, so we’ve stopped here."}
        if int(revision) != self.revisions[field]:
            return 409, {
                "revision": self.revisions[field],
                "text": self.texts[field],
                "status": "These words were changed in another window.",
            }
        self.write(field, text)
        return 200, {"revision": self.revisions[field], "status": "Saved at 10:14"}


class Handler(BaseHTTPRequestHandler):
    desk: Desk
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        """Quiet: what matters is asserted."""

    def send(self, status: int, body: str | bytes, kind: str = "text/html", **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(data)),
            "Cache-Control": "no-store",
        } | headers
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Security-Policy", CSP)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        if self.path.startswith("/static/"):
            file = STATIC / self.path.removeprefix("/static/")
            self.send(200, file.read_bytes(), TYPES[file.suffix])
        elif self.path == "/?state=then" and self.desk.news:
            self.send(200, json.dumps(self.desk.news), "application/json")
        elif self.path == "/?state=then":
            self.send(200, self.desk.live, "text/html; charset=utf-8")
        elif self.path == "/here/":
            self.send(502 if self.desk.answer == "away" else 204, "", X_Person=self.desk.person)
        elif self.path == "/":
            if self.desk.away_until_opened:
                self.desk.away_until_opened, self.desk.answer = False, None
            self.send(200, self.desk.page(), "text/html; charset=utf-8")
        else:
            self.send(200, f"<!doctype html><title>Other</title><h1>{html.escape(self.path)}</h1>")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = parse_qs(body, keep_blank_values=True)
        if self.headers.get("X-Autosave") != "1":
            self.desk.posts.append(form)
            self.send(200, f"<!doctype html><title>Other</title><h1>{html.escape(self.path)}</h1>")
            return
        self.desk.headers.append(dict(self.headers))
        self.desk.slow.wait(10)
        if self.desk.answer == "away":
            self.send(502, "<h1>Bad gateway</h1>")
            return
        if self.desk.answer == "sign-in":
            answer = {"status": "You’re signed out.", "sign_in": "/accounts/login/"}
            self.send(401, json.dumps(answer), "application/json")
            return
        status, answer = self.desk.save(form["field"][0], form["text"][0], form["revision"][0])
        if self.desk.answer == "lost":
            self.send(502, "<h1>Bad gateway</h1>")
            return
        self.send(status, json.dumps(answer), "application/json")
