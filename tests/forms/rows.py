"""Every form of the product: who sends it, from which page, with what in it.

A row is an address that takes a POST; where several acts share one, an act of it, as in `review_focus:observe`. What is
typed stands in `tests/matrix/acts.py` already, unless a row says otherwise. `before` brings people to where the act can
be done, and says what stands in the addresses from there on.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sopcoach.models import User
from tests.architecture.routes import Route, all_routes
from tests.forms import arranging
from tests.forms.arranging import Values
from tests.forms.pages import Form, form_to
from tests.matrix.acts import ACTS, COHORT, TERMS, soon
from tests.matrix.reading import written
from tests.matrix.world import PEOPLE, World
from tests.pressing import button_of
from tests.profiles.factories import SHIPPED

type Typed = Callable[[Values], Values]


@dataclass(frozen=True)
class Row:
    name: str
    who: str
    """Somebody of the matrix's world, or whom `before` calls so."""
    before: Callable[[World], Values] = lambda world: dict(world.places["elsewhere"])
    typed: Typed | None = None
    page: str = ""
    """The route of the page that the form stands on, if it isn't its own address."""
    stage: str = ""
    """Of a session's or group's page: which one."""
    query: str = ""
    holding: str = ""
    """A field that tells the form from others to the same address."""
    prepare: Callable[[Client, Values], object] = lambda client, values: None
    """What this browser has done before it opens the page."""

    @property
    def route(self) -> str:
        return self.name.partition(":")[0]

    def __str__(self) -> str:
        return self.name

    def arrange(self, world: World) -> "Arranged":
        values = self.before(world)
        user = values.get(self.who) or world.people[self.who]
        assert isinstance(user, User)
        client = Client()
        if user.is_administrator:
            totp = {"user": user, "type": Authenticator.Type.TOTP, "defaults": {"data": {"secret": "A" * 32}}}
            Authenticator.objects.get_or_create(**totp)
        client.force_login(user)
        self.prepare(client, values)
        arranged = Arranged(self, world, values, user, client)
        return arranged if self.name in ACCOUNTS else replace(arranged, form=arranged.opened())


@dataclass(frozen=True)
class Arranged:
    """A row whose people are where the form can be sent, and the browser of whoever sends it."""

    row: Row
    world: World
    values: Values
    user: User
    client: Client
    form: Form = field(default_factory=lambda: Form("", "post"))
    """The form as its page first showed it, and shows it whatever happens to it from there."""

    def opened(self) -> Form:
        """The form, its page opened now."""
        page = self.client.get(self.page_address)
        assert page.status_code == 200, f"its page {self.page_address} answers {page.status_code}"
        return form_to(page.text, self.address, address=self.page_address, holding=self.row.holding)

    @property
    def address(self) -> str:
        return address_of(self.row.route, self.values)

    @property
    def page_address(self) -> str:
        values = self.values | ({"stage": self.row.stage, "step": self.row.stage} if self.row.stage else {})
        return address_of(self.row.page or self.row.route, values) + self.row.query.format(**self.values)

    def afresh(self) -> "Arranged":
        """The same browser in the same state, for one more thing that happens to it."""
        client = Client()
        client.cookies.load({name: one.value for name, one in self.client.cookies.items()})
        return replace(self, client=client, values=dict(self.values))

    def types(self) -> Values:
        typed = (self.row.typed or ACTS.get(self.row.route, lambda values: {}))(self.values)
        button = button_of(routes()[self.row.route].view)
        return {"act": button} | typed if button else typed


def routes() -> dict[str, Route]:
    return {route.name: route for route in all_routes()}


_ROUTES: dict[str, Route] = {}


def address_of(name: str, values: Values) -> str:
    if not _ROUTES:
        _ROUTES.update(routes())
    address = _ROUTES[name].address
    return reverse(
        name, kwargs={key: values[key] for key in values if f":{key}>" in address or f"<{key}>" in address}
    )


