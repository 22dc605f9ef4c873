"""What a session looks back on: fixed as rows when it begins, and never worked out again from how things stand today.

Orientation that begins or ends, a focus that rests or is picked anew, a target that is set later: none of it takes a
focus out of a session, or puts one into it, once the two sit together (ADR 18).
"""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coaching.models.base import Frozen, FrozenQuerySet
from coaching.models.focus import Focus, by_focus
from coaching.models.meeting import ahead, not_closed
from coaching.models.partnership import Partnership, content_readers
from coaching.models.session import CoachingSession
from coaching.models.session_wall import SESSIONS
from coaching.row_security.conditions import BY_WORKER, IN_CONTENT, RELEASED_FOCUS, both, either, exists
from coaching.row_security.policy import Wall
from sopcoach.models import User
from sopcoach.words.refusal import Refused

NOT_IN_REVIEW = (
    "“{aspect}” isn’t part of this session’s review, which is settled when a session begins. "
    "What else is in focus comes up in the next one."
)


class ReviewedFocusQuerySet(FrozenQuerySet["ReviewedFocus"]):
    def visible_to(self, user: User) -> Self:
        """Both sides; a next supervisor with its aspect."""
        return self.filter(content_readers(user) | by_focus(user))

    def fix_for(self, session: CoachingSession) -> None:
        """Settle what a session looks back on, as it begins."""
        fix(session, *review_focuses(session))


class ReviewedFocus(Frozen):
    """That a session looks back on a focus: from its beginning on or, before that, once the worker has shared on it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="reviewed")
    focus = models.ForeignKey(Focus, on_delete=models.CASCADE, related_name="reviewed_in")
    fixed_at = models.DateTimeField(default=timezone.now)

    objects = ReviewedFocusQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_FOCUS),
        insert=both(IN_CONTENT, not_closed(SESSIONS)),
        delete=either(
            BY_WORKER,
            both(
                IN_CONTENT,
                ahead(SESSIONS),
                f"NOT {exists('coaching_selfrating r', 'r.session_id = {t}.session_id AND r.focus_id = {t}.focus_id')}",
            ),
        ),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "focus"], name="reviewed_focus_once_a_session")
        ]

    def __str__(self) -> str:
        return f"Review of {self.focus_id} in {self.session_id}"


def in_focus_now() -> models.QuerySet[Focus]:
    """What a session that began now would look back on: each focus with a target; in orientation each focus."""
    aimed = Focus.objects.aimed().values("pk")
    return Focus.objects.active().filter(Q(pk__in=aimed) | Q(partnership__orientation=True))


def review_focuses(session: CoachingSession) -> models.QuerySet[Focus]:
    """The focuses that this session looks back on.

    Until it begins they are those that it would take if it began now, and what the worker has rated for it already.
    A focus that is picked, or gets its first target, in the session itself comes into the next one.
    """
    fixed = Q(Exists(ReviewedFocus.objects.filter(session=session, focus=OuterRef("pk"))))
    if not session.opened_at and not session.is_closed:
        fixed |= Q(pk__in=in_focus_now().filter(partnership=session.partnership_id).values("pk"))
    return Focus.objects.filter(fixed, partnership=session.partnership_id)


def fix(session: CoachingSession, *focuses: Focus) -> None:
    """Let the session look back on these. Call within a transaction that holds it, before it is closed."""
    held = set(ReviewedFocus.objects.filter(session=session).values_list("focus", flat=True))
    ReviewedFocus.objects.bulk_create(
        ReviewedFocus(partnership_id=session.partnership_id, session=session, focus=focus)
        for focus in focuses
        if focus.pk not in held
    )


def all_rated(session: CoachingSession) -> bool:
    """Whether the worker has shared a self-rating on each focus of this session's review."""
    return not review_focuses(session).exclude(self_ratings__session=session).exists()


def require_in_review(session: CoachingSession, focus: Focus) -> Focus:
    """The focus as it stands. Raises Refused outside of a review, and for one that this session doesn't look back on."""
    session.require_review()
    found = review_focuses(session).filter(pk=focus.pk).first()
    if found is None:
        raise Refused(NOT_IN_REVIEW.format(aspect=focus.aspect.title))
    return found
