"""A draft from inside: its ladders, its words, and practice profiles that come and go."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from profiles.forms import AspectForm, GoalForm, QuestionForm, UploadForm, Words, WordsForm
from profiles.ladder import ladder_for
from profiles.models import (
    Edition,
    EditionError,
    EditionStatus,
    ExampleGoal,
    PracticeProfile,
    PublishedEditionError,
    SkillAspect,
)
from profiles.origin_form import OriginForm
from profiles.views import reading
from sopcoach.requests.typed import HttpRequest, administrators_only, by_button, require_form
from sopcoach.words.refusal import Refused

SAVED = "Saved in the draft."


@require_form
@administrators_only
def add_profiles(request: HttpRequest, slug: str) -> HttpResponse:
    edition = _draft(slug)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid() and (upload := form.keep(edition)):
            return redirect("manage_edition_plan", upload.token)
    else:
        form = UploadForm()
    return TemplateResponse(request, "manage/edition/add.html", {"edition": edition, "form": form})


@require_safe
@administrators_only
def profile(request: HttpRequest, slug: str, profile: str) -> HttpResponse:
    """The ladders as readers will see them; of a published edition as well, since people ask what it said."""
    shown = get_object_or_404(PracticeProfile.objects.for_reading(), edition__slug=slug, slug=profile)
    context = reading(shown) | {"is_draft": shown.edition.status is EditionStatus.DRAFT}
    return TemplateResponse(request, "manage/edition/profile.html", context)


@require_form
@administrators_only
@by_button("delete")
def take_out(request: HttpRequest, slug: str, profile: str) -> HttpResponse:
    edition = _draft(slug)
    leaving = get_object_or_404(edition.profiles.for_list(), slug=profile)
    if request.method == "POST":
        try:
            leaving.delete()
        except EditionError as error:
            raise Refused(str(error)) from error
        messages.success(request, f"{leaving.title} is no longer in the draft.")
        return redirect("manage_edition", slug)
    context = {"edition": edition, "profile": leaving}
    return TemplateResponse(request, "manage/edition/take_out.html", context)


@require_form
@administrators_only
def aspect(request: HttpRequest, slug: str, profile: str, aspect: str) -> HttpResponse:
    edition = _draft(slug)
    edited = _aspect(edition, profile, aspect)
    if request.method == "POST":
        form = AspectForm(request.POST, aspect=edited)
        if form.is_valid():
            return _saved(request, form, edited.profile)
    else:
        form = AspectForm(aspect=edited)
    words = form.words()
    current = Edition.objects.current()
    before = SkillAspect.objects.with_ladder().filter(edition=current, slug=aspect).first()
    context = {
        "edition": edition,
        "aspect": edited,
        "siblings": edited.profile.aspects.all(),
        "form": form,
        "bands": _bands(edited, words),
        "title": words["title"],
        "current": current,
        "reworded": _reworded(edited, before),
    }
    return TemplateResponse(request, "manage/edition/aspect.html", context)


@require_POST
@administrators_only
def aspect_notes(request: HttpRequest, slug: str, profile: str, aspect: str, level: int) -> HttpResponse:
    """What a good editor would ask about one level as it is being typed."""
    edited = _aspect(_draft(slug), profile, aspect)
    form = AspectForm(request.POST, aspect=edited)
    name = f"level-{level}"
    if name not in form.fields:
        raise Http404
    return TemplateResponse(request, "manage/edition/_notes.html", {"notes": form.notes().get(name, [])})


@require_form
@administrators_only
def origin(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the words come from, put right by whoever starts from another edition's."""
    edition = _draft(slug)
    if request.method == "POST":
        form = OriginForm(request.POST, edition=edition)
        if form.is_valid():
            _save(request, form)
            return redirect("manage_edition", slug)
    else:
        form = OriginForm(edition=edition)
    context = {"edition": edition, "form": form, "fields": form.words().values()}
    return TemplateResponse(request, "manage/edition/origin.html", context)


@require_form
@administrators_only
def question(request: HttpRequest, slug: str, profile: str, order: int) -> HttpResponse:
    edition = _draft(slug)
    owner = get_object_or_404(edition.profiles, slug=profile)
    edited = get_object_or_404(owner.questions, order=order)
    if request.method == "POST":
        form = QuestionForm(request.POST, question=edited)
        if form.is_valid():
            return _saved(request, form, owner)
    else:
        form = QuestionForm(question=edited)
    fields = form.words().values()
    context = {"edition": edition, "profile": owner, "form": form, "fields": fields}
    return TemplateResponse(request, "manage/edition/words.html", context)


@require_form
@administrators_only
def goal(request: HttpRequest, slug: str, profile: str, order: int) -> HttpResponse:
    edition = _draft(slug)
    edited = _goal(edition, profile, order)
    if request.method == "POST":
        form = GoalForm(request.POST, goal=edited)
        if form.is_valid():
            return _saved(request, form, edited.profile)
    else:
        form = GoalForm(goal=edited)
    fields = form.words().values()
    context = {"edition": edition, "profile": edited.profile, "form": form, "goal": edited, "fields": fields}
    return TemplateResponse(request, "manage/edition/words.html", context)


@require_POST
@administrators_only
def goal_notes(request: HttpRequest, slug: str, profile: str, order: int) -> HttpResponse:
    form = GoalForm(request.POST, goal=_goal(_draft(slug), profile, order))
    return TemplateResponse(request, "manage/edition/_notes.html", {"notes": form.notes()["text"]})


def _draft(slug: str) -> Edition:
    edition = get_object_or_404(Edition, slug=slug)
    if edition.status is not EditionStatus.DRAFT:
        raise Refused(str(PublishedEditionError()))
    return edition


def _aspect(edition: Edition, profile: str, aspect: str) -> SkillAspect:
    aspects = SkillAspect.objects.with_ladder().select_related("profile__edition")
    return get_object_or_404(aspects, edition=edition, profile__slug=profile, slug=aspect)


def _goal(edition: Edition, profile: str, order: int) -> ExampleGoal:
    goals = ExampleGoal.objects.select_related("profile__edition")
    return get_object_or_404(goals, profile__edition=edition, profile__slug=profile, order=order)


def _bands(edited: SkillAspect, words: dict[str, Words]) -> list[dict[str, object]]:
    """The ladder with a field where its readers will have the words."""
    return [
        {
            "slug": band.slug,
            "title": band.title,
            "rungs": [
                {
                    "number": rung.number,
                    "name": rung.name,
                    "disc": rung.disc,
                    "words": words[f"level-{rung.number}"],
                }
                for rung in band.rungs
            ],
        }
        for band in ladder_for(edited).bands
    ]


def _reworded(edited: SkillAspect, before: SkillAspect | None) -> list[tuple[int, str]]:
    """The levels whose words differ from those of the edition in use, with its words."""
    if before is None:
        return []
    now = {descriptor.level.number: descriptor.text for descriptor in edited.descriptors.all()}
    then = {descriptor.level.number: descriptor.text for descriptor in before.descriptors.all()}
    return [(number, text) for number, text in then.items() if now.get(number) != text]


def _save(request: HttpRequest, form: WordsForm) -> None:
    try:
        form.save()
    except PublishedEditionError as error:
        raise Refused(str(error)) from error
    messages.success(request, SAVED)


def _saved(request: HttpRequest, form: WordsForm, profile: PracticeProfile) -> HttpResponse:
    _save(request, form)
    return redirect("manage_edition_profile", profile.edition.slug, profile.slug)