def that_take_a_form() -> set[str]:
    """The addresses that take a POST, by what the matrix says that they answer."""
    signed_in = [person for person in PEOPLE if person != "nobody"]
    return {
        name
        for (name, _, method), row in written().items()
        if method == "POST"
        and any(
            status != "405"
            for person, status in zip(PEOPLE, row.statuses, strict=True)
            if person in signed_in
        )
    }


def no(**typed: object) -> Typed:
    return lambda values: typed


def of(**names: str) -> Typed:
    """What stands in the place under other names: `of(to="pk")`."""
    return lambda values: {name: values[key] for name, key in names.items()}


def on_a_day(**typed: object) -> Typed:
    return lambda values: {"day": soon(), "at": "10:00"} | typed


def goal(values: Values) -> Values:
    return ACTS["goals"](values)


def file(name: str, content: bytes) -> Typed:
    return lambda values: {"file": SimpleUploadedFile(name, content)}


def person(values: Values) -> Values:
    return {"name": "Nora Newcomer", "email": "nora@agency.example"}


def cohort(values: Values) -> Values:
    return COHORT | {"edition": values["edition"], "facilitator": values["pk"]}


def in_world(place: str, **more: object) -> Callable[[World], Values]:
    return lambda world: world.places["elsewhere"] | world.places[place] | more


def in_cohort(world: World) -> Values:
    return world.places["elsewhere"] | arranging.cohort(world)


def upload_an_edition(client: Client, values: Values) -> None:
    address = reverse("manage_editions")
    answer = client.post(address, {"file": SimpleUploadedFile("edition.yaml", edition_file())})
    values["token"] = answer.headers["Location"].rstrip("/").rpartition("/")[2]


def upload_people(client: Client, values: Values) -> None:
    answer = client.post(reverse("manage_people_import"), file("people.csv", A_LIST)(values))
    values["token"] = answer.headers["Location"].rstrip("/").rpartition("/")[2]


def upload_people_by_other_headings(client: Client, values: Values) -> None:
    content = b"Employee Name,Email Address,Shoe size\r\nLina Moss,lina@agency.example,38\r\n"
    answer = client.post(reverse("manage_people_import"), {"file": SimpleUploadedFile("staff.csv", content)})
    values["token"] = answer.headers["Location"].rstrip("/").rpartition("/import/")[2].partition("/")[0]


def send_while_signed_out(client: Client, values: Values) -> None:
    """A note written on a page from before, which then waits for its author."""
    address, user = reverse("shadow_note_new"), get_user(client)  # type: ignore[arg-type]
    sent = form_to(client.get(address).text, address).sends(aspect=values["aspect"], stood_out="A pause.")
    client.logout()
    client.post(address, sent)
    client.force_login(user)
    values["which"] = sent["form_key"][0][:8]


def let_it_go_round(client: Client, values: Values) -> None:
    client.post(address_of("group_laptop", values))


def edition_file() -> bytes:
    return SHIPPED.read_bytes().replace(b"2026.1", b"2027.1")


A_LIST = b"name,email\nNora Newcomer,nora@agency.example\n"


def rows() -> list[Row]:
    return [row for part in PARTS for row in part()]


