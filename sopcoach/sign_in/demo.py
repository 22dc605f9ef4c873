"""The demo's people: who can be entered as, on the sign-in page and where the demo starts."""

from django.conf import settings

from sopcoach.models import User

ADDRESSES = "@demo.example"
"""Everybody in the demo has an address here, a name that no mail server answers to (RFC 2606)."""


def people() -> list[User]:
    """Whom one may enter as: nobody outside the demo, and in it only those whom the demo made up."""
    if not settings.SOPCOACH_DEMO:
        return []
    return list(
        User.objects.filter(is_active=True, email__endswith=ADDRESSES).select_related("unit").order_by("pk")
    )


def part_of(person: User) -> str:
    """What a visitor should know of somebody before entering as them; who is coached by whom stays unsaid."""
    if person.is_administrator:
        return "Administers the units. Can’t open anybody’s coaching."
    place = f" {person.unit}." if person.unit else ""
    return f"May coach others.{place}" if person.may_supervise else f"A worker.{place}"
