"""Enter never shares, signs, ends or deletes: in every form of the templates, and at every address."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory

from sopcoach.requests.typed import by_button
from sopcoach.words.refusal import Refused
from tests.architecture.routes import all_routes
from tests.matrix.acts import ACTS
from tests.matrix.reading import written

TEMPLATES = Path(settings.BASE_DIR) / "templates"

BY_ENTER = {
    "account/": "the way in, and one's own password",
    "mfa/": "one's own second factor, by a code that is typed for it",
    "manage/": "settings of administrators, which they can set again; what ends or deletes is a page of its own",
    "coaching/goal/goals.html": "a goal is set by its author, who can let it go on any day",
    "coaching/group/": "who is asked, what is planned and which part is whose: anybody can change it again",
    "coaching/logged_level/": "one's own level, said anew by the next tap; what shares it is a button after the one that keeps",
    "coaching/path/path.html": "the order of the profiles, which locks nothing",
    "coaching/placement/": "one's own placement, for nobody else to see",
    "coaching/practice/_change.html": "the day of an entry, which its author may set again",
    "coaching/private_entry/": "one's own line, for nobody else to see",
    "coaching/session/detail.html": "the day of the next meeting, which either can move again",
    "coaching/session/_desk.html": "words of a stage, which their author goes on writing",
    "coaching/shadowing/note.html": "one's own note, for nobody else to see",
    "coaching/sorting/name.html": "which aspect a card belongs to, for oneself alone until its order is kept, by a button of its own",
    "coaching/shadowing/offer.html": "on what one may be shadowed, taken back by the same page",
    "coaching/training/list.html": "the code of a training that one joins, and may leave",
    "given_back.html": "what somebody has sent already, with the button that they had pressed",
    "coaching/walkthrough/marking.html": "keeps the marks: its first button is not the one that ends the marking",
    "coaching/walkthrough/reveal.html": "what to work on first, which either can let rest again",
}
"""Templates whose forms Enter may send, and why; the beginning of a name stands for what lies below it."""

WITHOUT = {
    "what goes on, and is changed by the same page again": {
        "conversation",
        "focus_choose",
        "goal_sentence",
        "goals",
        "path",
        "resume",
        "session_begin",
        "session_move",
        "shadow_offer",
        "walkthrough",
    },
    "words that go on being written": {"group_laptop_turn", "group_step", "stage"},
    "one's own, for nobody else to see; what it deletes is named by the button itself": {
        "placements",
        "placements_profile",
        "private_practice",
        "shadow_note",
        "shadow_note_new",
        "training",
        "training_list",
    },
    "a tap, kept once, its day, and the tap that takes it back": {
        "level_log",
        "level_undo",
        "level_when",
        "practice_plus",
        "practice_undo",
        "practice_when",
    },
    "one's own choice for a card, which can be made again": {"sort_name"},
    "takes back what was shown": {"release_take_back"},
    "who is in a group, and where it is": {
        "group_ask",
        "group_begin",
        "group_device",
        "group_go",
        "group_hand_over",
        "group_join",
        "group_laptop",
        "group_link",
        "group_new",
        "group_parts",
        "group_plan",
        "group_session_join",
        "group_take_over",
    },
    "settings of administrators, which they can set again": {
        "manage_cohort",
        "manage_cohort_code",
        "manage_cohort_new",
        "manage_cohort_people",
        "manage_edition_add",
        "manage_edition_aspect",
        "manage_edition_aspect_notes",
        "manage_edition_goal",
        "manage_edition_goal_notes",
        "manage_edition_new_draft",
        "manage_edition_origin",
        "manage_edition_plan",
        "manage_edition_question",
        "manage_editions",
        "manage_people_import",
        "manage_people_import_columns",
        "manage_people_import_plan",
        "manage_people_invite",
        "manage_person",
        "manage_person_invite",
        "manage_person_reactivate",
        "manage_sort_new",
        "manage_unit",
        "manage_units",
        "manage_days_off",
    },
    "what one is called, which clock one reads and which mails one gets, theirs to change": {
        "me_called",
        "me_clock",
        "me_mails",
    },
    "ends mails by the link in one, asked by mailboxes as RFC 8058 says": {"mails_off"},
    "throws away one's own words that wait to be sent again, by a button that names them": {"given_back"},
    "one's own account, in views of a library": {"account_", "mfa_", "usersessions_list", "enter_as"},
}
"""Addresses that take a form without asking for its button, by the reason. A name that ends in _ stands for all such."""


@dataclass(frozen=True)
class Form:
    """One form of a template, with the templates that it includes in place."""

    template: str
    text: str

    @property
    def is_sent(self) -> bool:
        return 'method="post"' in self.text

    @property
    def takes_enter(self) -> bool:
        """Whether it has a field in which Enter sends it: anything but a button, a text of several lines or a list."""
        kinds = re.findall(r'<input[^>]*?type="(\w+)"', self.text)
        typed = [kind for kind in kinds if kind not in {"hidden", "submit"}]
        return bool(typed) or bool(re.search(r"crispy|{{ (\w*form|field)\b[^}|]*}}", self.text))

    @property
    def begins_with_nothing(self) -> bool:
        """Whether the first button is the one that no key presses."""
        first = re.search(r"<button|{% no_enter %}", self.text)
        return bool(first) and first.group() == "{% no_enter %}"

    def __str__(self) -> str:
        return f"{self.template}: {self.text.splitlines()[0].strip()}"


def forms() -> list[Form]:
    found = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = str(path.relative_to(TEMPLATES))
        text = path.read_text()
        for part in re.findall(r"<form\b.*?</form>", text, re.DOTALL):
            found.append(Form(name, _with_includes(part)))
    return found


def _with_includes(text: str, depth: int = 0) -> str:
    assert depth < 5
    return re.sub(
        r'{% include "([^"]+)"[^%]*%}',
        lambda found: _with_includes((TEMPLATES / found.group(1)).read_text(), depth + 1),
        text,
    )


def _may_be_sent_by_enter(form: Form) -> bool:
    return any(form.template.startswith(place) for place in BY_ENTER)


def test_enter_sends_no_form_that_isnt_listed_with_a_reason():
    wrong = [
        str(form)
        for form in forms()
        if form.is_sent
        and form.takes_enter
        and not form.begins_with_nothing
        and not _may_be_sent_by_enter(form)
    ]
    assert wrong == []


def test_no_template_is_listed_that_has_no_such_form():
    needed = {
        place
        for place in BY_ENTER
        for form in forms()
        if form.template.startswith(place) and form.is_sent and not form.begins_with_nothing
    }
    assert BY_ENTER.keys() - needed == set()


def _taking_forms() -> dict[str, object]:
    names = {row.route for row in written().values() if row.method == "POST" and _is_taken(row.statuses)}
    return {route.name: route.view for route in all_routes() if route.name in names}


def _is_taken(statuses: tuple[str, ...]) -> bool:
    return any(status[0] in "23" for status in statuses)


def _is_listed(name: str) -> bool:
    return any(
        name == one or (one.endswith("_") and name.startswith(one))
        for names in WITHOUT.values()
        for one in names
    )


def test_every_address_asks_for_its_button_or_says_why_not():
    forgotten = {name for name, view in _taking_forms().items() if not hasattr(view, "acts")}
    assert {name for name in forgotten if not _is_listed(name)} == set()


def test_no_address_is_listed_that_asks_for_its_button():
    asking = {name for name, view in _taking_forms().items() if hasattr(view, "acts")}
    assert {name for name in asking if _is_listed(name)} == set()


@pytest.mark.parametrize(
    "route", [route for route in all_routes() if hasattr(route.view, "acts")], ids=lambda route: route.name
)
def test_what_an_address_does_is_sent_by_one_of_its_buttons(route):
    act = ACTS[route.name](dict.fromkeys(VALUES, "x")).get("act")
    assert act in route.view.acts


VALUES = ("pk", "aspect", "focus", "to", "seen", "placement", "profile", "code", "edition", "heir", "values")


def test_a_form_without_its_button_is_refused_and_what_saves_itself_is_not():
    @by_button("keep", "share")
    def view(request):
        return "done"

    for sent in ({}, {"act": ""}, {"act": "sign"}):
        with pytest.raises(Refused, match="without its button"):
            view(RequestFactory().post("/", sent))
    assert view(RequestFactory().post("/", {"act": "share"})) == "done"
    assert view(RequestFactory().post("/", {"text": "x"}, headers={"X-Autosave": "1"})) == "done"
    assert view(RequestFactory().get("/")) == "done"
