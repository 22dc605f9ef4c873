"""The catalogue's pages: open to everybody who is signed in, about nobody."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from profiles.beside import beside
from profiles.finding import find
from profiles.ladder import ladder_for, scale_ladder
from profiles.models import Edition, PracticeProfile, Provenance, SkillAspect
from sopcoach.phone.keeping import kept_on_phone
from sopcoach.requests.reading import named_in
from sopcoach.requests.typed import HttpRequest


@require_safe
def profile_list(request: HttpRequest) -> HttpResponse:
    edition = Edition.objects.current()
    if edition is None:
        return TemplateResponse(request, "profiles/list.html", {"edition": None})
    words = (named_in(request, "q") or "").strip()[:100]
    profiles = edition.profiles.for_list()
    context = {
        "edition": edition,
        "words": words,
        "found": find(profiles, words),
        "scale": scale_ladder(edition),
        "origin": Provenance.objects.filter(edition=edition).first(),
    }
    return TemplateResponse(request, "profiles/list.html", context)


@require_safe
def profile_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """In the words of the edition in use, or of that which the address names: old ratings rest on those."""
    edition = _edition_asked_for(request)
    profile = get_object_or_404(PracticeProfile.objects.for_reading(), edition=edition, slug=slug)
    in_order = list(edition.profiles.only("slug", "title", "order", "edition"))
    place = in_order.index(profile) + 1
    context = reading(profile) | {
        "place": place,
        "total": len(in_order),
        "following": in_order[place] if place < len(in_order) else None,
        "is_current": "edition" not in request.GET or edition == Edition.objects.current(),
    }
    return kept_on_phone(request, TemplateResponse(request, "profiles/detail.html", context))


@require_safe
def profile_print(request: HttpRequest, slug: str) -> HttpResponse:
    edition = _edition_asked_for(request)
    profile = get_object_or_404(PracticeProfile.objects.for_reading(), edition=edition, slug=slug)
    context = reading(profile, is_bare=True) | {"pages": len(profile.aspects.all()) + 1}
    return TemplateResponse(request, "profiles/print.html", context)


@require_safe
def edition_print(request: HttpRequest) -> HttpResponse:
    """The handouts of a whole edition, with its scale in front: one ladder a page."""
    edition = _edition_asked_for(request)
    profiles = [
        reading(profile, is_bare=True) for profile in edition.profiles.for_reading().order_by("order")
    ]
    context = {
        "edition": edition,
        "scale": scale_ladder(edition, is_bare=True),
        "profiles": profiles,
        "pages": 1 + sum(len(profile["profile"].aspects.all()) + 1 for profile in profiles),
    }
    return TemplateResponse(request, "profiles/print_all.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Where the words of an edition come from, for every reader."""
    edition = _edition_asked_for(request)
    origin = Provenance.objects.filter(edition=edition).select_related("edition").first()
    context = {"edition": edition, "origin": origin, "changes": _changes(edition, origin)}
    return TemplateResponse(request, "profiles/about.html", context)


@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """The glossary of an edition."""
    edition = _edition_asked_for(request)
    origin = Provenance.objects.filter(edition=edition).first()
    return TemplateResponse(request, "profiles/words.html", {"edition": edition, "origin": origin})


def _changes(edition: Edition, origin: Provenance | None) -> list[tuple[str, str]]:
    """What has changed since the edition before, each under the title that its slug has now: two queries."""
    if origin is None or not origin.changelog:
        return []
    titles: dict[str, str] = dict(edition.aspects.values_list("slug", "title"))
    titles |= dict(edition.profiles.values_list("slug", "title"))
    return [(titles.get(change.first, change.first), change.second) for change in origin.changes]


def _edition_asked_for(request: HttpRequest) -> Edition:
    """The edition that the address names, published now or once, since coaching and training keep their own; or the
    current one."""
    asked = named_in(request, "edition")
    if asked is not None:
        return get_object_or_404(Edition.objects.filter(published_at__isnull=False), slug=asked)
    edition = Edition.objects.current()
    if edition is None:
        raise Http404
    return edition


def reading(profile: PracticeProfile, *, is_bare: bool = False) -> dict[str, Any]:
    """A profile that came with `for_reading()`, as its page and its handout show it."""
    edition = profile.edition
    origin = getattr(edition, "provenance", None)

    def cited(aspect: SkillAspect) -> str:
        return origin.cite(f"{profile.title}: {aspect.title}") if origin else ""

    return {
        "profile": profile,
        "edition": edition,
        "origin": origin,
        "aspects": [
            (aspect, ladder_for(aspect, is_bare=is_bare), cited(aspect)) for aspect in profile.aspects.all()
        ],
        "groups": beside(profile),
    }
