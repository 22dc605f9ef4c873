"""The content of a progress session: the worker looks back and rates, then the supervisor shares, then both talk.

The order is kept by the domain; these pages lead along it.
"""

from collections.abc import Iterable

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from coaching.dialogue.stages import BY_KEY, STAGES, Field, neighbours
from coaching.forms.review import CongratulationForm, DecisionForm, LookBackForm, ObservationForm, RatingForm
from coaching.models import CoachingSession, Decision, Draft, Focus, Seat
from coaching.models.access import Thing
from coaching.models.base import Autosaved
from coaching.models.reviewed import NOT_IN_REVIEW
from coaching.queries.corrections import corrections_in
from coaching.queries.review import FocusReview, Review, Turn, aspect_with_ladder, review_for
from coaching.queries.standing import standing_at
from coaching.queries.unshared import NAMES
from coaching.views import access, autosave, live
from coaching.views.desk import session_or_404
from coaching.views.live import Fact, Live
from coaching.views.runner import live_of, rail_of, words_in
from coaching.views.sharing import keep_all, tell_shared
from profiles.ladder import Mode, ladder_for
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.reading import number_in, wants_json
from sopcoach.requests.typed import HttpRequest, by_button, require_form
from sopcoach.words.refusal import Refused

STEPS = ("look_back", "rate", "observe", "together", "next")

WENT_WELL = Field("went_well", "What went well?")
DIFFERENTLY = Field("differently", "What would you do differently?")
BECAUSE = Field("because", "What tells you so?", "No names, please, and nothing that points to a family.")
SAW = Field(
    "saw",
    "What I saw that fits the goals",
    "What was done and said, as a camera would have it. No names, please.",
)
TRY_NEXT = Field("try_next", "Something to try next")
LEVEL = Field("level", "")
GLIMPSE = Field("glimpse", "")
CHEER = Field("congratulation", "")

SHARED = {
    "rate": "where you are in {}",
    "observe": "what you saw in {}",
    "decide": "what comes next in {}",
    "congratulate": "your word on {}",
}
"""What was shared by each act on a focus, as a sentence says it."""


def content(request: HttpRequest, seat: Seat, session: CoachingSession) -> HttpResponse:
    """The way into the review: to the reader's next step in it, or an overview once all is decided."""
    now = live_of(session, request.path)
    if live.asks(request):
        return now.answer(request)
    review = review_for(request.user, session)
    if review.focuses and not session.is_closed and not review.is_done:
        return HttpResponseRedirect(_next_page(seat, review))
    if any(one.decision for one in review.focuses):
        access.note(request, seat, Thing.STAGE, session.title, BY_KEY["content"].title)
    before, after = neighbours(BY_KEY["content"])
    standing = standing_at(request.user, seat.partnership.slug, within_session=True)
    return TemplateResponse(
        request,
        "coaching/review/overview.html",
        {
            "live": now,
            "seat": seat,
            "session": session,
            "stage": BY_KEY["content"],
            "place": STAGES.index(BY_KEY["content"]) + 1,
            "rail": rail_of(session, words_in(request, session), current=BY_KEY["content"]),
            "review": review,
            "next": standing.next_step if standing else None,
            "before": before,
            "after": after,
        },
    )


def _next_page(seat: Seat, review: Review) -> str:
    slug, number = seat.partnership.slug, review.session.number
    if seat.is_worker and review.reflection is None:
        return reverse("look_back", args=[slug, number])
    unrated = review.next_unrated if seat.is_worker else None
    one = unrated or review.next_undecided or review.focuses[0]
    return reverse("review_focus", args=[slug, number, one.focus.aspect_slug])


