"""Autosave and live sections in a real browser, against a small server of the test's own.

The server keeps one revision for each field, as the product does, and can be told to be away.
"""

import base64
import html
import json
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parents[2] / "static"
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


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    handler = type("DeskHandler", (Handler,), {"desk": desk})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    desk.url = f"http://127.0.0.1:{server.server_port}/"
    yield desk
    desk.slow.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(desk: Desk, open_page: Callable[..., Page]) -> Page:
    page = open_page("Wanda", 1280)
    page.goto(desk.url)
    return page


def words(page: Page) -> Locator:
    return page.get_by_label("My words")


def says(page: Page, sentence: str) -> None:
    expect(page.locator("[data-saved]")).to_have_text(sentence)


def kept(page: Page) -> dict[str, str]:
    return page.evaluate("() => Object.fromEntries(Object.entries(localStorage))")


def wait_until_kept(page: Page) -> None:
    page.wait_for_function(
        "() => Object.keys(localStorage).some((name) => name.startsWith('sopcoach.kept.'))"
    )


def write_and_lose(page: Page, desk: Desk, text: str) -> None:
    """Words that the server never gets: they are in this browser only."""
    desk.answer = "away"
    words(page).fill(text)
    says(page, "Not saved yet, kept here")
    leave_until_the_server_is_back(page, desk)


def leave_until_the_server_is_back(page: Page, desk: Desk) -> None:
    """Away until the page is next opened, so that what is sent on leaving comes to nothing as well."""
    desk.away_until_opened = True
    page.goto(f"{desk.url}elsewhere/")


# ---------------------------------------------------------------- saving


def test_words_are_saved_a_moment_after_typing_and_the_line_says_when(desk: Desk, page: Page) -> None:
    words(page).fill("A question for Thursday")
    says(page, "Saved at 10:14")
    assert desk.saves == [("words", "A question for Thursday", "3")]
    assert desk.headers[0]["X-CSRFToken"] == "of-the-page"
    assert desk.headers[0]["X-Person"] == "wanda"
    expect(page.locator("[data-saved] use")).to_have_attribute("href", "/static/img/sprite.svg#check-lg")
    assert kept(page) == {}


def test_each_saving_goes_on_from_the_revision_of_the_one_before(desk: Desk, page: Page) -> None:
    words(page).press_sequentially("One")
    says(page, "Saved at 10:14")
    words(page).press_sequentially(", two")
    words(page).blur()
    expect(words(page)).to_have_attribute("data-revision", "5")
    assert desk.saves == [("words", "One", "3"), ("words", "One, two", "4")]
    expect(page.locator("[data-revision-of=words]")).to_have_value("5")


def test_words_typed_while_a_request_is_on_its_way_follow_after_it(desk: Desk, page: Page) -> None:
    desk.slow.clear()
    words(page).fill("One")
    words(page).blur()
    words(page).fill("One, two")
    words(page).blur()
    words(page).fill("One, two, three")
    words(page).blur()
    desk.slow.set()
    expect(words(page)).to_have_attribute("data-revision", "5")
    assert [(text, revision) for _, text, revision in desk.saves] == [("One", "3"), ("One, two, three", "4")]


def test_a_chosen_level_is_saved_at_once(desk: Desk, page: Page) -> None:
    page.get_by_label("5 Partnering").check()
    says(page, "Saved at 10:14")
    assert desk.saves == [("level", "5", "3")]


def test_fields_of_one_form_are_saved_on_their_own(desk: Desk, page: Page) -> None:
    words(page).fill("One")
    page.get_by_label("And more").fill("Two")
    expect(page.get_by_label("And more")).to_have_attribute("data-revision", "4")
    assert dict(desk.texts, level="") == {"words": "One", "more": "Two", "level": ""}


def test_words_are_sent_when_the_page_is_left_at_once(desk: Desk, page: Page) -> None:
    words(page).fill("Quickly")
    page.get_by_role("link", name="Elsewhere").click()
    page.wait_for_url("**/elsewhere/")
    page.goto(desk.url)
    expect(words(page)).to_have_value("Quickly")
    says(page, "Not written in yet")
    assert desk.texts["words"] == "Quickly"
    assert kept(page) == {}


