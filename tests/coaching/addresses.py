"""Where the pages of a review stand."""

from django.urls import reverse


def look_back(session) -> str:
    return reverse("look_back", args=[session.partnership.slug, session.number])


def page(session, focus) -> str:
    return reverse("review_focus", args=[session.partnership.slug, session.number, focus.aspect_slug])
