"""What the pages of a session show: the runner around its stages."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from coaching.dialogue.stages import STAGES, Field, Stage, neighbours
from coaching.forms.promise import PromiseForm
from coaching.forms.session import MeetingForm
from coaching.models import (
    Agreement,
    CoachingSession,
    Congratulation,
    Draft,
    Goal,
    Promise,
    Seat,
    StageWords,
)
from coaching.models.access import Thing
from coaching.models.base import Autosaved
from coaching.models.draft import DAY
from coaching.models.left_open import next_day_of, nothing_written_in
from coaching.queries.corrections import lay_beside
from coaching.queries.next_meeting import next_day, suggested_after
from coaching.queries.unshared import promise_begun_before, unshared_in
from coaching.rules import spans
from coaching.views import access
from coaching.views.autosave import Keep, WordsField
from coaching.views.live import Fact, Live
from coaching.views.passing import first_without_words, straight_to
from sopcoach.models import day_off_text
from sopcoach.requests.typed import HttpRequest

PROMISE = Field("promise", "What will you do?")
PROMISE_DAY = Field(DAY, "by")
CHEER = Field("congratulation", "What is worth celebrating, however small?")
CLOSING = "closing"
"""The one form of the last stage: whichever of its buttons is pressed takes along all that is typed there."""


def draft_keeper(request: HttpRequest, session: CoachingSession) -> Keep:
    """How a form of the session that isn't shared yet saves itself."""

    def keep(field: str, text: str, revision: int) -> Autosaved:
        return Draft.put(session, by=request.user, field=field, text=text, revision=revision)

    return keep


def words_keeper(request: HttpRequest, session: CoachingSession, stage: Stage) -> Keep:
    """How the words of a stage save themselves."""

    def keep(field: str, text: str, revision: int) -> Autosaved:
        return session.say(stage.key, by=request.user, field=field, text=text, revision=revision)

    return keep


def put_typed(request: HttpRequest, session: CoachingSession, page: dict, *, cheer: bool = True) -> bool:
    """Keep what came with the whole page, each where it belongs, for whoever has no script.

    False where some of it has to be put right; it stands on the page then. `cheer` is false for who says it now.
    """
    fields = [(words, words_keeper(request, session, page["stage"])) for words in page["mine"]]
    if cheer and "cheer" in page:
        fields.append((page["cheer"], draft_keeper(request, session)))
    for words, keep in fields:
        if request.POST.get(words.field.key, "").replace("\r\n", "\n") != words.text:
            words.put(request, keep)
    return not any(words.error for words, _ in fields)


def _drafted(request: HttpRequest, session: CoachingSession, *fields: Field) -> list[WordsField]:
    """Fields of forms of the session, as their author has drafted them."""
    rows = Draft.objects.visible_to(request.user).filter(session=session, focus=None)
    drafts = {row.field: row for row in rows} if session.is_open else {}
    return [WordsField.of(field, drafts.get(field.key)) for field in fields]


def words_in(request: HttpRequest, session: CoachingSession) -> list[StageWords]:
    return list(StageWords.objects.visible_to(request.user).filter(session=session))


