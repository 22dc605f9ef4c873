"""The worker's own words beside what the supervisor saw: "I see it otherwise", or anything else (product.md, 6)."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from coaching.models.base import Frozen, FrozenQuerySet, NarrativeField, clean_narrative
from coaching.models.draft import Draft
from coaching.models.focus import Focus, by_focus
from coaching.models.locking import in_turn
from coaching.models.observation import Observation
from coaching.models.partnership import Partnership, content_readers
from coaching.models.self_rating import after
from coaching.models.session import CoachingSession
from coaching.row_security.conditions import (
    BY_WORKER,
    IN_CONTENT,
    RELEASED_FOCUS,
    both,
    either,
    exists,
    mine,
)
from coaching.row_security.policy import Wall
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import tell
from sopcoach.models import User
from sopcoach.words.refusal import Refused


class ReplyQuerySet(FrozenQuerySet["Reply"]):
    def visible_to(self, user: User) -> Self:
        """Exactly those who read what it answers: both sides, and a next supervisor to whom the aspect is released."""
        return self.filter(content_readers(user) | by_focus(user))


class Reply(Frozen):
    """What the worker says to an observation, once. It changes nothing in it, and a correction may stand beside it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="+")
    focus = models.ForeignKey(Focus, on_delete=models.CASCADE, related_name="+")
    observation = models.OneToOneField(Observation, on_delete=models.CASCADE, related_name="reply")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = NarrativeField(blank=False)
    shared_at = models.DateTimeField(default=timezone.now)

    objects = ReplyQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_FOCUS),
        insert=both(
            BY_WORKER,
            mine("author_id"),
            after("coaching_observation"),
            exists(
                "coaching_observation o",
                "o.id = {t}.observation_id AND o.session_id = {t}.session_id AND o.focus_id = {t}.focus_id",
            ),
        ),
        delete=BY_WORKER,
    )

    class Meta:
        ordering = ["shared_at"]

    def __str__(self) -> str:
        return f"Reply to {self.observation_id}"


@in_turn
def reply(session: CoachingSession, focus: Focus, *, by: User, text: str) -> Reply:
    """Answer what the supervisor saw on a focus, in one's own words, for those who read it; frozen from then on.

    In the meeting or after it, also in a pause, since nobody needs another's leave to see it otherwise.

    Raises Refused for the supervisor, before anything was seen, the second time, and once the coaching has ended;
    ValidationError when it is empty or holds an identifier.
    """
    partnership = session.partnership
    partnership.require_worker(
        by, "An answer is your worker’s. What you meant you put right beside your own words."
    )
    if partnership.is_ended:
        raise Refused("This coaching has ended, so nobody would read an answer any more.")
    observation = Observation.objects.filter(session=session, focus=focus).first()
    if observation is None:
        other = partnership.supervisor.short_name
        raise Refused(f"{other} hasn’t shared what there was to see here. You can answer it once it’s there.")
    text = clean_narrative(text).strip()
    if not text:
        raise ValidationError({"reply": "Write your answer, or leave it: nobody has to give one."})
    given = Reply.objects.filter(observation=observation).first()
    if given and given.text == text:
        return given  # a second click says it once
    if given:
        raise Refused("You have answered this already. What you meant you can put right beside it.")
    answered = Reply.objects.create(
        partnership=partnership, session=session, focus=focus, observation=observation, author=by, text=text
    )
    Draft.objects.filter(session=session, author=by, focus=focus, field="reply").forget()
    tell(partnership.supervisor_id, occasion=Occasion.SHARED)
    return answered