def of_pairs() -> Iterator[Row]:
    yield Row("invite", "supervisor", typed=of(to="pk"))
    yield Row(
        "ask", "worker", typed=lambda values: {"to": values["pk"], "wish": "observing", "words": "May I?"}
    )
    yield Row(
        "invitation_answer",
        "worker",
        arranging.asked,
        no(answer="not_now", words="Later."),
        page="partnership",
    )
    yield Row(
        "invitation_change:reword",
        "supervisor",
        arranging.asked,
        no(act="reword", words="Whenever it suits you."),
        page="partnership",
        holding="words",
    )
    yield Row("engagement", "worker", arranging.trying, no(choice="stop"), page="partnership")
    yield Row("pause", "worker", arranging.agreed, no(until=soon()))
    yield Row("resume", "worker", arranging.paused, no(), page="partnership")
    yield Row("orientation:propose", "worker", arranging.agreed, no(act="propose"))
    yield Row("path", "worker", arranging.agreed, no(path="one_by_one"))
    yield Row("agreement_draft:keep", "worker", arranging.drafting, no(**TERMS, act="keep"))
    yield Row("agreement_draft:sign", "worker", arranging.drafting, no(**TERMS, act="sign"))
    yield Row("agreement_sign", "worker", arranging.proposed, no(), page="agreement_version")
    yield Row("walkthrough", "worker", arranging.agreed, lambda values: {"interest": [values["aspect"]]})
    yield Row("walkthrough_done", "worker", arranging.agreed, no(), page="walkthrough")
    yield Row(
        "focus_choose",
        "worker",
        arranging.revealed,
        lambda values: {"focus": [values["aspect"]]},
        page="walkthrough",
    )
    yield Row("focus_start", "worker", arranging.focused, no(level=3, because="It comes."))
    yield Row("focus_target", "worker", arranging.started, no(level=5))
    yield Row("carry", "worker", in_world("running"), lambda values: {"items": [values["placement"]]})
    yield Row("goals", "worker", arranging.planned, goal, holding="with_whom")
    yield Row(
        "goals:sentence",
        "worker",
        arranging.planned,
        no(whole="Use Three Questions with caregivers on 5 cases", read="1"),
        page="goals",
        holding="whole",
    )
    yield Row("goal_sentence", "worker", arranging.planned, goal, page="goals")
    yield Row("goal_put_down", "worker", arranging.planned, no(), page="goals")
    yield Row("edition_move:propose", "worker", arranging.with_newer_edition, no(act="propose"))
    yield Row("edition_move:agree", "worker", arranging.moving, no(act="propose"))
    yield Row("edition_move:not_now", "worker", arranging.moving, no(act="take_back"))
    yield Row("celebrations", "worker", arranging.planned, no(text="It went well."))
    yield Row("put_right", "worker", arranging.said, no(text="I waited twice."))
    yield Row("end", "worker", arranging.planned, no())
    yield Row(
        "handover",
        "worker",
        arranging.ended_with_a_next,
        lambda values: {"aspect": [values["aspect"]], "to": values["to"]},
        query="?to={to}",
    )
    yield Row("release_take_back", "worker", arranging.handed_over, no(), page="handover", query="?to={to}")
    yield Row("erase", "worker", arranging.erasing, lambda values: {"what": "private", "sure": "on"})
    yield Row("erase_consent:ask", "worker", arranging.erasing, no(act="ask"), page="erase")


def of_sessions() -> Iterator[Row]:
    yield Row("session_begin", "supervisor", arranging.planned, no(), page="session")
    yield Row("session_move", "worker", arranging.planned, on_a_day(), page="session")
    yield Row(
        "session_take_back", "supervisor", arranging.begun_by_a_slip, no(act="take_back"), page="session"
    )
    yield Row("session_left_open:close", "worker", arranging.left_open, no(act="close"), page="session")
    yield Row("session_left_open:went_on", "worker", arranging.left_open, no(act="went_on"), page="session")
    yield Row("session_plan_anew", "worker", arranging.missed, no(act="plan"), page="session")
    yield Row("session_call_off", "worker", arranging.planned, page="session")
    yield Row("session_close", "supervisor", arranging.decided, on_a_day(), page="stage", stage="feedback")
    yield Row(
        "session_close:conversation", "supervisor", arranging.conversing, no(), page="stage", stage="feedback"
    )
    yield Row(
        "session_congratulate",
        "supervisor",
        arranging.opened,
        no(congratulation="You waited."),
        page="stage",
        stage="feedback",
        holding="congratulation",
    )
    yield Row("conversation", "worker", arranging.planned, no(), page="sessions")
    yield Row(
        "promise_make",
        "worker",
        arranging.opened,
        no(promise="Listen.", due_on=soon()),
        page="stage",
        stage="next_steps",
    )
    yield Row(
        "promise_settle:take_back",
        "worker",
        arranging.promised,
        no(act="take_back"),
        page="stage",
        stage="next_steps",
    )
    yield Row(
        "promise_settle:take_on",
        "worker",
        arranging.promised_before,
        no(act="take_on", due_on=soon()),
        page="session",
    )
    yield Row(
        "stage", "worker", lambda world: arranging.opened(world) | {"stage": "purpose"}, no(words="To learn.")
    )
    yield Row("look_back", "worker", arranging.opened, no(went_well="I waited.", differently="Wait longer."))
    yield Row("review_focus:rate", "worker", arranging.reflected, no(act="rate", level=4, because="It came."))
    yield Row("review_focus:keep", "supervisor", arranging.reflected, no(act="keep", saw="You waited."))
    yield Row(
        "review_focus:observe", "supervisor", arranging.rated, no(act="observe", saw="You waited.", level=4)
    )
    yield Row(
        "review_focus:reply", "worker", arranging.observed, no(act="reply", reply="I saw it otherwise.")
    )
    yield Row(
        "review_focus:decide",
        "worker",
        arranging.observed,
        no(act="decide", choice="carry_on"),
        holding="choice",
    )
    yield Row(
        "review_focus:congratulate",
        "supervisor",
        arranging.decided,
        no(act="congratulate", congratulation="You waited."),
        holding="congratulation",
    )


