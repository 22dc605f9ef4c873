"""Observing: notes from going along with a colleague, and offers to be gone along with (product.md, 4.1)."""

import uuid
from collections import defaultdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from coaching.forms.shadowing import ShadowNoteForm, ShadowOfferForm
from coaching.models import Engagement, Partnership, ShadowNote, ShadowOffer, ShownNote
from coaching.views.sharing import tell_shared
from profiles.models import Edition, PracticeProfile, SkillAspect
from sopcoach.models import User
from sopcoach.people.choosing import Choice, Chooser, choosing_page, look_for
from sopcoach.requests.typed import HttpRequest, by_button, require_form


def current_profiles() -> list[PracticeProfile]:
    edition = Edition.objects.current()
    return list(edition.profiles.order_by("order")) if edition else []


def current_aspects() -> list[SkillAspect]:
    """All aspects of the current edition in learning order, with their profiles: two queries."""
    edition = Edition.objects.current()
    return (
        list(edition.aspects.select_related("profile").order_by("profile__order", "order")) if edition else []
    )


@require_safe
def shadowing(request: HttpRequest) -> HttpResponse:
    """One's notes, what others have shown one, and, to those who observe, who may be shadowed."""
    observes = Partnership.objects.visible_to(request.user).filter(
        worker=request.user, engagement=Engagement.OBSERVING
    )
    is_observing = observes.exists()
    profiles = current_profiles() if is_observing else []
    chooser, offers = _offers(request, profiles)
    return TemplateResponse(
        request,
        "coaching/shadowing/shadowing.html",
        {
            "notes": list(ShadowNote.objects.visible_to(request.user).for_list()),
            "shown": list(ShownNote.objects.visible_to(request.user).filter(reader=request.user).for_list()),
            "is_observing": is_observing,
            "chooser": chooser,
            "offers": offers,
            "profile_count": len(profiles),
            "own_offer": ShadowOffer.objects.visible_to(request.user).filter(owner=request.user).exists(),
        },
    )


def _offers(
    request: HttpRequest, profiles: list[PracticeProfile]
) -> tuple[Chooser, list[tuple[Choice, list[PracticeProfile]]]]:
    """Colleagues whom the search fits, each with what they may be shadowed on, in learning order."""
    offers = ShadowOffer.objects.visible_to(request.user).exclude(owner=request.user)
    offers = offers.filter(profile_slug__in=[profile.slug for profile in profiles])
    owners = User.objects.filter(is_active=True, pk__in=offers.values("owner"))
    chooser = look_for(owners, request.GET.get("q", ""), near=request.user)
    wanted: dict[int, set[str]] = defaultdict(set)
    for offer in offers.filter(owner__in=[choice.person for choice in chooser.found]):
        wanted[offer.owner_id].add(offer.profile_slug)
    return chooser, [
        (choice, [profile for profile in profiles if profile.slug in wanted[choice.person.pk]])
        for choice in chooser.found
    ]


@require_form
def new_note(request: HttpRequest) -> HttpResponse:
    aspects = current_aspects()
    if request.method == "POST":
        form = ShadowNoteForm(request.POST, by=request.user, aspects=aspects)
        if form.is_valid() and form.save(by=request.user):
            messages.success(request, "Kept, for you only.")
            return redirect("shadowing")
    else:
        asked = request.GET.get("with", "")
        form = ShadowNoteForm(by=request.user, aspects=aspects, initial={"colleague": asked})
    return choosing_page(request, "coaching/shadowing/note.html", form, {"note": None})


@require_form
def note(request: HttpRequest, note_id: uuid.UUID) -> HttpResponse:
    """One's own note, to change as long as it is shown to nobody; a POST that says "delete" deletes it."""
    visible = ShadowNote.objects.visible_to(request.user).for_list()
    own = get_object_or_404(visible, pk=note_id)
    if request.method == "POST" and request.POST.get("act") == "delete":
        own.discard(by=request.user)
        messages.success(request, "That note is deleted.")
        return redirect("shadowing")
    aspects = _with(current_aspects(), own.aspect)
    stands = {
        "aspect": own.aspect_slug,
        "stood_out": own.stood_out,
        "question": own.question,
        "seen_on": own.seen_on,
        "colleague": own.colleague_id,
    }
    if request.method == "POST":
        form = ShadowNoteForm(request.POST, by=request.user, aspects=aspects, stands=stands)
        if form.is_valid() and form.save(by=request.user, note=own):
            messages.success(request, "Kept, for you only.")
            return redirect("shadowing")
    else:
        form = ShadowNoteForm(by=request.user, aspects=aspects, stands=stands)
    return choosing_page(request, "coaching/shadowing/note.html", form, {"note": own})


def _with(aspects: list[SkillAspect], own: SkillAspect) -> list[SkillAspect]:
    """The aspects to choose from, and the note's own where a newer edition has it no more."""
    return aspects if own.slug in {aspect.slug for aspect in aspects} else [*aspects, own]


@require_form
@by_button("show", "take_back")
def show(request: HttpRequest, note_id: uuid.UUID) -> HttpResponse:
    """Let the colleague read it, or take it back: the page says first what goes to whom."""
    visible = ShadowNote.objects.visible_to(request.user).for_list()
    own = get_object_or_404(visible, pk=note_id)
    if request.method == "POST":
        if request.POST.get("act") == "take_back":
            copies = ShownNote.objects.visible_to(request.user).filter(note=own)
            for copy in copies:
                copy.take_back(by=request.user)
            messages.success(request, "Taken back. Only you can read it now.")
        else:
            copy = own.show(by=request.user)
            tell_shared(request, "this note, which nobody else can read", copy.reader)
        return redirect("shadowing")
    return TemplateResponse(request, "coaching/shadowing/show.html", {"note": own})


@require_form
def offer(request: HttpRequest) -> HttpResponse:
    """On which practice profiles one may be shadowed; none takes the offer back."""
    profiles = current_profiles()
    own = ShadowOffer.objects.visible_to(request.user).filter(owner=request.user)
    stands = {"profiles": list(own.values_list("profile_slug", flat=True))}
    if request.method == "POST":
        form = ShadowOfferForm(request.POST, profiles=profiles, stands=stands)
        if form.is_valid():
            form.save(by=request.user)
            chosen = bool(form.cleaned_data["profiles"])
            messages.success(
                request,
                "Those who observe can see your offer now." if chosen else "Nobody sees an offer of yours.",
            )
            return redirect("shadowing")
    else:
        form = ShadowOfferForm(profiles=profiles, stands=stands)
    return TemplateResponse(request, "coaching/shadowing/offer.html", {"form": form, "profiles": profiles})
