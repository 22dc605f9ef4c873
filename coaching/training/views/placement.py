"""Placing oneself on a ladder, privately; anybody signed in may, with or without coaching (product.md, 7)."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from coaching.models import Placement
from coaching.models.placement import latest_by_aspect
from coaching.training.forms.placement import PlacementForm
from coaching.training.models import Cohort
from coaching.training.views.training import attended_or_404
from profiles.ladder import Mode, ladder_for
from profiles.models import Edition, PracticeProfile, SkillAspect
from sopcoach.requests.reading import named_in
from sopcoach.requests.typed import HttpRequest, require_form


@dataclass(frozen=True)
class Rung:
    """What one has placed on one aspect: where one stands now, and where one stood before."""

    aspect: SkillAspect
    standing: Placement
    earlier: list[Placement]


@require_form
def placements(request: HttpRequest) -> HttpResponse:
    """All of one's own, by practice profile in learning order, each kept until one deletes it."""
    own = list(Placement.objects.visible_to(request.user).for_list())
    if request.method == "POST":
        return _delete(request)
    if request.GET.get("delete") == "all" and own:
        return TemplateResponse(request, "coaching/placement/delete_all.html")
    edition = Edition.objects.current()
    profiles = list(edition.profiles.for_list()) if edition else []
    placed = {profile.slug for profile, _ in _by_profile(own)}
    return TemplateResponse(
        request,
        "coaching/placement/placements.html",
        {
            "placed": list(_by_profile(own)),
            "current": {aspect.slug for profile in profiles for aspect in profile.aspects.all()},
            "others": [profile for profile in profiles if profile.slug not in placed],
        },
    )


@require_form
def profile(request: HttpRequest, profile: str) -> HttpResponse:
    """One aspect after the other: read down, choose, go on."""
    cohort = _training(request)
    edition = cohort.edition if cohort else Edition.objects.current()
    if edition is None:
        raise Http404
    described = Prefetch("aspects", SkillAspect.objects.with_ladder())
    shown = get_object_or_404(
        PracticeProfile.objects.select_related("edition").prefetch_related(described),
        edition=edition,
        slug=profile,
    )
    aspects = list(shown.aspects.all())
    own = list(
        Placement.objects.visible_to(request.user)
        .filter(aspect_slug__in=[aspect.slug for aspect in aspects])
        .for_list()
    )
    standing = latest_by_aspect(own)
    aspect = _aspect_asked_for(request, aspects, standing)
    following = aspects[aspects.index(aspect) + 1] if aspect != aspects[-1] else None
    numbers = [descriptor.level.number for descriptor in aspect.descriptors.all()]
    stands = standing.get(aspect.slug)
    if request.method == "POST":
        form = PlacementForm(request.POST, numbers=numbers)
        if form.is_valid() and (kept := form.save(aspect, by=request.user)):
            messages.success(
                request,
                f"Kept for you only: {aspect.title}, level {kept.level}, {kept.descriptor.level.name}.",
            )
            if following:
                query = QueryDict(mutable=True)
                query.update({"aspect": following.slug} | ({"training": cohort.slug} if cohort else {}))
                return redirect(f"{reverse('placements_profile', args=[profile])}?{query.urlencode()}")
            return redirect("training", cohort.slug) if cohort else redirect("placements")
    else:
        # another edition's words are another choice, so only a placement on these words is put in
        is_same = stands is not None and stands.aspect_id == aspect.pk
        form = PlacementForm(
            initial={"level": str(stands.level) if stands and is_same else ""}, numbers=numbers
        )
    ladder = ladder_for(
        aspect,
        prefix="me",
        mode=Mode.CHOOSE,
        chosen=form.chosen,
        error_id="level-error" if form.has_error("level") else "",
    )
    return TemplateResponse(
        request,
        "coaching/placement/profile.html",
        {
            "profile": shown,
            "cohort": cohort,
            "aspects": aspects,
            "aspect": aspect,
            "place": aspects.index(aspect) + 1,
            "following": following,
            "history": [row for row in own if row.aspect_slug == aspect.slug],
            "placed": standing.keys(),
            "form": form,
            "ladder": ladder,
        },
    )


def _training(request: HttpRequest) -> Cohort | None:
    """The training on whose way this is: its edition may be another than the current one."""
    asked = named_in(request, "training")
    return attended_or_404(request, asked) if asked is not None else None


def _aspect_asked_for(
    request: HttpRequest, aspects: list[SkillAspect], standing: dict[str, Placement]
) -> SkillAspect:
    """The aspect that the address names; else the first on which nothing stands yet, or the first."""
    asked = request.GET.get("aspect")
    if asked is None:
        return next((aspect for aspect in aspects if aspect.slug not in standing), aspects[0])
    found = next((aspect for aspect in aspects if aspect.slug == asked), None)
    if found is None:
        raise Http404
    return found


def _delete(request: HttpRequest) -> HttpResponse:
    own = Placement.objects.visible_to(request.user)
    asked = request.POST.get("delete", "")
    if asked == "all":
        own.delete()
        messages.success(request, "All your placements are deleted, with their notes.")
        return redirect("placements")
    try:
        placement = get_object_or_404(own, pk=uuid.UUID(asked))
    except ValueError as error:
        raise Http404 from error
    placement.delete()
    messages.success(request, "That placement is deleted, with its note.")
    return redirect("placements")


def _by_profile(own: list[Placement]) -> Iterator[tuple[PracticeProfile, list[Rung]]]:
    by_aspect: dict[str, list[Placement]] = {}
    for placement in own:
        by_aspect.setdefault(placement.aspect_slug, []).append(placement)
    rungs = [Rung(rows[0].aspect, rows[0], rows[1:]) for rows in by_aspect.values()]
    rungs.sort(key=lambda rung: (rung.aspect.profile.order, rung.aspect.profile.slug, rung.aspect.order))
    for _, group in groupby(rungs, key=lambda rung: rung.aspect.profile.slug):
        together = list(group)
        yield together[0].aspect.profile, together