def of_oneself() -> Iterator[Row]:
    yield Row("practice_plus", "worker", arranging.planned, page="practice")
    yield Row("practice_undo", "worker", arranging.planned, no(), page="practice", query="?just={entry_id}")
    yield Row(
        "practice_when",
        "worker",
        arranging.planned,
        no(practised_on=timezone.localdate().isoformat()),
        page="practice",
    )
    yield Row(
        "practice_line",
        "worker",
        arranging.planned,
        no(line="It came twice."),
        page="practice",
        query="?just={entry_id}",
    )
    yield Row("level_log", "worker", arranging.planned, no(level="3"), page="practice")
    yield Row("level_undo", "worker", arranging.planned, no(), page="practice")
    yield Row(
        "level_when",
        "worker",
        arranging.planned,
        no(logged_on=timezone.localdate().isoformat()),
        page="practice",
    )
    yield Row("level_line", "worker", arranging.planned, no(line="It came twice."), page="practice")
    yield Row("placements:delete_all", "worker", in_world("running"), no(delete="all"), query="?delete=all")
    yield Row(
        "placements_profile",
        "peer",
        typed=lambda values: {"level": 3, "note": "For me."},
        query="?aspect={aspect}",
    )
    yield Row(
        "private_practice", "peer", typed=lambda values: {"aspect": values["aspect"], "line": "It came."}
    )
    yield Row("private_entry_delete", "worker", in_world("kept"), no(), page="private_practice")
    yield Row(
        "shadow_note_new", "peer", typed=lambda values: {"aspect": values["aspect"], "stood_out": "A pause."}
    )
    yield Row(
        "shadow_note",
        "worker",
        in_world("kept"),
        lambda values: {"aspect": values["aspect"], "stood_out": "A longer pause."},
        holding="stood_out",
    )
    yield Row("shadow_note:delete", "worker", in_world("kept"), no(act="delete"))
    yield Row("shadow_note_show", "worker", in_world("kept"), no(act="show"))
    yield Row("shadow_offer", "supervisor", typed=lambda values: {"profiles": [values["profile"]]})

    yield Row("me_called", "peer")
    yield Row("me_clock", "peer")
    yield Row("me_mails", "peer")
    yield Row("me_calendar:make", "peer", typed=no(act="make", title="Meeting"))
    yield Row("me_calendar:call", "worker", typed=no(act="call", title="Out of office"))
    yield Row("me_calendar_revoke", "worker", page="me_calendar")
    yield Row("me_mails:none", "peer", typed=no(all="off"))
    yield Row("given_back", "peer", typed=of(which="which"), prepare=send_while_signed_out)


