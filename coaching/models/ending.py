"""What happens when coaching ends, by hand or because an account was closed (product.md, 4.9 and 10)."""

from django.db.models import Q
from django.utils import timezone

from coaching.models.agreement_draft import AgreementDraft
from coaching.models.draft import Draft
from coaching.models.invitation import Invitation
from coaching.models.locking import hold
from coaching.models.partnership import Engagement, Partnership
from coaching.models.release import Release
from coaching.models.session import CoachingSession
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system


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


def end_with_the_account(sender: object, person: User, **kwargs: object) -> None:
    """Whoever has no account any more coaches with nobody and is asked by nobody."""
    theirs = Q(worker=person) | Q(supervisor=person)
    with acting_as_system("ending"):
        for partnership in hold(*Partnership.objects.current().filter(theirs)):
            close(partnership)
        Invitation.objects.open().filter(theirs).delete()
