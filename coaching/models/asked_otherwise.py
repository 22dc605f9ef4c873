"""A question that has no answer yet can be taken back, or said otherwise, by whoever asked it."""

from django.utils import timezone

from coaching.models.base import clean_narrative
from coaching.models.invitation import Invitation
from coaching.models.locking import in_turn
from sopcoach.models import User
from sopcoach.words.refusal import Refused


def require_changeable(invitation: Invitation, by: User) -> None:
    """Raise Refused for anybody but whoever asked, and once it is answered, withdrawn or lapsed."""
    if by.pk != invitation.asker.pk:
        raise Refused(f"These are {invitation.asker.short_name}’s words and question.")
    if not invitation.is_open:
        raise Refused("This is answered or over, so it stays as it is. Look at it again.")


@in_turn
def withdraw(invitation: Invitation, *, by: User) -> None:
    """Take the question back while there is no answer: from then on nobody sees it. It counts as one sent that day.

    Raises Refused as `require_changeable`.
    """
    require_changeable(invitation, by)
    invitation.answer, invitation.answered_at = invitation.Answer.WITHDRAWN, timezone.now()
    invitation.save(update_fields=["answer", "answered_at"])


@in_turn
def put_otherwise(invitation: Invitation, *, by: User, words: str) -> None:
    """Change the words that go with it while there is no answer; no mail tells of it.

    Raises Refused as `require_changeable`, ValidationError for an identifier.
    """
    require_changeable(invitation, by)
    invitation.words = clean_narrative(words)
    invitation.save(update_fields=["words"])