def of_training() -> Iterator[Row]:
    yield Row("training_list", "outsider", in_cohort, of(code="code"))
    yield Row("training", "worker", in_cohort, no(note="Ask what else."), holding="note")
    yield Row("training:leave", "worker", in_cohort, no(leave="1"))
    yield Row("sort:withdraw", "worker", in_world("sorting"), no(act="withdraw"))
    yield Row("sort_name", "worker", in_world("sorting"), no(aspect="unsure"))
    yield Row("sort_order:arrange", "worker", in_world("sorting"), no(act="arrange", two="1"))
    yield Row("sort_order:keep", "worker", in_world("sorting"), no(act="keep"))
    yield Row("levelling_vignette:place", "worker", in_cohort, no(act="place", level=3))


def of_groups() -> Iterator[Row]:
    yield Row("group_new", "supervisor", typed=no(title="Ours"))
    yield Row(
        "group_ask",
        "facilitator",
        arranging.group_without_plan,
        lambda values: {"people": [values["colleague"].pk]},
    )
    yield Row("group_link", "facilitator", arranging.group_without_plan, no(), page="group")
    yield Row("group_leave", "heir", arranging.group_without_plan, no(), page="group")
    yield Row(
        "group_leave:another",
        "facilitator",
        arranging.group_without_plan,
        lambda values: {"member": values["member"]},
        page="group",
    )
    yield Row(
        "group_plan", "facilitator", arranging.group_without_plan, no(about="conversation"), page="group"
    )
    yield Row(
        "group_hand_over",
        "facilitator",
        arranging.group_without_plan,
        lambda values: {"to": values["heir"].pk},
        page="group",
    )
    yield Row("group_take_over", "heir", arranging.group_nobodys, no(), page="group")
    yield Row("group_join", "colleague", arranging.group_without_plan, no())
    yield Row("group_session_join", "observer", arranging.group_ahead, no(), page="group")
    yield Row("group_session_join:out", "observer", arranging.group_gathered, no(act="out"), page="group")
    yield Row(
        "group_parts:give",
        "facilitator",
        arranging.group_gathered,
        lambda values: {"presenter": values["observer"].pk, "advisor": values["advisor"].pk},
        page="group",
        holding="presenter",
    )
    yield Row("group_parts:take", "observer", arranging.group_filling, no(act="advisor"), page="group")
    yield Row("group_device", "observer", arranging.group_gathered, no(act="laptop"), page="group")
    yield Row("group_begin", "facilitator", arranging.group_gathered, no(), page="group")
    yield Row("group_step", "observer", arranging.group_open, no(words="To learn."))
    yield Row("group_step:pass", "observer", arranging.group_at_questions, no(**{"pass": "1"}))
    yield Row("group_go", "facilitator", arranging.group_open, no(), page="group_screen")
    yield Row("group_close", "facilitator", arranging.group_open, no(), page="group_step", stage="feedback")
    yield Row("group_erase", "observer", arranging.group_closed, no(), page="group_session")
    yield Row("group_laptop", "facilitator", arranging.group_with_laptop, no())
    yield Row(
        "group_laptop_turn",
        "facilitator",
        arranging.group_with_laptop,
        no(words="To learn."),
        prepare=let_it_go_round,
    )


