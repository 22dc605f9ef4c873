"""What PostgreSQL lets become of a partnership: how one begins, and who takes it how far (ADR 14)."""

from coaching.row_security.conditions import ME, both, either, exists, mine, system
from coaching.row_security.policy import change, once

_MAY_SUPERVISE = exists("sopcoach_user s", "s.id = {t}.supervisor_id AND s.may_supervise")
"""Nothing new begins with somebody who has lost the mark (product.md, 10)."""
_ANSWERED = exists(
    "coaching_invitation i",
    "i.slug = {t}.slug AND i.worker_id = {t}.worker_id AND i.supervisor_id = {t}.supervisor_id "
    f"AND i.answer = {{t}}.engagement AND (i.asked_by = 'supervisor' AND i.worker_id = {ME} "
    f"OR i.asked_by = 'worker' AND i.answer = i.wish AND i.supervisor_id = {ME})",
)
BY_A_YES = both(_ANSWERED, _MAY_SUPERVISE)
"""That one has asked the other, who says yes under the same address; how far is the worker's word, whoever asks."""
_ENGAGES = either(
    both(
        mine("worker_id"),
        "{old}.engagement IN ('observing', 'trying_on')",
        "{t}.engagement IN ('observing', 'trying_on', 'formal')",
    ),
    both("{old}.engagement IN ('formal', 'paused')", "{t}.engagement IN ('formal', 'paused')"),
)
"""How far to come in is the worker's choice; a pause is either's. Nothing leads back from the end."""
_ENDS = both(system("ending"), "{old}.engagement <> 'ended'", "{t}.engagement = 'ended'")


def wished_for(wish: str, condition: str, *, partnership: str) -> str:
    """That the other side has wished for this, and nobody has answered yet. `wish` is the table of the wishes."""
    waiting = f"wish.proposed_by_id <> {ME} AND wish.agreed_at IS NULL AND wish.taken_back_at IS NULL"
    return exists(f"{wish} wish", f"wish.partnership_id = {{t}}.{partnership} AND {waiting} AND {condition}")


CHANGES = (
    change("engagement", when=either(_ENGAGES, _ENDS)),
    change("engaged_on", "until_on", when=_ENGAGES),
    once("formal_on", when=both("{t}.engagement = 'formal'", _MAY_SUPERVISE)),
    once("ended_at", when=_ENDS),
    change(
        "orientation",
        when=wished_for("coaching_orientationwish", "wish.is_over = {old}.orientation", partnership="id"),
    ),
    change(
        "edition_id",
        when=wished_for("coaching_editionmove", "wish.edition_id = {t}.edition_id", partnership="id"),
    ),
    change("path", "path_order", when="{old}.engagement = 'formal'"),
    change("erased_at", when=mine("worker_id")),
)
