"""The content of a progress session: the worker looks back and rates, then the supervisor shares, then both talk.

The order is kept by the domain; these pages lead along it.
"""

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from coaching.dialogue.stages import BY_KEY, STAGES, Field, neighbours
from coaching.forms.review import (
    CongratulationForm,
    DecisionForm,
    LookBackForm,
    ObservationForm,
    RatingForm,
    ReplyForm,
)
from coaching.models import CoachingSession, Decision, Draft, Focus, Seat
from coaching.models.access import Thing
from coaching.models.base import Autosaved
from coaching.models.reviewed import NOT_IN_REVIEW
from coaching.queries.looking_back import kept_since
from coaching.queries.review import FocusReview, Review, review_for
from coaching.queries.standing import standing_at
from coaching.queries.unshared import NAMES
from coaching.views import access, autosave, live, looking_back
from coaching.views.desk import session_or_404
from coaching.views.live import Fact, Live
from coaching.views.review_fields import (
    BECAUSE,
    CHEER,
    DIFFERENTLY,
    GLIMPSE,
    LEVEL,
    REPLY,
    SAW,
    TRY_NEXT,
    WENT_WELL,
    drafts_of,
    fields_of,
    saved_text_of,
)
from coaching.views.review_live import live_on
from coaching.views.review_page import focus_page, steps_of
from coaching.views.runner import live_of, rail_of, words_in
from coaching.views.sharing import keep_all, tell_shared
from sopcoach.phone.keeping import kept_on_phone
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.reading import is_for_phone, wants_json
from sopcoach.requests.typed import HttpRequest, by_button, require_form
from sopcoach.words.refusal import Refused

SHARED = {
    "rate": "where you are in {}",
    "observe": "what you saw in {}",
    "reply": "your answer on {}",
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
    if wants_json(request) and request.method == "POST":
        keep = looking_back.keeper(request, session)
        return (
            autosave.answer_to_waited(request, keep)
            if is_for_phone(request)
            else autosave.answer(request, keep)
        )
    if is_for_phone(request):
        return _look_back_on_phone(request, seat, session)
    is_asked = seat.is_worker and not session.is_closed and not hasattr(session, "reflection")
    review = review_for(request.user, session, with_goals=is_asked)
    now = live_on(seat, review, request.path)
    if live.asks(request):
        return now.answer(request)
    if review.reflection:
        access.note(request, seat, Thing.REFLECTION, session.title)
    drafts = drafts_of(request, session, focus=None)
    parts = looking_back.parts_of(request, review) if is_asked else []
    sent = looking_back.sent(request, seat, review, parts, drafts) if request.method == "POST" else None
    if isinstance(sent, HttpResponse):
        return sent
    form, fields = sent or (
        LookBackForm(initial={key: row.text for key, row in drafts.items()}),
        fields_of((WENT_WELL, DIFFERENTLY), drafts),
    )
    for part in parts:
        part.draw(seat)
    page = {
        "seat": seat,
        "session": session,
        "review": review,
        "steps": steps_of(seat, review, "look_back"),
        "form": form,
        "fields": fields,
        "parts": parts,
        "saved": saved_text_of(drafts),
        "live": now,
        "kept": kept_since(seat, session) if seat.is_worker and not review.reflection else None,
    }
    return TemplateResponse(request, "coaching/review/look_back.html", page)


def _look_back_on_phone(request: HttpRequest, seat: Seat, session: CoachingSession) -> HttpResponse:
    """What the worker writes there, for a phone to keep, while it isn't shared. Nothing of the other side's is on it."""
    if not seat.is_worker or session.is_closed or hasattr(session, "reflection"):
        raise Http404
    fields = fields_of((WENT_WELL, DIFFERENTLY), drafts_of(request, session, focus=None))
    page = {"seat": seat, "session": session, "fields": fields}
    return kept_on_phone(request, TemplateResponse(request, "coaching/review/look_back_on_phone.html", page))


@require_form
@by_button("keep", "rate", "observe", "reply", "decide", "congratulate")
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
        return live_on(seat, review, request.path, one).answer(request)
    return focus_page(request, seat, review, one)


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
        "reply": ReplyForm,
        "decide": DecisionForm,
        "congratulate": CongratulationForm,
    }
    form = forms[act](request.POST)
    if not form.save(session, one.focus, by=user):
        return focus_page(request, seat, review, one, form=form)
    tell_shared(request, SHARED[act].format(one.focus.aspect.title), seat.other)
    if act == "rate":
        return HttpResponseRedirect(reverse("stage", args=[seat.partnership.slug, session.number, "content"]))
    if act == "decide" and form.cleaned_data["choice"] == Decision.Choice.NEW_FOCUS:
        return HttpResponseRedirect(reverse("walkthrough", args=[seat.partnership.slug]))
    if act == "decide" or "on" in request.GET:
        return HttpResponseRedirect(_on_from(seat, review, one))
    return HttpResponseRedirect(request.path)


def _on_from(seat: Seat, review: Review, one: FocusReview) -> str:
    """What the two talk about once this focus is decided: the next one, and after the last what they promise."""
    slug, number, following = seat.partnership.slug, review.session.number, review.after(one)
    if following is None:
        return reverse("stage", args=[slug, number, "next_steps"])
    return reverse("review_focus", args=[slug, number, following.focus.aspect_slug])


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
    drafts = drafts_of(request, review.session, focus=one)
    form_of, mine = _form_at(seat, one, request.POST)
    fields = fields_of(mine, drafts)

    def keep(field: str, text: str, revision: int) -> Autosaved:
        return Draft.put(
            review.session, by=request.user, field=field, text=text, revision=revision, focus=one.focus
        )

    problems = keep_all(request, fields, keep)
    if not problems:
        return HttpResponseRedirect(request.path)
    words = [one for one in fields if one.field not in (LEVEL, GLIMPSE)]
    form = form_of.as_kept(request.POST, problems)
    return focus_page(request, seat, review, one, form=form, fields=words)


def _form_at(seat: Seat, one: FocusReview, sent: QueryDict) -> tuple[type[BaseForm], tuple[Field, ...]]:
    """The form that a side writes in at this step, and its fields that are kept."""
    if one.observation and REPLY.key in sent:
        return ReplyForm, (REPLY,)
    if one.observation:
        return CongratulationForm, (CHEER,)
    if seat.is_supervisor:
        return ObservationForm, (SAW, TRY_NEXT, LEVEL)
    return RatingForm, (BECAUSE, LEVEL, GLIMPSE)
