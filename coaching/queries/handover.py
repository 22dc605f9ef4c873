"""What can be shown to a next supervisor, and what of it is shown already."""

from dataclasses import dataclass

from coaching.models import CoachingSession, Focus, Partnership, Release
from coaching.queries.released import aspect_records, fetch_keys, session_records
from coaching.queries.released_records import AspectRecord, SessionRecord
from sopcoach.models import User


@dataclass(frozen=True)
class Offer:
    """All that the worker may release of a partnership to one reader, and what that reader can see already."""

    aspects: list[AspectRecord]
    sessions: list[SessionRecord]
    shown: list[Release]

    @property
    def open_aspects(self) -> list[AspectRecord]:
        taken = {release.aspect_slug for release in self.shown}
        return [record for record in self.aspects if record.slug not in taken]

    @property
    def open_sessions(self) -> list[SessionRecord]:
        taken = {release.session_id for release in self.shown}
        return [record for record in self.sessions if record.session.pk not in taken]

    @property
    def shown_titles(self) -> list[tuple[Release, str, str]]:
        """What is released, each with its name and how much that is."""
        by_slug = {record.slug: record for record in self.aspects}
        by_pk = {record.session.pk: record for record in self.sessions}
        titles = []
        for release in self.shown:
            if record := by_pk.get(release.session_id):  # type: ignore[arg-type]
                titles.append((release, record.session.title, f"{record.when}: {record.amount}"))
            elif aspect := by_slug.get(release.aspect_slug):
                titles.append((release, aspect.aspect.title, aspect.amount))
        return titles


def offer_of(partnership: Partnership, user: User, into: Partnership | None) -> Offer:
    """What `user`, its worker, may choose from for the supervisor of `into`."""
    fetch_keys({partnership.pk}, partnership.worker)
    slugs = Focus.objects.visible_to(user).filter(partnership=partnership).order_by()
    places = [(partnership.pk, slug) for slug in slugs.values_list("aspect_slug", flat=True).distinct()]
    closed = CoachingSession.objects.visible_to(user).filter(partnership=partnership, closed_at__isnull=False)
    held = [session for session in closed.order_by("-opened_at") if session.was_held]
    shown = Release.objects.visible_to(user).standing().filter(partnership=partnership, into=into)
    return Offer(
        aspect_records(user, places),
        session_records(user, held, worker=partnership.worker),
        list(shown) if into else [],
    )
