"""What a worker shows a next supervisor of an earlier coaching: chosen aspects and sessions (product.md, 4.9)."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from coaching.models.among import among
from coaching.models.base import Personal
from coaching.models.locking import in_turn_unheard
from coaching.models.partnership import Partnership
from coaching.row_security.conditions import BY_WORKER, ME, both, either, exists, mine, seated, system
from coaching.row_security.policy import Wall, once
from sopcoach.models import User
from sopcoach.words.refusal import Refused

WORKERS_CHOICE = "What a next supervisor may see is {worker}’s to choose."

_TO_THE_READER = exists(
    "coaching_partnership n",
    f"n.id = {{t}}.into_id AND n.worker_id = {ME} AND n.supervisor_id = {{t}}.reader_id AND n.engagement IN ('formal', 'paused')",
)


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, user: User) -> Self:
        """The worker; whoever it was released to, while it stands."""
        if user.is_administrator:
            return self.filter(worker=user)
        return self.filter(Q(worker=user) | Q(reader=user, taken_back_at=None))

    def standing(self) -> Self:
        return self.filter(taken_back_at=None)


class Release(Personal):
    """One aspect or one session of a partnership, shown to the supervisor of another one of the same worker.

    With an aspect go its focuses, targets, ratings, observations, decisions, goals, entries with the lines that were
    shared, congratulations, and marks once they were revealed; with a session the words of its stages, the reflection,
    promises, and congratulations on no focus. Never a draft, a private line or an agreement (ADR 9).
    """

    kept_by: ClassVar[tuple[str, ...]] = ("partnership", "into")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="releases")
    into = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="releases_here")
    """The reader's own partnership with the worker. When it ends, they read nothing of this any more."""
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(
        "coaching.CoachingSession", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    aspect_slug = models.SlugField(max_length=60, blank=True, default="")
    released_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    wall = Wall(
        read=either(
            mine("worker_id"),
            both(seated("reader_id"), "{t}.taken_back_at IS NULL"),
            system("ending"),
        ),
        insert=both(mine("worker_id"), BY_WORKER, _TO_THE_READER),
        update=both(either(mine("worker_id"), system("ending")), "{t}.taken_back_at IS NOT NULL"),
        delete=mine("worker_id"),
        changes=(once("taken_back_at"),),
    )

    class Meta:
        ordering = ["released_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(session=None) & ~Q(aspect_slug="") | Q(session__isnull=False, aspect_slug=""),
                name="release_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["into", "session"],
                condition=Q(session__isnull=False, taken_back_at=None),
                name="release_session_once",
            ),
            models.UniqueConstraint(
                fields=["into", "partnership", "aspect_slug"],
                condition=Q(session=None, taken_back_at=None),
                name="release_aspect_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Release of {self.aspect_slug or self.session_id}"

    @in_turn_unheard
    def take_back(self, *, by: User) -> None:
        """Let it be read no longer. A second click changes nothing."""
        if by.pk != self.worker_id:
            raise Refused("What was released is taken back by whoever released it.")
        if self.taken_back_at is None:
            self.taken_back_at = timezone.now()
            self.save(update_fields=["taken_back_at"])


def _to(user: User) -> ReleaseQuerySet:
    return Release.objects.visible_to(user).standing().filter(reader=user)


def _sessions_released_to(user: User) -> QuerySet[Release, Any]:
    return _to(user).exclude(session=None).values("session")


def _aspects_released_to(user: User) -> QuerySet[Release, Any]:
    return _to(user).filter(session=None).values("partnership", "aspect_slug")


def _partnerships_released_to(user: User) -> QuerySet[Release, Any]:
    return _to(user).values("partnership")


def by_session(user: User, field: str = "session") -> Q:
    """Rows of a session that has been released to this person."""
    return among(_sessions_released_to, user, field)


def by_aspect(user: User, slug: str) -> Q:
    """Rows whose aspect has been released to this person; `slug` is the path to its slug."""
    return among(_aspects_released_to, user, "partnership", slug)


def by_partnership(user: User) -> Q:
    """Rows of a partnership of which anything at all has been released to this person."""
    return among(_partnerships_released_to, user, "partnership")


def next_places(partnership: Partnership, worker: User) -> QuerySet[Partnership]:
    """Where the worker is coached now, by somebody who may be shown this partnership."""
    begun = Partnership.objects.visible_to(worker).begun().filter(worker=worker)
    return begun.exclude(pk=partnership.pk).for_list()


@in_turn_unheard
def release(
    partnership: Partnership,
    *,
    by: User,
    into: Partnership,
    aspects: Collection[str] = (),
    sessions: Collection[int] = (),
) -> list[Release]:
    """Show these aspects, by slug, and sessions, by number, to the supervisor of `into`.

    What is released already stays so. Raises Refused for anybody but the worker, before formal coaching, or
    when `into` is no formal coaching of theirs that goes on; ValidationError when nothing is chosen, or something that can't be released.
    """
    partnership.require_worker(by, WORKERS_CHOICE.format(worker=partnership.worker.short_name))
    partnership.require_begun()
    if not into.is_begun or into.worker_id != by.pk or into == partnership:
        raise Refused("Choose somebody who coaches you now.")
    if not aspects and not sessions:
        raise ValidationError("Nothing is ticked, so nothing was released. A fresh start is fine, too.")
    known = set(partnership.focuses.values_list("aspect_slug", flat=True))
    held = {
        session.number: session
        for session in partnership.sessions.filter(closed_at__isnull=False)
        if session.was_held
    }
    if not known.issuperset(aspects) or not held.keys() >= set(sessions):
        raise ValidationError("Choose from the aspects and sessions below.")
    shown = Release.objects.standing().filter(partnership=partnership, into=into)
    slugs = set(shown.values_list("aspect_slug", flat=True))
    numbers = set(shown.values_list("session__number", flat=True))
    new: list[dict[str, Any]] = [{"aspect_slug": slug} for slug in sorted(set(aspects) - slugs)]
    new += [{"session": held[number]} for number in sorted(set(sessions) - numbers)]
    return [
        Release.objects.create(
            partnership=partnership, into=into, worker=by, reader=into.supervisor, **chosen
        )
        for chosen in new
    ]
