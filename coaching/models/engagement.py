"""How far a worker has come in, and every step of it: it begins, they try on, the two pause, it ends (product.md, 4.1 and 4.9)."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from coaching.models.agreement_draft import AgreementDraft
from coaching.models.draft import Draft
from coaching.models.locking import in_turn
from coaching.models.partnership import BEFORE_FORMAL, Engagement, Partnership
from coaching.models.release import Release
from coaching.models.session import CoachingSession
from coaching.models.who_may import require_begins
from coaching.rules import spans
from profiles.models import Edition
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system
from sopcoach.words.refusal import Refused

TRIES_FOR = timedelta(days=30)
"""How long somebody tries on, or a pause lasts, where they set no day of their own."""


def day_ahead(day: date | None) -> date:
    """The day that somebody sets, or 30 days ahead. Raises ValidationError for one gone by or far away."""
    return spans.ahead(after=timedelta(days=1)).require(day or timezone.localdate() + TRIES_FOR, "until")


@transaction.atomic
def begin(
    *,
    worker: User,
    supervisor: User,
    slug: str,
    engagement: Engagement = Engagement.FORMAL,
    until: date | None = None,
) -> Partnership:
    """Begin at what the worker has chosen; formal coaching begins with an opening session to be held.

    Raises Refused when no edition of practice profiles is published, ValidationError as `trying_on.try_on`. That the one who
    coaches may still supervise is asked by whoever says yes (`Invitation.reply`).
    """
    edition = Edition.objects.current()
    if edition is None:
        raise Refused("No practice profiles are published yet. Ask your administrator to load them first.")
    partnership = Partnership(worker=worker, supervisor=supervisor, slug=slug, edition=edition)
    partnership.engagement = engagement
    if engagement == Engagement.TRYING_ON:
        partnership.until_on = day_ahead(until)
    partnership.save(force_insert=True)
    if engagement == Engagement.FORMAL:
        _open_formal(partnership)
    return partnership


def _open_formal(partnership: Partnership) -> None:
    partnership.formal_on = timezone.localdate()
    partnership.save(update_fields=["formal_on"])
    CoachingSession.objects.create(partnership=partnership, number=1, kind=CoachingSession.Kind.OPENING)


def engage(partnership: Partnership, engagement: Engagement, *, until: date | None = None) -> None:
    """Let it stand from today on. Call in turn, once it is clear that this person may."""
    if engagement != partnership.engagement:
        partnership.engaged_on = timezone.localdate()
    partnership.engagement, partnership.until_on = engagement, until
    partnership.save(update_fields=["engagement", "engaged_on", "until_on"])


def require_before_formal(partnership: Partnership, by: User) -> None:
    """Raise Refused for whoever isn't the worker, and from formal coaching on."""
    partnership.require_worker(by, f"How far to come in is {partnership.worker.short_name}’s choice alone.")
    if partnership.engagement not in BEFORE_FORMAL:
        raise Refused("You are in formal coaching already. Either of you may pause or stop it.")


@in_turn
def formalize(partnership: Partnership, *, by: User) -> None:
    """The worker goes on to formal coaching, which opens the first session. A second click changes nothing.

    Raises Refused as `trying_on.try_on`, and where the supervisor has lost the mark meanwhile: that would begin something new.
    """
    if partnership.engagement == Engagement.FORMAL and by.pk == partnership.worker_id:
        return
    require_before_formal(partnership, by)
    require_begins(partnership.supervisor, by=by)
    engage(partnership, Engagement.FORMAL)
    _open_formal(partnership)


@in_turn
def pause(partnership: Partnership, *, by: User, until: date | None = None) -> None:
    """Let formal coaching rest until a day; either side may, without a reason, and set another day later.

    Raises Refused where there is nothing to pause, ValidationError for a day gone by or far away.
    """
    partnership.require_side(by)
    if partnership.engagement not in (Engagement.FORMAL, Engagement.PAUSED):
        raise Refused("Only formal coaching can be paused.")
    engage(partnership, Engagement.PAUSED, until=day_ahead(until))


@in_turn
def resume(partnership: Partnership, *, by: User) -> None:
    """Go on where the two were; either side may, on any day. A second click changes nothing."""
    partnership.require_side(by)
    if partnership.engagement == Engagement.FORMAL:
        return
    if partnership.engagement != Engagement.PAUSED:
        raise Refused("This coaching isn’t paused.")
    engage(partnership, Engagement.FORMAL)


@in_turn
def end(partnership: Partnership, *, by: User) -> None:
    """Stop coaching together, today and without a reason; either side may (product.md, 4.9).

    From now on the supervisor reads the signed agreements and nothing else, and their drafts are gone. The worker
    keeps everything. A second click changes nothing.
    """
    partnership.require_side(by)
    with acting_as_system("ending"):  # either side ends what only the other may change
        close(partnership)


def close(partnership: Partnership) -> None:
    """End a partnership that is held. Call acting as the system actor "ending"."""
    if partnership.is_ended:
        return
    now = timezone.now()
    partnership.engagement, partnership.ended_at = Engagement.ENDED, now
    partnership.save(update_fields=["engagement", "ended_at"])
    ahead = CoachingSession.objects.filter(partnership=partnership, closed_at=None)
    ahead.update(closed_at=now)  # one that never began stays without a beginning: `CoachingSession.was_held`
    for model in (Draft, AgreementDraft):
        model.objects.filter(partnership=partnership, author=partnership.supervisor_id).delete()
    Release.objects.standing().filter(into=partnership).update(taken_back_at=now)