def page_of(request: HttpRequest, seat: Seat, session: CoachingSession, stage: Stage) -> dict:
    """What a stage's page shows."""
    rows = words_in(request, session)
    here = {(row.author_id, row.field): row for row in rows if row.stage == stage.key}
    fields = session.fields_in(stage)
    before, after = neighbours(stage)
    promises = _promises(request, seat, session)
    context = {
        "seat": seat,
        "session": session,
        "stage": stage,
        "straight_to": straight_to(session, rows, stage),
        "question": stage.question_in(opening=session.is_opening),
        "place": STAGES.index(stage) + 1,
        "rail": rail_of(session, rows, current=stage, also=_done_besides(request, session, promises)),
        "mine": [WordsField.of(field, here.get((seat.person.pk, field.key))) for field in fields],
        "theirs": [WordsField.of(field, here.get((seat.other.pk, field.key))) for field in fields],
        "before": before,
        "after": after,
        "live": live_at(session, stage),
        **promises,
    }
    if stage.key == "next_steps":
        words, day = _drafted(request, session, PROMISE, PROMISE_DAY)
        if session.is_open and not words.revision and not promises["my_promises"]:
            context["begun"] = begun = promise_begun_before(session, request.user)
            if begun:
                words.text = begun.words
                day.text = day.text or (begun.day.isoformat() if begun.day else "")
        offered = next_day(request.user, session) if session.is_open and not day.revision else None
        form = PromiseForm(due_on=_day(day) or offered)
        context |= {"promise_words": words, "promise_day": day, "promise_form": form}
    if stage.key == "feedback":
        context |= _closing(request, seat, session)
    if session.is_closed and template_of(stage) != "stage":
        context["unshared"] = unshared_in(session, request.user)
    cheers: list[Congratulation] = context.get("congratulations", [])
    is_theirs = any(words.text for words in context["theirs"]) or _has_theirs(seat, promises)
    if session.is_open or is_theirs or any(cheer.author_id == seat.other.pk for cheer in cheers):
        access.note(request, seat, Thing.STAGE, session.title, stage.title)
    return context


def live_at(session: CoachingSession, stage: Stage) -> Live:
    return live_of(session, reverse("stage", args=[session.partnership.slug, session.number, stage.key]))


def live_of(session: CoachingSession, address: str) -> Live:
    """What an open page of a session hears of its beginning and its end. Once closed it is another page: fixed."""
    news = {
        "open": "The session has begun.",
        "closed": "This session is closed: what was said in it stays as it is.",
    }
    page = "closed" if session.is_closed else "going-on"
    return Live(address, page, [Fact(session.status, news.get(session.status, ""))])


def rail_of(
    session: CoachingSession,
    rows: list[StageWords],
    current: Stage | None = None,
    *,
    also: Iterable[str] = (),
) -> list[tuple[Stage, str]]:
    """Each stage with "current", "done" (something was said in it, or it is one of `also`), or ""."""
    spoken = {row.stage for row in rows if row.text.strip()} | set(also)
    if getattr(session, "reflection", None):
        spoken.add("content")
    return [
        (stage, "current" if stage == current else "done" if stage.key in spoken else "") for stage in STAGES
    ]


def _closing(request: HttpRequest, seat: Seat, session: CoachingSession) -> dict:
    """What the last stage adds: the celebration, and the day to meet again in the rhythm agreed."""
    agreement = Agreement.objects.visible_to(request.user).in_force(seat.partnership)
    suggested = suggested_after(session, agreement)
    said = Congratulation.objects.visible_to(request.user).filter(session=session)
    cheers = list(said.select_related("author"))
    lay_beside(request.user, cheers)
    return {
        "agreement": agreement,
        "suggested": suggested,
        "day_off": day_off_text(suggested) if session.is_open and not session.is_conversation else "",
        "form": MeetingForm(
            session=session,
            suggested=suggested,
            minutes=agreement.minutes if agreement else 60,
            whole=CLOSING,
        ),
        "cheer": _drafted(request, session, CHEER)[0],
        # the other side's stand with their words, which come in live, until the session is closed
        "congratulations": [one for one in cheers if session.is_closed or one.author_id != seat.other.pk],
        "their_congratulations": [
            one for one in cheers if not session.is_closed and one.author_id == seat.other.pk
        ],
    }


def _promises(request: HttpRequest, seat: Seat, session: CoachingSession) -> dict:
    """The promises that a session opens with, and those made in it: mine and the other side's."""
    visible = (
        Promise.objects.visible_to(request.user)
        .filter(partnership=seat.partnership)
        .select_related("keeper", "session", "taken_on")
    )
    earlier = list(visible.looked_at_in(session))
    if session.closed_at:
        earlier = [promise.as_it_stood(session.closed_at) for promise in earlier]
    made = list(visible.filter(session=session))
    return {
        "earlier_promises": earlier,
        "my_promises": [promise for promise in made if promise.keeper_id == seat.person.pk],
        "their_promises": [promise for promise in made if promise.keeper_id == seat.other.pk],
    }