def test_a_primary_button_waits_for_the_words_on_their_way(desk: Desk, page: Page) -> None:
    words(page).fill("Almost")
    page.get_by_role("button", name="Share with Sam").click()
    page.wait_for_url("**/save/")
    assert desk.texts["words"] == "Almost"
    assert (desk.posts[0]["words"], desk.posts[0]["revision"]) == (["Almost"], ["4"])


def test_a_button_elsewhere_on_the_page_waits_two_seconds_at_most(desk: Desk, page: Page) -> None:
    desk.slow.clear()
    words(page).fill("Slow")
    page.get_by_label("A goal that").fill("5 cases")
    page.get_by_role("button", name="On to the content").click(no_wait_after=True)
    page.wait_for_url("**/on/", timeout=5000)
    assert desk.posts == [{"goal": ["5 cases"]}]


def test_nobody_is_warned_on_leaving_when_all_is_saved_or_kept(desk: Desk, page: Page) -> None:
    warnings: list[str] = []
    page.on("dialog", lambda dialog: (warnings.append(dialog.type), dialog.accept()))
    words(page).fill("Saved")
    says(page, "Saved at 10:14")
    page.goto(f"{desk.url}elsewhere/")
    page.goto(desk.url)
    write_and_lose(page, desk, "Kept")
    assert warnings == []


# ---------------------------------------------------------------- without a connection


def test_words_written_offline_are_kept_and_sent_when_the_connection_is_back(desk: Desk, page: Page) -> None:
    page.context.set_offline(True)
    words(page).fill("In the elevator")
    says(page, "Not saved yet, kept here")
    expect(page.locator("[data-saved] use")).to_have_attribute("href", "/static/img/sprite.svg#wifi-off")
    assert list(kept(page)) == ["sopcoach.kept.wanda./save/.words"]
    page.context.set_offline(False)
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "In the elevator"
    assert kept(page) == {}


def test_a_server_that_gives_no_answer_is_asked_again(desk: Desk, page: Page) -> None:
    desk.answer = "away"
    words(page).fill("Once more")
    says(page, "Not saved yet, kept here")
    desk.answer = None
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "Once more"


def test_whoever_is_signed_out_hears_so_and_comes_back_to_their_field(
    desk: Desk, page: Page, axe: Callable[[Page], None]
) -> None:
    desk.answer = "sign-in"
    words(page).fill("Once more")
    says(page, "You’re signed out. Your words are kept here. Sign in")
    axe(page)
    way = page.get_by_role("link", name="Sign in")
    assert way.get_attribute("href") == "/accounts/login/?next=%2F%23words"
    way.click()
    page.wait_for_url("**/accounts/login/**")
    desk.answer = None
    page.goto(f"{desk.url}#words")
    expect(words(page)).to_have_value("Once more")
    expect(words(page)).to_be_focused()
    says(page, "Saved at 10:14")


def test_who_has_signed_in_again_elsewhere_goes_on_where_they_were(desk: Desk, page: Page) -> None:
    desk.answer = "sign-in"
    words(page).fill("Once more")
    says(page, "You’re signed out. Your words are kept here. Sign in")
    desk.answer = None
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "Once more"


@pytest.mark.parametrize("button", ["Share with Sam", "On to the content"])
def test_without_a_connection_a_button_leads_nowhere_and_says_so(
    desk: Desk, page: Page, axe: Callable[[Page], None], button: str
) -> None:
    words(page).fill("In the elevator")
    says(page, "Saved at 10:14")
    page.get_by_label("A goal that").fill("5 cases")
    page.context.set_offline(True)
    words(page).fill("In the elevator, two")
    page.get_by_role("button", name=button).click()
    notice = page.get_by_role("alert")
    expect(notice).to_have_text("No connection just now. Your words are kept here; go on when it’s back.")
    expect(words(page)).to_have_value("In the elevator, two")
    axe(page)
    page.context.set_offline(False)
    expect(notice).to_have_count(0)
    page.get_by_role("button", name=button).click()
    page.wait_for_url(re.compile(r"/(save|on)/$"))
    assert desk.texts["words"] == "In the elevator, two"


