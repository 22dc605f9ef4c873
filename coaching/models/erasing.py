"""Erasing what was shared, for every backup as well: when both sides agree, where it takes both (product.md, 2; ADR 6)."""

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from coaching.models.base import private_keeper
from coaching.models.erasure import ErasureConsent, ErasureLog
from coaching.models.erasure_kinds import PRIVATE, SHARED, name_of
from coaching.models.erasure_plan import plan, rows_of
from coaching.models.locking import in_turn, in_turn_unheard
from coaching.models.partnership import Partnership
from sopcoach.mailing.telling import forget
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system
from sopcoach.vault.keyring import ErasureUnit, units_of
from sopcoach.words.refusal import Refused

WORKERS_ALONE = "What was shared is erased by {worker}, or by nobody."


@in_turn
def ask_to_erase(partnership: Partnership, *, by: User) -> None:
    """The worker asks whether both agree to erase what they shared so far. Asking again begins the 30 days anew."""
    partnership.require_worker(by, WORKERS_ALONE.format(worker=partnership.worker.short_name))
    if partnership.is_ended:
        raise Refused("This coaching has ended, so it takes nobody’s consent but yours.")
    if settings.COACHING_MIN_RETENTION_DAYS:
        raise Refused(
            "Your agency keeps what was shared until some time after the end, so it can’t go before."
        )
    ErasureConsent.objects.filter(partnership=partnership).delete()
    ErasureConsent.objects.create(partnership=partnership, person=by)


@in_turn
def agree_to_erase(partnership: Partnership, *, by: User) -> None:
    """The supervisor agrees to what the worker has asked. Raises Refused where nobody has asked, or not lately."""
    partnership.require_supervisor(by, "You have asked. Now it is the other side’s turn.")
    standing = ErasureConsent.objects.standing().filter(partnership=partnership)
    if partnership.is_ended or not standing.filter(person=partnership.worker_id).exists():
        raise Refused(f"{partnership.worker.short_name} hasn’t asked for this, or has withdrawn it.")
    if not standing.filter(person=by).exists():
        ErasureConsent.objects.create(partnership=partnership, person=by)


@in_turn
def withdraw_from_erasing(partnership: Partnership, *, by: User) -> None:
    """Either side takes back their consent; when the worker does, nothing is asked any more."""
    partnership.require_side(by)
    consents = ErasureConsent.objects.filter(partnership=partnership)
    if by.pk != partnership.worker_id:
        consents = consents.filter(person=by)
    consents.delete()


@in_turn_unheard
def erase_private(partnership: Partnership, *, by: User) -> ErasureLog:
    """Erase the worker's drafts and private lines, with their keys."""
    partnership.require_worker(by, WORKERS_ALONE.format(worker=partnership.worker.short_name))
    counts: dict[str, int] = {}
    units: list[ErasureUnit] = []
    for kind in PRIVATE:
        rows = rows_of(kind, partnership, private=True)
        found = [row.erasure_unit() for row in rows]
        counts[name_of(kind, private=True)] = len(found)
        units += found
        rows._raw_delete(rows.db)
    return _log(partnership, by, counts, units)


@in_turn
def erase_all(partnership: Partnership, *, by: User) -> ErasureLog:
    """Erase everything of a partnership but the agreements that both have signed, and destroy the keys.

    Where the coaching goes on, the pair begins again with the walk-through, and the meeting ahead keeps its time.
    Raises Refused while the agency keeps it, without the consent of both before the end, or during a session.
    """
    partnership.require_worker(by, WORKERS_ALONE.format(worker=partnership.worker.short_name))
    sessions = SHARED[0].rows.filter(partnership=partnership)
    ahead = list(sessions.filter(closed_at=None))
    intended = plan(partnership)
    if intended.is_held:
        raise Refused("Your agency keeps what was shared for now, so it can’t be erased yet.")
    if intended.needs_consent and not (intended.asked and intended.agreed):
        raise Refused("Before the end it takes you both: ask first, and wait for a yes.")
    if intended.has_open_session and not partnership.is_ended:
        raise Refused("A session is going on. Close it first.")
    with acting_as_system("erasure"):  # the other side's drafts, which nobody but their author sees
        apps.get_model("coaching", "Draft")._default_manager.filter(partnership=partnership).delete()
        # what the two wrote when they began, which goes by itself after 30 days
        apps.get_model("coaching", "Invitation")._default_manager.filter(slug=partnership.slug).delete()
    keepers = {partnership.pk, private_keeper(partnership.pk, partnership.worker_id)}
    if partnership.is_ended:
        keepers.add(private_keeper(partnership.pk, partnership.supervisor_id))
    signed = apps.get_model("coaching", "Agreement").objects.signed().filter(partnership=partnership)
    kept = set(signed.values_list("pk", flat=True))
    for private, kinds in ((True, PRIVATE), (False, SHARED)):
        for kind in kinds:
            rows = rows_of(kind, partnership, private=private)
            rows._raw_delete(rows.db)  # all that belongs together goes, so there is nothing to cascade to
    forget(partnership.pk)
    ErasureConsent.objects.filter(partnership=partnership).delete()
    if not partnership.is_ended:
        for old in ahead:
            old.pk, old._state.adding = type(old)._meta.pk.get_default(), True
            old.save(force_insert=True)
    partnership.erased_at = timezone.now()
    partnership.save(update_fields=["erased_at"])
    units = [unit for unit in units_of(keepers) if unit.id not in kept]
    counts = {name_of(kind, private=True): count for kind, count in intended.private}
    counts |= {name_of(kind, private=False): count for kind, count in intended.shared}
    return _log(partnership, by, counts, units)


def _log(partnership: Partnership, by: User, counts: dict[str, int], units: list[ErasureUnit]) -> ErasureLog:
    log = ErasureLog.objects.create(
        partnership=partnership,
        by=by,
        counts={name: count for name, count in counts.items() if count},
        units=[str(unit.id) for unit in units],
    )
    transaction.on_commit(log.destroy_keys)
    return log


def finish_erasures() -> int:
    """Destroy keys that outlived their rows because the server failed in between; usually none. Returns how many.

    Call acting as the system actor "retention".
    """
    return sum(log.destroy_keys() for log in ErasureLog.objects.all())