@require_form
@by_button("keep", "share")
def look_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What went well, then what the worker would do differently; shared once, before the meeting or in it."""
    seat, session = session_or_404(request, slug, number)
    session.require_review()

    def keep(field: str, text: str, revision: int) -> Autosaved:
        return Draft.put(session, by=request.user, field=field, text=text, revision=revision)

    if wants_json(request) and request.method == "POST":
        return autosave.answer(request, keep)
    review = review_for(request.user, session)
    now = _live(seat, review, request.path)
    if live.asks(request):
        return now.answer(request)
    if review.reflection:
        access.note(request, seat, Thing.REFLECTION, session.title)
    drafts = _drafts(request, session, focus=None)
    form = LookBackForm(initial={key: row.text for key, row in drafts.items()})
    fields = None
    if request.method == "POST" and request.POST["act"] == "keep":
        fields = _fields((WENT_WELL, DIFFERENTLY), drafts)
        problems = keep_all(request, fields, keep)
        if not problems:
            return HttpResponseRedirect(request.path)
        form = LookBackForm.as_kept(request.POST, problems)
    elif request.method == "POST":
        form = LookBackForm(request.POST)
        if form.save(session, by=request.user):
            tell_shared(request, "what you looked back on", seat.other)
            return HttpResponseRedirect(reverse("stage", args=[slug, number, "content"]))
    page = {
        "seat": seat,
        "session": session,
        "review": review,
        "steps": _steps(seat, review, "look_back"),
        "form": form,
        "fields": fields or _fields((WENT_WELL, DIFFERENTLY), drafts, form if form.is_bound else None),
        "saved": _saved(drafts),
        "live": now,
    }
    return TemplateResponse(request, "coaching/review/look_back.html", page)


@require_form
@by_button("keep", "rate", "observe", "decide", "congratulate")
def focus(request: HttpRequest, slug: str, number: int, aspect: str) -> HttpResponse:
    """One focus of the review, at whatever step it is for the reader."""
    seat, session = session_or_404(request, slug, number)
    session.require_review()
    review = review_for(request.user, session, with_goals=True)
    one = review.of(aspect)
    if one is None:
        return _outside(request, seat, session, aspect)
    if request.method == "POST":
        return _act(request, seat, review, one)
    if seat.is_worker and review.reflection is None and not session.is_closed:
        return HttpResponseRedirect(reverse("look_back", args=[slug, number]))
    if live.asks(request):
        return _live(seat, review, request.path, one).answer(request)
    return _focus_page(request, seat, review, one)


def _live(seat: Seat, review: Review, address: str, one: FocusReview | None = None) -> Live:
    """What the pages of a review hear of what the other side does, in the order in which it is done."""
    session = review.session
    worker, supervisor = (
        "You have" if mine else f"{person.short_name} has"
        for mine, person in (
            (seat.is_worker, seat.partnership.worker),
            (seat.is_supervisor, seat.partnership.supervisor),
        )
    )
    begun_or_closed = "The session has begun." if session.is_open else "This session is closed."
    facts = [
        Fact(session.status, begun_or_closed),
        Fact(review.reflection is not None, f"{worker} looked back."),
    ]
    if one is None:
        return Live(address, f"look-back-{review.reflection is not None}-{session.is_closed}", facts)
    facts += [
        Fact(one.rating is not None, f"{worker} shared a level here."),
        Fact(review.all_rated, f"{worker} shared on each focus."),
        Fact(one.observation is not None, f"{supervisor} shared what there was to see."),
        Fact(one.decision is not None, f"{worker} decided what comes next."),
        Fact(len(one.congratulations), "There is a word of congratulation."),
        Fact(
            len(corrections_in([review.reflection, *one.words])),
            "Something was put right in what was shared.",
        ),
    ]
    return Live(address, _page_name(seat, review, one), facts)


def _page_name(seat: Seat, review: Review, one: FocusReview) -> str:
    """Which of its pages a focus is at for the reader: another one is offered, never put in place of this one."""
    turn, session = review.turn(one), review.session
    if session.is_closed:
        return "closed"
    if turn in (Turn.DECIDE, Turn.DONE):
        return "together"
    if seat.is_worker:
        return "shared" if one.rating else "rate"
    return "observe" if turn is Turn.OBSERVE and session.is_open else "waiting"


def _act(request: HttpRequest, seat: Seat, review: Review, one: FocusReview) -> HttpResponse:
    session, user = review.session, request.user
    if wants_json(request):

        def keep(field: str, text: str, revision: int) -> Autosaved:
            return Draft.put(session, by=user, field=field, text=text, revision=revision, focus=one.focus)

        return autosave.answer(request, keep)
    act = request.POST["act"]
    if act == "keep":
        return _keep_draft(request, seat, review, one)
    forms = {
        "rate": RatingForm,
        "observe": ObservationForm,
        "decide": DecisionForm,
        "congratulate": CongratulationForm,
    }
    form = forms[act](request.POST)
    if not form.save(session, one.focus, by=user):
        return _focus_page(request, seat, review, one, form=form)
    tell_shared(request, SHARED[act].format(one.focus.aspect.title), seat.other)
    if act == "rate":
        return HttpResponseRedirect(reverse("stage", args=[seat.partnership.slug, session.number, "content"]))
    if act == "decide" and form.cleaned_data["choice"] == Decision.Choice.NEW_FOCUS:
        return HttpResponseRedirect(reverse("walkthrough", args=[seat.partnership.slug]))
    return HttpResponseRedirect(request.path)


def _outside(request: HttpRequest, seat: Seat, session: CoachingSession, aspect: str) -> HttpResponse:
    """A focus of the two that this session doesn't look back on, with what its reader had begun to write on it.

    That a focus was in the review when a page of it was opened, and isn't now, can come about until a session begins.
    """
    focuses = Focus.objects.visible_to(request.user).filter(partnership=seat.partnership, aspect_slug=aspect)
    focus = focuses.select_related("aspect__profile").order_by("-opened_at").first()
    if focus is None:
        raise Http404
    sentence = NOT_IN_REVIEW.format(aspect=focus.aspect.title)
    if live.asks(request):
        return Live(request.path, "outside", [Fact("outside", sentence)]).answer(request)
    if request.method == "POST":
        raise Refused(sentence)
    rows = Draft.objects.visible_to(request.user).filter(session=session, focus__aspect_slug=aspect)
    kept = [(NAMES[row.field], row.text) for row in rows if row.field in NAMES and row.text.strip()]
    page = {"seat": seat, "session": session, "aspect": focus.aspect, "sentence": sentence, "kept": kept}
    return TemplateResponse(request, "coaching/review/outside.html", page)


def _keep_draft(request: HttpRequest, seat: Seat, review: Review, one: FocusReview) -> HttpResponse:
    """What somebody has written and chosen, kept for themselves: by its button, where no script saves it."""
    drafts = _drafts(request, review.session, focus=one)
    form_of, mine = _form_at(seat, one)
    fields = _fields(mine, drafts)

    def keep(field: str, text: str, revision: int) -> Autosaved:
        return Draft.put(
            review.session, by=request.user, field=field, text=text, revision=revision, focus=one.focus
        )

    problems = keep_all(request, fields, keep)
    if not problems:
        return HttpResponseRedirect(request.path)
    words = [one for one in fields if one.field not in (LEVEL, GLIMPSE)]
    form = form_of.as_kept(request.POST, problems)
    return _focus_page(request, seat, review, one, form=form, fields=words)


def _form_at(seat: Seat, one: FocusReview) -> tuple[type[BaseForm], tuple[Field, ...]]:
    """The form that a side writes in at this step, and its fields that are kept."""
    if one.observation:
        return CongratulationForm, (CHEER,)
    if seat.is_supervisor:
        return ObservationForm, (SAW, TRY_NEXT, LEVEL)
    return RatingForm, (BECAUSE, LEVEL, GLIMPSE)


def _focus_page(
    request: HttpRequest, seat: Seat, review: Review, one: FocusReview, form=None, fields=None
) -> HttpResponse:
    turn, session = review.turn(one), review.session
    if review.reflection or one.rating:
        access.note(request, seat, Thing.REVIEW, session.title, one.focus.aspect.title)
    elif one.goals or one.earlier_goals:
        access.note(request, seat, Thing.GOALS)
    is_side_by_side = session.is_closed or turn in (Turn.DECIDE, Turn.DONE)
    if not is_side_by_side and any(goal.shared_lines for goal in one.goals + one.earlier_goals):  # type: ignore[attr-defined]
        access.note(request, seat, Thing.LINES)
    drafts = _drafts(request, session, focus=one)
    page = {
        "seat": seat,
        "session": session,
        "review": review,
        "one": one,
        "place": review.place(one),
        "following": review.after(one),
        "form": form,
        "live": _live(seat, review, request.path, one),
        "saved": _saved(drafts),
        "aspect": aspect_with_ladder(one),
        "fields": fields,
    }
    if is_side_by_side:
        return _together(request, seat, review, one, page, drafts)
    if seat.is_worker:
        if one.rating is None:
            return _rate(request, seat, review, one, page, drafts)
        return TemplateResponse(
            request, "coaching/review/shared.html", page | {"steps": _steps(seat, review, "observe")}
        )
    bound = form if isinstance(form, ObservationForm) else None
    page["fields"] = fields or _fields((SAW, TRY_NEXT), drafts, bound)
    if turn is not Turn.OBSERVE or not session.is_open:
        step = "look_back" if turn is Turn.LOOK_BACK else "rate" if turn is Turn.RATE else "observe"
        return TemplateResponse(
            request, "coaching/review/waiting.html", page | {"steps": _steps(seat, review, step)}
        )
    level = _chosen("level", drafts, bound)
    page |= {
        "steps": _steps(seat, review, "observe"),
        "level_draft": drafts.get("level"),
        "chosen": level,
        "ladder": ladder_for(
            page["aspect"],
            mode=Mode.CHOOSE,
            prefix="o",
            marks=one.marks(seat),
            chosen=level,
            note=f"Yours will stand beside {seat.other.short_name}’s, as a question to talk about.",
            level_revision=_revision(drafts, "level"),
        ),
    }
    return TemplateResponse(request, "coaching/review/observe.html", page)


def _rate(
    request, seat: Seat, review: Review, one: FocusReview, page: dict, drafts: dict[str, Draft]
) -> HttpResponse:
    bound = page["form"] if isinstance(page["form"], RatingForm) else None
    page |= {
        "steps": _steps(seat, review, "rate"),
        "fields": page["fields"] or _fields((BECAUSE,), drafts, bound),
        "ladder": ladder_for(
            page["aspect"],
            mode=Mode.CHOOSE,
            prefix="r",
            marks=one.marks(seat),
            chosen=_chosen("level", drafts, bound),
            with_glimpses=True,
            glimpse=_chosen("glimpse", drafts, bound),
            error_id="e-level" if bound and bound.errors.get("level") else "",
            level_revision=_revision(drafts, "level"),
            glimpse_revision=_revision(drafts, "glimpse"),
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
    bound = page["form"] if isinstance(page["form"], CongratulationForm) else None
    cheered = (page["fields"] or _fields((cheer,), drafts, bound))[0]
    cheered.field = cheer
    top = max((d.level.number for d in page["aspect"].descriptors.all()), default=0)
    page |= {
        "steps": _steps(seat, review, "next" if one.decision else "together"),
        "ladder": ladder_for(
            page["aspect"],
            mode=Mode.COMPARE,
            prefix="t",
            marks=one.marks(seat),
            only_marked=True,
            is_bare=True,
        ),
        "has_reached": one.has_reached,
        "next_level": one.target.level + 1 if one.target and one.target.level < top else None,
        "decision_form": page["form"] if isinstance(page["form"], DecisionForm) else DecisionForm(),
        "cheer": cheered,
    }
    return TemplateResponse(request, "coaching/review/together.html", page)


def _steps(seat: Seat, review: Review, current: str) -> list[tuple[str, str]]:
    """The five steps of the review as the reader calls them, each with "done", "current" or ""."""
    other = seat.other.short_name
    names = (
        ("Looking back", "Where I am", f"What {other} saw", "Side by side", "What next")
        if seat.is_worker
        else (f"{other} looks back", f"Where {other} is", "What I saw", "Side by side", "What next")
    )
    at = STEPS.index(current)
    return [(name, "done" if n < at else "current" if n == at else "") for n, name in enumerate(names)]


def _drafts(request: HttpRequest, session: CoachingSession, *, focus: FocusReview | None) -> dict[str, Draft]:
    rows = Draft.objects.visible_to(request.user).filter(
        session=session, focus=focus.focus if focus else None
    )
    return {row.field: row for row in rows}


def _fields(
    fields: Iterable[Field], drafts: dict[str, Draft], form: BaseForm | None = None
) -> list[autosave.WordsField]:
    """The words of a form: as drafted, or as typed when the form came back with something to put right."""
    made = [autosave.WordsField.of(field, drafts.get(field.key)) for field in fields]
    for words in made:
        words.take(form)
    return made


def _chosen(name: str, drafts: dict[str, Draft], form: BaseForm | None) -> int | None:
    """A level of a form, by the same rule as its words."""
    if form is not None and form.is_bound:
        return number_in(form.data.get(name), most_digits=3)
    return number_in(drafts[name].text, most_digits=3) if name in drafts else None


def _revision(drafts: dict[str, Draft], name: str) -> int:
    """The revision of a level that saves itself as a draft."""
    return drafts[name].revision if name in drafts else 0


def _saved(drafts: dict[str, Draft]) -> str:
    rows = [(row.saved_at, row) for row in drafts.values() if row.saved_at]
    if not rows:
        return ""
    return (
        autosave.saved_text(max(rows, key=lambda pair: pair[0])[1]).replace("Saved", "Draft saved")
        + ", for you only"
    )