def _day(drafted: WordsField) -> date | None:
    with suppress(ValidationError):
        return spans.read_day(drafted.text, DAY)
    return None


def too_late(
    request: HttpRequest,
    seat: Seat,
    session: CoachingSession,
    stage: Stage,
    typed: dict[str, str],
    sentence: str = "",
) -> HttpResponse:
    """A closed stage with the words on it that came after its closing: they stay with their author."""
    page = page_of(request, seat, session, stage)
    stored = {words.field.key: words.text for words in page["mine"]}
    names = {field.key: field.label for field in (PROMISE, CHEER, *session.fields_in(stage))}
    left_over = [
        (names.get(key, ""), text) for key, text in typed.items() if text.strip() and text != stored.get(key)
    ]
    return TemplateResponse(
        request,
        f"coaching/session/{template_of(stage)}.html",
        page | {"left_over": left_over, "sentence": sentence},
        status=403,
    )


def _done_besides(request: HttpRequest, session: CoachingSession, promises: dict) -> set[str]:
    """The stages that are done by other things than words in them."""
    done = set()
    if promises["my_promises"] or promises["their_promises"]:
        done.add("next_steps")
    if session.is_opening and _led_to_goals(request, session):
        done.add("content")
    return done


def _led_to_goals(request: HttpRequest, session: CoachingSession) -> bool:
    """Whether an opening session's content is done: a goal takes the agreement and the walk-through before it."""
    goals = Goal.objects.visible_to(request.user).filter(partnership=session.partnership_id)
    return goals.filter(set_at__lte=session.closed_at or timezone.now()).exists()


def _has_theirs(seat: Seat, promises: dict) -> bool:
    """Whether any of the promises on the page is the other side's."""
    shown: list[Promise] = promises["their_promises"] + promises["earlier_promises"]
    return any(promise.keeper_id == seat.other.pk for promise in shown)


def template_of(stage: Stage) -> str:
    return stage.key if stage.key in ("next_steps", "feedback") else "stage"


def _has_no_day(session: CoachingSession) -> bool:
    """Whether the day of a session between two has gone by without it, or it has none."""
    ahead = not session.opened_at and not session.is_closed and not session.is_opening
    return ahead and session.partnership.is_formal and (session.is_missed or session.starts_at is None)


def detail_page(
    request: HttpRequest,
    seat: Seat,
    session: CoachingSession,
    form: MeetingForm | None = None,
    **extra: object,
) -> TemplateResponse:
    """The way into a session, with what went wrong on it just now."""
    words = words_in(request, session)
    promises = _promises(request, seat, session)
    if _has_theirs(seat, promises):
        access.note(request, seat, Thing.SESSION, session.title)
    return TemplateResponse(
        request,
        "coaching/session/detail.html",
        {
            "seat": seat,
            "session": session,
            "form": form or MeetingForm(session=session),
            "may_take_back": session.is_open and not session.is_conversation and nothing_written_in(session),
            "plan_at": next_day_of(session) if _has_no_day(session) else None,
            "day_off": "" if session.opened_at or session.is_closed else day_off_text(session.starts_at),
            "rail": rail_of(session, words, also=_done_besides(request, session, promises)),
            "go_on": first_without_words(words),
            "live": live_of(session, reverse("session", args=[seat.partnership.slug, session.number])),
            "unshared": unshared_in(session, request.user) if session.is_closed else [],
            "has_agreement": seat.is_supervisor
            and Agreement.objects.visible_to(request.user).in_force(seat.partnership) is not None,
            **promises,
            **extra,
        },
    )
