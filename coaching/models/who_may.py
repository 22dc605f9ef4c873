"""Who may be in coaching, and who may coach (product.md, 2 and 10)."""

from sopcoach.models import User
from sopcoach.words.refusal import Refused

NO_ADMINISTRATOR = (
    "You look after accounts and editions here, so coaching and groups stay closed to this account. Whoever does both "
    "has a second account, with another e-mail."
)


def require_no_administrator(user: User) -> None:
    """Raise Refused for an administrator, who has no side of a partnership and no seat in a group (product.md, 2)."""
    if user.is_administrator:
        raise Refused(NO_ADMINISTRATOR)


def require_may_supervise(user: User) -> None:
    """Raise Refused for somebody whom no administrator has marked as a supervisor, and for an administrator."""
    require_no_administrator(user)
    if not user.may_supervise:
        raise Refused("An administrator marks who may coach others. Ask yours, if you would like to.")


def require_begins(supervisor: User, *, by: User) -> None:
    """Raise Refused where the one who would coach has lost the mark: nothing new begins (product.md, 10)."""
    if by.pk == supervisor.pk:
        require_may_supervise(by)
    if not supervisor.may_supervise:
        raise Refused(
            f"{supervisor.short_name} begins no coaching at the moment: an administrator marks who may, and has taken "
            "that mark away. Whatever you keep for yourself stays yours."
        )
