"""Words of congratulation (FAQ, measure step 4)."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.models.base import Frozen, FrozenQuerySet, NarrativeField, clean_narrative
from coaching.models.decision import Decision
from coaching.models.draft import Draft
from coaching.models.focus import Focus, by_focus
from coaching.models.locking import in_turn
from coaching.models.meeting import going_on
from coaching.models.partnership import Partnership, content_readers
from coaching.models.release import by_session
from coaching.models.session import CoachingSession
from coaching.models.session_wall import SESSIONS
from coaching.row_security.conditions import (
    BY_WORKER,
    IN_CONTENT,
    RELEASED_FOCUS,
    RELEASED_SESSION,
    both,
    either,
    mine,
)
from coaching.row_security.policy import Wall
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import tell
from sopcoach.models import User
from sopcoach.words.refusal import Refused


class CongratulationQuerySet(FrozenQuerySet["Congratulation"]):
    def visible_to(self, user: User) -> Self:
        """Both sides; a next supervisor with its aspect, or where it has none, with its session."""
        return self.filter(content_readers(user) | by_focus(user) | by_session(user) & Q(focus=None))

    def for_list(self) -> Self:
        return self.select_related("author", "focus__aspect", "session").order_by("-written_at")


class Congratulation(Frozen):
    """Something worth celebrating, in one side's words: at the end of a review, or at any time."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="congratulations")
    session = models.ForeignKey(
        CoachingSession, on_delete=models.CASCADE, null=True, blank=True, related_name="congratulations"
    )
    focus = models.ForeignKey(
        Focus, on_delete=models.CASCADE, null=True, blank=True, related_name="congratulations"
    )
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = NarrativeField(blank=False)
    written_at = models.DateTimeField(default=timezone.now)

    objects = CongratulationQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_FOCUS, both(RELEASED_SESSION, "{t}.focus_id IS NULL")),
        insert=both(IN_CONTENT, mine("author_id"), either("{t}.session_id IS NULL", going_on(SESSIONS))),
        delete=BY_WORKER,
    )

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return f"Congratulation in {self.partnership_id}"

    @classmethod
    @in_turn
    def give(
        cls,
        partnership: Partnership,
        *,
        by: User,
        text: str,
        session: CoachingSession | None = None,
        focus: Focus | None = None,
    ) -> "Congratulation":
        """Say what is worth celebrating. With a session and a focus it ends that focus's review.

        Raises Refused when the worker hasn't decided on that focus yet, or the session isn't going on;
        ValidationError when it is empty or holds an identifier.
        """
        partnership.require_formal()
        partnership.require_side(by)
        if session is not None:
            session.require_open()
            if focus is not None and not Decision.objects.filter(session=session, focus=focus).exists():
                raise Refused(
                    f"{partnership.worker.short_name} decides what comes next first; then you celebrate."
                )
        text = clean_narrative(text, limit=1_000).strip()
        if not text:
            raise ValidationError({"text": "Write what is worth celebrating, however small."})
        said = cls.objects.filter(partnership=partnership, session=session, focus=focus, author=by)
        again = next((one for one in said if one.text == text), None)
        if again:
            return again  # a second click says it once
        if session is not None:
            Draft.drop(session, by=by, field="congratulation", focus=focus)
        tell(partnership.seat_of(by).other, occasion=Occasion.SHARED)
        return cls.objects.create(partnership=partnership, session=session, focus=focus, author=by, text=text)
