"""The pages of a review on one focus: where one is, what was seen, both side by side."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.template.response import TemplateResponse

from coaching.dialogue.stages import Field
from coaching.forms.review import CongratulationForm, DecisionForm, ObservationForm, RatingForm, ReplyForm
from coaching.models import Decision, Draft, Seat
from coaching.models.access import Thing
from coaching.queries.review import FocusReview, Review, Turn, aspect_with_ladder
from coaching.views import access
from coaching.views.autosave import WordsField
from coaching.views.review_fields import (
    BECAUSE,
    SAW,
    TRY_NEXT,
    chosen_in,
    drafts_of,
    fields_of,
    revision_of,
    saved_text_of,
)
from coaching.views.review_live import live_on
from profiles.ladder import Mode, ladder_for
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.typed import HttpRequest

STEPS = ("look_back", "rate", "observe", "together", "next")


def focus_page(
    request: HttpRequest, seat: Seat, review: Review, one: FocusReview, form=None, fields=None
) -> HttpResponse:
    turn, session = review.turn(one), review.session
    if review.reflection or one.rating:
        access.note(request, seat, Thing.REVIEW, session.title, one.focus.aspect.title)
    elif one.goals or one.earlier_goals:
        access.note(request, seat, Thing.GOALS)
    is_side_by_side = session.is_closed or turn in (Turn.DECIDE, Turn.DONE)
    if not is_side_by_side and any(goal.shared_lines for goal in one.goals + one.earlier_goals):
        access.note(request, seat, Thing.LINES)
    if one.logged:
        access.note(request, seat, Thing.LEVELS)
    drafts = drafts_of(request, session, focus=one)
    page = {
        "seat": seat,
        "session": session,
        "review": review,
        "one": one,
        "place": review.place(one),
        "following": review.after(one),
        "form": form,
        "live": live_on(seat, review, request.path, one),
        "saved": saved_text_of(drafts),
        "aspect": aspect_with_ladder(one),
        "fields": fields,
    }
    if is_side_by_side:
        return _together(request, seat, review, one, page, drafts)
    if seat.is_worker:
        if one.rating is None:
            return _rate(request, seat, review, one, page, drafts)
        return TemplateResponse(
            request, "coaching/review/shared.html", page | {"steps": steps_of(seat, review, "observe")}
        )
    bound = form if isinstance(form, ObservationForm) else None
    page["fields"] = fields or fields_of((SAW, TRY_NEXT), drafts, bound)
    if turn is not Turn.OBSERVE or not session.is_open:
        step = "look_back" if turn is Turn.LOOK_BACK else "rate" if turn is Turn.RATE else "observe"
        return TemplateResponse(
            request, "coaching/review/waiting.html", page | {"steps": steps_of(seat, review, step)}
        )
    level = chosen_in("level", drafts, bound)
    page |= {
        "steps": steps_of(seat, review, "observe"),
        "level_draft": drafts.get("level"),
        "chosen": level,
        "ladder": ladder_for(
            page["aspect"],
            mode=Mode.CHOOSE,
            prefix="o",
            marks=one.marks(seat),
            chosen=level,
            note=f"Yours will stand beside {seat.other.short_name}’s, as a question to talk about.",
            level_revision=revision_of(drafts, "level"),
        ),
    }
    return TemplateResponse(request, "coaching/review/observe.html", page)


def _rate(
    request, seat: Seat, review: Review, one: FocusReview, page: dict, drafts: dict[str, Draft]
) -> HttpResponse:
    bound = page["form"] if isinstance(page["form"], RatingForm) else None
    begins_from = None if bound or "level" in drafts else one.begins_from
    page |= {
        "begins_from": begins_from,
        "steps": steps_of(seat, review, "rate"),
        "fields": page["fields"] or fields_of((BECAUSE,), drafts, bound),
        "ladder": ladder_for(
            page["aspect"],
            mode=Mode.CHOOSE,
            prefix="r",
            marks=one.marks(seat),
            chosen=begins_from.level if begins_from else chosen_in("level", drafts, bound),
            with_glimpses=True,
            glimpse=begins_from.glimpse_level if begins_from else chosen_in("glimpse", drafts, bound),
            error_id="e-level" if bound and bound.errors.get("level") else "",
            level_revision=revision_of(drafts, "level"),
            glimpse_revision=revision_of(drafts, "glimpse"),
        ),
    }
    return TemplateResponse(request, "coaching/review/rate.html", page)


def _together(
    request: HttpRequest, seat: Seat, review: Review, one: FocusReview, page: dict, drafts: dict[str, Draft]
) -> HttpResponse:
    cheer = Field(
        "congratulation",
        "What are you glad of?"
        if seat.is_worker
        else f"What would you like to congratulate {seat.other.short_name} on, however small?",
    )
    answer = Field(
        "reply",
        f"What would you like to say to what {seat.other.short_name} saw?",
        f"If you like. {seat.other.short_name} reads it once you share it, and it stays as it is.",
    )
    cheered = _field_at(cheer, page, drafts, CongratulationForm)
    answered = _field_at(answer, page, drafts, ReplyForm)
    top = max((d.level.number for d in page["aspect"].descriptors.all()), default=0)
    page |= {
        "steps": steps_of(seat, review, "next" if one.decision else "together"),
        "ladder": ladder_for(
            page["aspect"],
            mode=Mode.COMPARE,
            prefix="t",
            marks=one.marks(seat),
            only_marked=True,
            is_bare=True,
        ),
        "choices": _choices_on(one, top),
        "decision_form": page["form"] if isinstance(page["form"], DecisionForm) else DecisionForm(),
        "cheer": cheered,
        "answer": answered,
    }
    return TemplateResponse(request, "coaching/review/together.html", page)


@dataclass(frozen=True)
class Choice:
    """What the worker may decide on a focus by one press, and what it means."""

    value: str
    label: str
    meaning: str


def _choices_on(one: FocusReview, top: int) -> list[Choice]:
    """Carry on, up by one where the target is reached, or another focus (FAQ, measure steps 3 and 4)."""
    target = one.target
    carry_on = (
        Choice(
            Decision.Choice.CARRY_ON,
            f"Carry on towards {target.level}",
            "Keep the target and set a goal that gets you there.",
        )
        if target
        else Choice(
            Decision.Choice.CARRY_ON, "Go on exploring", "Stay with this for a while, at your own pace."
        )
    )
    up = (
        [
            Choice(
                Decision.Choice.RAISE,
                f"Raise the target to {target.level + 1}",
                "You placed yourself at your target. Up by one.",
            )
        ]
        if target and one.has_reached and target.level < top
        else []
    )
    rest = Choice(
        Decision.Choice.NEW_FOCUS, "Pick a new focus", "Let this one rest and choose another aspect."
    )
    return [carry_on, *up, rest]


def _field_at(field: Field, page: dict, drafts: dict[str, Draft], form: type[BaseForm]) -> WordsField:
    """A field of one of the forms of this page: as drafted, or as it came back with something to put right."""
    given = page["form"] if isinstance(page["form"], form) else None
    came_back = given is not None and page["fields"]
    words: WordsField = (page["fields"] if came_back else fields_of((field,), drafts, given))[0]
    words.field = field
    return words


def steps_of(seat: Seat, review: Review, current: str) -> list[tuple[str, str]]:
    """The five steps of the review as the reader calls them, each with "done", "current" or ""."""
    other = seat.other.short_name
    names = (
        ("Looking back", "Where I am", f"What {other} saw", "Side by side", "What next")
        if seat.is_worker
        else (f"{other} looks back", f"Where {other} is", "What I saw", "Side by side", "What next")
    )
    at = STEPS.index(current)
    return [(name, "done" if n < at else "current" if n == at else "") for n, name in enumerate(names)]
