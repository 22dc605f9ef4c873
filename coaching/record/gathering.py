"""Gathers an export: each kind of row is asked for once, however many there are, and only what the worker may read."""

from django.utils import timezone

from coaching.models import (
    Partnership,
)
from coaching.record import shape
from coaching.record.partnership_rows import PartnershipRows
from coaching.record.private_rows import PrivateRows
from coaching.rules.not_appraisal import NOTICE
from sopcoach.models import User
from sopcoach.vault.keyring import keyring


def export_for(user: User, partnership: Partnership | None = None) -> shape.Export:
    """Everything that `user` may read as a worker; with a partnership, of that one alone and nothing private."""
    own = (
        Partnership.objects.visible_to(user)
        .filter(worker=user)
        .for_list()
        .select_related("edition__provenance")
    )
    chosen = list(own.filter(pk=partnership.pk) if partnership else own)
    rows = PartnershipRows(user, chosen)
    private = None if partnership else PrivateRows(user)
    keyring().fetch({*rows.keepers, *(private.keepers if private else ())})
    return shape.Export(
        format=shape.FORMAT,
        notice=NOTICE,
        made_at=timezone.now(),
        person=user.name,
        partnerships=[rows.coaching(one) for one in chosen],
        private=private.shaped() if private else None,
    )