def of_administrators() -> Iterator[Row]:
    yield Row("manage_people_invite", "admin", typed=person)
    yield Row("manage_people_import", "admin", typed=file("people.csv", A_LIST))
    yield Row("manage_people_import_plan", "admin", typed=no(), prepare=upload_people)
    yield Row("manage_people_import_columns", "admin", typed=no(), prepare=upload_people_by_other_headings)
    yield Row(
        "manage_person",
        "admin",
        arranging.a_person,
        no(name="Max Other", email="max@agency.example"),
        holding="email",
    )
    yield Row("manage_person_invite", "admin", arranging.a_person, no(), page="manage_people", query="?q=Max")
    yield Row("manage_person_deactivate", "admin", arranging.a_person, no())
    yield Row("manage_person_reactivate", "admin", arranging.a_deactivated_person, no())
    yield Row(
        "manage_person_identity",
        "admin",
        arranging.a_person_whose_address_came_with_somebody_else,
        no(act="keep"),
        page="manage_person",
    )
    yield Row("manage_person_second_factor", "admin", arranging.a_person_with_a_second_factor, no())
    yield Row("manage_units", "admin", typed=no(name="East unit"))
    yield Row("manage_unit", "admin", arranging.empty_unit, no(name="Another name"))
    yield Row("manage_days_off", "admin", typed=lambda values: {"day": soon(), "name": "Founders’ day"})
    yield Row("manage_day_off_remove", "admin", arranging.day_off, no(), page="manage_days_off")
    yield Row("manage_unit_remove", "admin", arranging.empty_unit, no(), page="manage_unit")
    yield Row("manage_cohort_new", "admin", in_cohort, cohort)
    yield Row("manage_cohort", "admin", in_cohort, cohort, holding="title")
    yield Row(
        "manage_cohort_people:put_in",
        "admin",
        in_cohort,
        lambda values: {"people": [values["pk"]]},
        query="?q=Olaf",
        holding="people",
    )
    yield Row(
        "manage_cohort_people:take_out",
        "admin",
        in_cohort,
        lambda values: {"take_out": values["trainee"]},
        page="manage_cohort",
    )
    yield Row("manage_cohort_code", "admin", in_cohort, no(), page="manage_cohort")
    yield Row("manage_cohort_remove", "admin", arranging.empty_cohort, no(), page="manage_cohort")
    yield Row("manage_sort_new", "admin")
    yield Row("manage_sort:close", "admin", in_world("sort"), no(act="close"))
    yield Row(
        "manage_sort:reopen",
        "admin",
        in_world("sort"),
        no(act="reopen", closes_on=soon()),
        holding="closes_on",
    )
    yield Row("manage_sort:delete", "admin", in_world("sort"), no(act="delete"))
    yield Row("manage_editions", "admin", typed=file("edition.yaml", edition_file()))
    yield Row("manage_edition_plan", "admin", typed=no(), prepare=upload_an_edition)
    yield Row("manage_edition_new_draft", "admin", typed=no(name="2027.2"))
    yield Row("manage_edition_publish", "admin", arranging.draft_edition, no(sure="on"))
    yield Row("manage_edition_retire", "admin", arranging.newer_edition, no())
    yield Row("manage_edition_delete", "admin", arranging.draft_edition, no())
    yield Row("manage_edition_add", "admin", arranging.draft_edition, file("edition.yaml", edition_file()))
    yield Row("manage_edition_take_out", "admin", arranging.draft_edition, no())
    yield Row("manage_edition_aspect", "admin", arranging.draft_edition, no(title="Another title"))
    yield Row(
        "manage_edition_aspect_notes",
        "admin",
        arranging.draft_edition,
        no(title="Another title"),
        page="manage_edition_aspect",
    )
    yield Row(
        "manage_edition_origin",
        "admin",
        arranging.draft_edition,
        no(status="Wording of Cedar County, sorted by nobody yet", written_on="2026-11-20"),
    )
    yield Row(
        "manage_edition_question", "admin", arranging.draft_edition, no(text="What went well, and how?")
    )
    yield Row(
        "manage_edition_goal",
        "admin",
        arranging.draft_edition,
        no(text="Use it with caregivers on 3 visits in the next 30 days.", count="3"),
    )
    yield Row(
        "manage_edition_goal_notes",
        "admin",
        arranging.draft_edition,
        no(text="Use it."),
        page="manage_edition_goal",
    )


ACCOUNTS = (
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_from_key",
    "enter_as",
    "mails_off",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "usersessions_list",
)


def of_accounts() -> Iterator[Row]:
    for name in ACCOUNTS:
        yield Row(name, "worker")


PARTS = (of_pairs, of_sessions, of_oneself, of_training, of_groups, of_administrators, of_accounts)
"""The table in pieces, which the cores share."""
