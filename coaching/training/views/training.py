"""CORE training, as a trainee and as a facilitator sees it (product.md, 4 and 7)."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from coaching.dialogue.stages import Field
from coaching.models import Partnership, Placement
from coaching.models.base import Autosaved
from coaching.models.partnership import Engagement
from coaching.training.forms.cohort import JoinForm
from coaching.training.models import Cohort, Trainee, TrainingNote
from coaching.views import autosave
from coaching.views.autosave import WordsField
from profiles.models import PracticeProfile
from sopcoach.requests.reading import wants_json
from sopcoach.requests.typed import HttpRequest, require_form
from sopcoach.words.refusal import Refused
from sopcoach.words.wording import spelled

NOTE = Field("note", "A note to myself")


@dataclass(frozen=True)
class Step:
    """One practice profile on the way: how many of its aspects the trainee has placed, for their own eyes.

    In the words of the training's edition: where somebody stood in other words says nothing of these.
    """

    profile: PracticeProfile
    placed: int

    @property
    def is_whole(self) -> bool:
        return self.placed == len(self.profile.aspects.all())


@require_form
def index(request: HttpRequest) -> HttpResponse:
    """The trainings that one learns in or leads, and the way in by a code."""
    form = JoinForm()
    if request.method == "POST" and "forget_note" in request.POST:
        TrainingNote.objects.visible_to(request.user).delete()
        messages.success(request, "Your note is deleted.")
        return redirect("training_list")
    if request.method == "POST":
        form = JoinForm(request.POST)
        if form.is_valid() and (cohort := form.save(by=request.user)):
            messages.success(request, f"Welcome to “{cohort.title}”.")
            return redirect("training", cohort.slug)
    attended = Cohort.objects.visible_to(request.user).attended_by(request.user).for_list()
    return TemplateResponse(
        request,
        "coaching/training/list.html",
        {
            "cohorts": list(attended),
            "form": form,
            "note": TrainingNote.objects.visible_to(request.user).first(),
        },
    )


@require_form
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = attended_or_404(request, slug)
    if cohort.is_led_by(request.user):
        if request.method == "POST":
            raise Refused("You lead this training. Notes and placements are its trainees’ own.")
        trainees = Trainee.objects.visible_to(request.user).filter(cohort=cohort).for_list()
        return TemplateResponse(
            request, "coaching/training/facilitator.html", {"cohort": cohort, "trainees": list(trainees)}
        )
    if request.method == "POST" and "leave" in request.POST:
        get_object_or_404(Trainee.objects.visible_to(request.user), cohort=cohort, person=request.user).leave(
            by=request.user
        )
        messages.success(
            request, f"You have left “{cohort.title}”. Your placements and your note stay yours."
        )
        return redirect("training_list")
    return _path(request, cohort)


def attended_or_404(request: HttpRequest, slug: str) -> Cohort:
    """A training that the reader learns in or leads; to everybody else, administrators too, it isn't here."""
    attended = Cohort.objects.visible_to(request.user).attended_by(request.user).for_list()
    return get_object_or_404(attended, slug=slug)


def _path(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    def keep(field: str, text: str, revision: int) -> Autosaved:
        return TrainingNote.write(by=request.user, text=text, revision=revision)

    if request.method == "POST" and wants_json(request):
        return autosave.answer(request, keep)
    words = WordsField.of(NOTE, TrainingNote.objects.visible_to(request.user).first())
    if request.method == "POST":
        words.put(request, keep)
        if not words.error:
            messages.success(request, "Your note is saved, for you only.")
            return redirect("training", cohort.slug)
    steps = _steps(request, cohort)
    return TemplateResponse(
        request,
        "coaching/training/path.html",
        {
            "cohort": cohort,
            "steps": steps,
            "how_many": spelled(len(steps)).capitalize(),
            "next": next((step for step in steps if not step.placed), None),
            "has_placed": any(step.placed for step in steps),
            "words": words,
            "coached_in": _coached_in(request) if cohort.is_at_its_end else [],
        },
    )


def _steps(request: HttpRequest, cohort: Cohort) -> list[Step]:
    own = Placement.objects.visible_to(request.user)
    placed = set(own.filter(aspect__edition=cohort.edition).order_by().values_list("aspect", flat=True))
    profiles = cohort.edition.profiles.for_list()
    return [
        Step(profile, sum(aspect.pk in placed for aspect in profile.aspects.all())) for profile in profiles
    ]


def _coached_in(request: HttpRequest) -> list[Partnership]:
    """Where the trainee could bring something along."""
    partnerships = Partnership.objects.visible_to(request.user).filter(worker=request.user)
    return list(partnerships.filter(engagement=Engagement.FORMAL).for_list())
