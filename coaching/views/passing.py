"""Where the stages of a session lead on, past those in which nobody has written."""

from coaching.dialogue.stages import STAGES, Stage
from coaching.models import CoachingSession, StageWords


def straight_to(session: CoachingSession, rows: list[StageWords], stage: Stage) -> Stage | None:
    """Where one press leads past the stages ahead in which nobody has written, up to the content; none if it's next."""
    if not session.is_open or session.is_opening:
        return None
    spoken = {row.stage for row in rows if row.text.strip()} | {"content"}
    ahead = STAGES[STAGES.index(stage) + 1 :]
    to = next((one for one in ahead if one.key in spoken), None)
    return to if to and to != ahead[0] else None


def first_without_words(rows: list[StageWords]) -> Stage:
    """Where a session goes on: after the last stage in which somebody has written."""
    spoken = {row.stage for row in rows if row.text.strip()}
    last = max((n for n, stage in enumerate(STAGES) if stage.key in spoken), default=-1)
    return STAGES[min(last + 1, len(STAGES) - 1)]