def test_a_server_that_is_away_keeps_one_on_the_page_as_well(desk: Desk, page: Page) -> None:
    desk.answer = "away"
    words(page).fill("In the elevator")
    page.get_by_role("button", name="Share with Sam").click()
    expect(page.get_by_role("alert")).to_contain_text("No connection just now.")
    assert desk.posts == []


def test_without_a_connection_a_link_leads_nowhere_and_says_so(desk: Desk, page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_role("link", name="Elsewhere").click()
    expect(page.get_by_role("alert")).to_contain_text("No connection just now.")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would make this time worth it?")


def test_an_answer_that_got_lost_is_not_taken_for_another_persons_change(desk: Desk, page: Page) -> None:
    desk.answer = "lost"
    words(page).fill("First words")
    says(page, "Not saved yet, kept here")
    words(page).press_sequentially(" and more")
    desk.answer = None
    expect(words(page)).to_have_attribute("data-revision", "5")
    assert desk.texts["words"] == "First words and more"
    expect(page.get_by_text("What is saved")).to_have_count(0)


def test_an_answer_that_got_lost_with_the_page_is_not_taken_for_a_change_either(
    desk: Desk, page: Page
) -> None:
    desk.answer = "lost"
    words(page).fill("First words")
    says(page, "Not saved yet, kept here")
    desk.answer = "away"
    words(page).press_sequentially(" and more")
    page.wait_for_timeout(300)
    leave_until_the_server_is_back(page, desk)
    page.goto(desk.url)
    expect(words(page)).to_have_value("First words and more")
    expect(words(page)).to_have_attribute("data-revision", "5")
    assert desk.texts["words"] == "First words and more"
    assert kept(page) == {}


def test_kept_words_come_back_into_the_field_and_are_sent(desk: Desk, page: Page) -> None:
    write_and_lose(page, desk, "From before")
    page.goto(desk.url)
    expect(words(page)).to_have_value("From before")
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "From before"
    assert kept(page) == {}


def test_what_is_kept_cannot_be_read_in_the_browsers_storage(desk: Desk, page: Page) -> None:
    write_and_lose(page, desk, "Between us")
    [(name, record)] = kept(page).items()
    assert name == "sopcoach.kept.wanda./save/.words"
    assert set(json.loads(record)) == {"iv", "data", "at", "revision"}
    assert b"Between" not in base64.b64decode(json.loads(record)["data"])
    page.goto(desk.url)
    assert page.locator("[data-keep]").count() == 0


def test_another_person_at_the_same_machine_reads_nothing_of_it(desk: Desk, page: Page) -> None:
    write_and_lose(page, desk, "Between us")
    desk.person, desk.key = "sam", KEY_OF_SAM
    page.goto(desk.url)
    expect(words(page)).to_have_value("")
    words(page).fill("Sam’s own")
    says(page, "Saved at 10:14")
    assert list(kept(page)) == ["sopcoach.kept.wanda./save/.words"]


def test_words_kept_under_another_key_do_no_harm(desk: Desk, page: Page) -> None:
    write_and_lose(page, desk, "Between us")
    desk.key = KEY_OF_SAM  # the same name, but not the key that it was kept under
    page.goto(desk.url)
    expect(words(page)).to_have_value("")
    words(page).fill("New")
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "New"


def test_what_anybody_kept_is_forgotten_after_seven_days(desk: Desk, page: Page) -> None:
    page.evaluate(
        """([old, young]) => {
            localStorage.setItem("sopcoach.kept.nia./save/.words", JSON.stringify({iv: "", data: "", at: Date.now() - old, revision: 1}));
            localStorage.setItem("sopcoach.kept.sam./save/.words", JSON.stringify({iv: "", data: "", at: Date.now() - young, revision: 1}));
            localStorage.setItem("sopcoach.kept.wanda./save/.words", "not ours");
            localStorage.setItem("something-else", "stays");
        }""",
        [7 * DAY + 1000, 6 * DAY],
    )
    page.goto(desk.url)
    expect(words(page)).to_have_value("")
    assert set(kept(page)) == {"sopcoach.kept.sam./save/.words", "something-else"}


def test_a_browser_that_cannot_encrypt_keeps_nothing_and_warns_on_leaving(
    desk: Desk, open_page: Callable[..., Page]
) -> None:
    page = open_page("Wanda")
    page.add_init_script("delete Crypto.prototype.subtle")
    page.goto(desk.url)
    desk.answer = "away"
    words(page).press_sequentially("Only here")
    says(page, "Not saved yet")
    assert kept(page) == {}
    with page.expect_event("dialog") as dialog:
        page.close(run_before_unload=True)
    assert dialog.value.type == "beforeunload"
    dialog.value.dismiss()
    desk.answer = None
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "Only here"


def test_a_copy_that_is_encrypted_late_does_not_come_back_after_the_saving(
    desk: Desk, open_page: Callable[..., Page]
) -> None:
    page = open_page("Wanda")
    page.add_init_script(
        """const encrypt = SubtleCrypto.prototype.encrypt;
        SubtleCrypto.prototype.encrypt = async function (...of) {
            const sealed = await encrypt.apply(this, of);
            await new Promise((resolve) => setTimeout(resolve, 1000));
            document.documentElement.dataset.sealed = "yes";
            return sealed;
        }"""
    )
    page.goto(desk.url)
    words(page).fill("Quick")
    words(page).blur()
    says(page, "Saved at 10:14")
    expect(page.locator("html[data-sealed]")).to_be_attached()
    page.wait_for_timeout(100)
    assert kept(page) == {}


def test_two_windows_that_were_both_cut_off_lose_neither_text(desk: Desk, page: Page) -> None:
    other = page.context.new_page()
    other.goto(desk.url)
    desk.answer = "away"
    words(page).fill("Here")
    says(page, "Not saved yet, kept here")
    words(other).fill("There")
    says(other, "Not saved yet, kept here")
    words(page).blur()
    assert len(kept(page)) == 2
    other.close()
    leave_until_the_server_is_back(page, desk)
    page.goto(desk.url)
    says(page, "Saved at 10:14")
    page.goto(desk.url)
    page.get_by_role("group", name="What is saved What you typed here").get_by_role(
        "button", name="Keep both"
    ).click()
    says(page, "Saved at 10:14")
    assert sorted(desk.texts["words"].split("\n\n")) == ["Here", "There"]
    assert kept(page) == {}


def test_words_typed_before_the_kept_ones_come_up_stand_beside_them(desk: Desk, page: Page) -> None:
    write_and_lose(page, desk, "From before")
    page.add_init_script(
        """const decrypt = SubtleCrypto.prototype.decrypt;
        SubtleCrypto.prototype.decrypt = async function (...of) {
            await new Promise((resolve) => setTimeout(resolve, 500));
            return decrypt.apply(this, of);
        }"""
    )
    page.goto(desk.url)
    words(page).fill("Just now")
    both = page.get_by_role("group", name="What was kept here What you typed here")
    expect(both.get_by_text("From before")).to_be_visible()
    expect(words(page)).to_have_value("Just now")
    both.get_by_role("button", name="Keep both").click()
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "From before\n\nJust now"
    assert kept(page) == {}


# ---------------------------------------------------------------- two texts


def clash(page: Page, desk: Desk) -> Locator:
    desk.write("words", "From the other window")
    words(page).fill("From this window")
    says(page, "These words were changed in another window.")
    both = page.get_by_role("group", name="What is saved What you typed here")
    expect(both.get_by_text("From the other window")).to_be_visible()
    expect(both.get_by_text("From this window")).to_be_visible()
    return both


def test_a_second_window_never_overwrites_silently(
    desk: Desk, page: Page, axe: Callable[[Page], None]
) -> None:
    clash(page, desk)
    expect(words(page)).to_have_value("From this window")
    assert desk.texts["words"] == "From the other window"
    axe(page)


def test_keeping_mine_puts_it_over_the_saved_words(desk: Desk, page: Page) -> None:
    clash(page, desk).get_by_role("button", name="Keep mine").click()
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "From this window"
    expect(page.get_by_text("What is saved")).to_have_count(0)
    expect(page.locator("[data-clash]")).to_be_hidden()
    expect(words(page)).to_be_focused()
    assert kept(page) == {}


def test_keeping_both_puts_mine_under_the_saved_words(desk: Desk, page: Page) -> None:
    clash(page, desk).get_by_role("button", name="Keep both").click()
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "From the other window\n\nFrom this window"
    expect(words(page)).to_have_value("From the other window\n\nFrom this window")


def test_taking_the_saved_words_sends_nothing(desk: Desk, page: Page) -> None:
    both = clash(page, desk)
    sent = len(desk.saves)
    both.get_by_role("button", name="Take the saved one").click()
    says(page, "The saved words are in place.")
    expect(words(page)).to_have_value("From the other window")
    expect(page.locator("form[data-unsaved]")).to_have_count(0)
    words(page).press_sequentially("!")
    says(page, "Saved at 10:14")
    assert desk.saves[sent:] == [("words", "From the other window!", "4")]


def test_typing_goes_on_while_two_texts_stand_and_is_kept(desk: Desk, page: Page) -> None:
    both = clash(page, desk)
    sent = len(desk.saves)
    words(page).press_sequentially(", longer")
    expect(both.get_by_text("From this window, longer")).to_be_visible()
    page.wait_for_timeout(1200)
    assert len(desk.saves) == sent
    page.reload()
    says(page, "These words were changed in another window.")
    both.get_by_role("button", name="Keep mine").click()
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "From this window, longer"


def test_the_saved_words_changing_again_before_the_choice_is_noticed(desk: Desk, page: Page) -> None:
    both = clash(page, desk)
    desk.write("words", "And once more from there")
    both.get_by_role("button", name="Keep mine").click()
    expect(both.get_by_text("And once more from there")).to_be_visible()
    assert desk.texts["words"] == "And once more from there"


def test_words_kept_from_before_meet_newer_ones_side_by_side(desk: Desk, page: Page) -> None:
    write_and_lose(page, desk, "From this machine")
    desk.write("words", "From the phone")
    page.goto(desk.url)
    both = page.get_by_role("group", name="What is saved What you typed here")
    expect(both.get_by_text("From the phone")).to_be_visible()
    expect(both.get_by_text("From this machine")).to_be_visible()
    both.get_by_role("button", name="Take the saved one").click()
    expect(words(page)).to_have_value("From the phone")
    assert kept(page) == {}


def test_two_windows_of_one_person(desk: Desk, page: Page) -> None:
    other = page.context.new_page()
    other.goto(desk.url)
    words(page).fill("Here first")
    says(page, "Saved at 10:14")
    words(other).fill("There second")
    says(other, "These words were changed in another window.")
    other.get_by_role("button", name="Keep both").click()
    says(other, "Saved at 10:14")
    assert desk.texts["words"] == "Here first\n\nThere second"


def test_a_level_chosen_in_two_windows_is_shown_in_its_words(desk: Desk, page: Page) -> None:
    desk.write("level", "4")
    page.get_by_label("5 Partnering").check()
    both = page.get_by_role("group", name="What is saved What you chose here")
    expect(both.get_by_text("4 Purposeful")).to_be_visible()
    expect(both.get_by_role("button", name="Keep both")).to_have_count(0)
    both.get_by_role("button", name="Take the saved one").click()
    expect(page.get_by_label("4 Purposeful", exact=True)).to_be_checked()


def test_text_from_elsewhere_is_never_read_as_markup(desk: Desk, page: Page) -> None:
    desk.write("words", "<b>bold</b>")
    words(page).fill("<i>mine</i>")
    expect(page.locator("[data-clash]").get_by_text("<b>bold</b>")).to_be_visible()


def test_words_that_the_browser_put_back_meet_newer_ones(desk: Desk, page: Page) -> None:
    # Some browsers fill in what stood in a field when its page was last open, before any script runs.
    page.add_init_script(
        """document.addEventListener("readystatechange", () => {
            const field = document.getElementById("words");
            if (document.readyState === "interactive" && field) field.value = "Of an hour ago";
        })"""
    )
    desk.write("words", "From the phone")
    page.goto(desk.url)
    both = page.get_by_role("group", name="What is saved What you typed here")
    expect(both.get_by_text("From the phone")).to_be_visible()
    expect(both.get_by_text("Of an hour ago")).to_be_visible()
    assert desk.saves == []


# ---------------------------------------------------------------- refusals


def test_words_that_look_like_a_case_number_are_not_saved_and_stay(
    desk: Desk, page: Page, axe: Callable[[Page], None]
) -> None:
    words(page).fill("the family in case 18-20417")
    says(page, "“18-20417” looks like a case number, so we’ve stopped here.")
    expect(words(page)).to_have_attribute("aria-invalid", "true")
    expect(words(page)).to_have_accessible_description(
        "“18-20417” looks like a case number, so we’ve stopped here."
    )
    expect(words(page)).to_have_value("the family in case 18-20417")
    axe(page)
    page.get_by_label("And more").fill("Something else")
    expect(page.get_by_label("And more")).to_have_attribute("data-revision", "4")
    says(page, "“18-20417” looks like a case number, so we’ve stopped here.")
    words(page).fill("the family of a caregiver")
    says(page, "Saved at 10:14")
    expect(words(page)).not_to_have_attribute("aria-invalid", "true")
    assert desk.texts["words"] == "the family of a caregiver"


def test_refused_words_are_not_sent_again_and_again(desk: Desk, page: Page) -> None:
    words(page).fill("case 18-20417")
    expect(words(page)).to_have_attribute("aria-invalid", "true")
    words(page).focus()
    words(page).blur()
    page.wait_for_timeout(1200)
    assert len(desk.saves) == 1


def test_taking_refused_words_out_again_brings_back_what_the_line_said(desk: Desk, page: Page) -> None:
    words(page).fill("case 18-20417")
    expect(words(page)).to_have_attribute("aria-invalid", "true")
    words(page).fill("")
    says(page, "Not written in yet")
    expect(words(page)).not_to_have_attribute("aria-invalid", "true")


def test_a_closed_session_says_so_and_the_words_stay(desk: Desk, page: Page) -> None:
    desk.answer = "closed"
    words(page).fill("Too late")
    says(page, "This session is closed. Its words stay as they are. Your words are kept here. Copy my words")
    expect(words(page)).to_have_value("Too late")
    wait_until_kept(page)
    page.wait_for_timeout(1200)
    assert len(desk.saves) == 1


# ---------------------------------------------------------------- closed meanwhile


def write_too_late(page: Page, desk: Desk, text: str) -> Locator:
    """The box on the closed page in which the words stand that only this browser has."""
    desk.answer = "closed"
    words(page).fill(text)
    says(page, "This session is closed. Its words stay as they are. Your words are kept here. Copy my words")
    desk.is_over = True
    page.goto(desk.url)
    return page.get_by_role("region", name="You were still writing this when the session closed")


def test_words_that_came_too_late_stay_with_their_author_on_the_closed_page(
    desk: Desk, page: Page, axe: Callable[[Page], None]
) -> None:
    box = write_too_late(page, desk, "It helped that you waited.")
    expect(box.get_by_text("It helped that you waited.")).to_be_visible()
    axe(page)
    page.reload()
    expect(box.get_by_text("It helped that you waited.")).to_be_visible()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    box.get_by_role("button", name="Copy").click()
    expect(box.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "It helped that you waited."


def test_words_that_came_too_late_are_put_away_by_their_author_and_brought_back(
    desk: Desk, page: Page
) -> None:
    box = write_too_late(page, desk, "It helped that you waited.")
    box.get_by_role("button", name="Put it away").click()
    expect(box.get_by_text("It helped that you waited.")).to_be_hidden()
    assert kept(page) == {}
    box.get_by_role("button", name="Bring it back").click()
    expect(box.get_by_text("It helped that you waited.")).to_be_visible()
    box.get_by_role("button", name="Put it away").click()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(box).to_be_hidden()


def test_words_that_were_only_on_their_way_still_arrive_from_the_closed_page(desk: Desk, page: Page) -> None:
    desk.answer = "away"
    words(page).fill("In the elevator")
    says(page, "Not saved yet, kept here")
    desk.is_over = desk.away_until_opened = True
    page.goto(desk.url)
    expect(page.locator(".said")).to_have_text("In the elevator")
    assert desk.texts["words"] == "In the elevator"
    assert kept(page) == {}


def test_another_person_finds_nothing_of_it_on_the_closed_page(desk: Desk, page: Page) -> None:
    box = write_too_late(page, desk, "Between us")
    expect(box.get_by_text("Between us")).to_be_visible()
    desk.person, desk.key = "sam", KEY_OF_SAM
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(box).to_be_hidden()
    assert "Between us" not in page.content()


# ---------------------------------------------------------------- live sections


def test_the_other_sides_words_appear_by_themselves(desk: Desk, page: Page) -> None:
    words(page).press_sequentially("I am typing")
    desk.live = "<p>Sam: we start with what works.</p>"
    expect(page.get_by_text("Sam: we start with what works.")).to_be_visible()
    expect(words(page)).to_be_focused()
    expect(words(page)).to_have_value("I am typing")


def is_told(page: Page, sentence: str) -> Locator:
    status = page.get_by_role("status").filter(has_text=sentence)
    expect(status).to_be_in_viewport()
    return status


def mark(page: Page) -> None:
    """So that a test sees whether the page has been loaded again."""
    page.evaluate("window.isTheSame = true")


def is_still_the_same(page: Page) -> bool:
    return page.evaluate("window.isTheSame === true")


def test_another_page_is_offered_and_never_loaded_by_itself(desk: Desk, page: Page) -> None:
    words(page).press_sequentially("I am typing")
    says(page, "Saved at 10:14")
    mark(page)
    desk.news = {"news": "Sam has closed this session.", "is_same_page": False}
    link = is_told(page, "Sam has closed this session.").get_by_role("link", name="Show it")
    expect(words(page)).to_be_focused()
    page.mouse.wheel(0, 600)
    expect(link).to_be_in_viewport()
    words(page).blur()
    page.wait_for_timeout(2_500)
    assert is_still_the_same(page)
    desk.news = None
    link.click()
    expect(link).to_have_count(0)
    expect(words(page)).to_have_value("I am typing")
    assert not is_still_the_same(page)


def test_what_is_new_on_the_same_page_is_put_in_place_around_whatever_is_in_use(
    desk: Desk, page: Page
) -> None:
    desk.besides = (
        '<details><summary>Earlier</summary><p>We began.</p></details><p id="quote">We start small.</p>'
    )
    page.reload()
    page.get_by_text("Earlier").click()
    page.get_by_label("A goal that").fill("5 cases")
    words(page).press_sequentially("I am typing")
    page.evaluate("document.querySelector('#words').setSelectionRange(2, 4)")
    mark(page)
    desk.besides = desk.besides.replace("We began.", "We began well.") + "<p>Sam is glad of it.</p>"
    desk.texts["words"] = "Of another window"  # the field is its author's: it isn't touched
    desk.news = {"news": "There is a word of congratulation.", "is_same_page": True}
    is_told(page, "There is a word of congratulation.")
    expect(page.get_by_text("Sam is glad of it.")).to_be_visible()
    expect(page.get_by_text("We began well.")).to_be_visible()
    expect(page.get_by_label("A goal that")).to_have_value("5 cases")
    expect(words(page)).to_be_focused()
    expect(words(page)).to_have_value("I am typing")
    assert page.evaluate("[words.selectionStart, words.selectionEnd]") == [2, 4]
    words(page).press_sequentially("!")
    expect(words(page)).to_have_value("I ! typing")
    assert is_still_the_same(page)


def test_a_page_in_which_words_are_selected_stays_as_it_is(desk: Desk, page: Page) -> None:
    desk.besides = '<p id="quote">We start small.</p>'
    page.reload()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#quote'))")
    desk.besides = '<p id="quote">We start smaller.</p>'
    desk.news = {"news": "Sam has shared.", "is_same_page": True}
    link = is_told(page, "Sam has shared.").get_by_role("link", name="Show it")
    assert page.evaluate("getSelection().toString()") == "We start small."
    desk.news = None
    link.click()
    expect(page.get_by_text("We start smaller.")).to_be_visible()


def test_what_is_being_sent_is_not_called_off_by_what_is_new(desk: Desk, page: Page) -> None:
    on_their_way: list[Route] = []
    page.route("**/on/", lambda route: on_their_way.append(route))
    with page.expect_request("**/on/"):
        page.get_by_role("button", name="On to the content").click(no_wait_after=True)
    desk.news = {"news": "Sam has shared.", "is_same_page": True}
    page.wait_for_event("response", lambda response: response.url.endswith("?state=then"))
    page.wait_for_timeout(200)
    on_their_way[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("/on/")
