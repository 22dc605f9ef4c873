"""The versions of an agreement, as a record shows them."""

from collections.abc import Sequence

from coaching.models import Agreement, Partnership
from coaching.record import shape


def versions_of(rows: Sequence[Agreement], one: Partnership) -> list[shape.AgreementVersion]:
    """The newest first, as they come."""
    in_force = next((row for row in rows if row.is_signed_by_both), None)
    return [
        shape.AgreementVersion(
            version=row.number,
            is_in_force=row == in_force and not one.is_ended,
            proposed_by=row.worker_signed_as
            if row.proposed_by_id == one.worker_id
            else row.supervisor_signed_as,
            worker_signed_at=row.worker_signed_at,
            worker_signed_as=row.worker_signed_as,
            supervisor_signed_at=row.supervisor_signed_at,
            supervisor_signed_as=row.supervisor_signed_as,
            rhythm=row.rhythm_text,
            place=row.place,
            purpose=row.purpose,
            readers=row.readers,
            concerns=row.concerns,
            limits=row.limits,
            changing=row.changing,
        )
        for row in rows
    ]
