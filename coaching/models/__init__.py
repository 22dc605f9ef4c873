"""The coaching cycle, read in workflow order.

A supervisor sends an Invitation; a yes begins a Partnership, with an opening CoachingSession along the Dialogue
Structure (StageWords). Each side may draft an AgreementDraft; signing makes it an Agreement, and the other's signature
puts it in force. Then both mark interests (InterestMark) until WalkthroughDone, and the pair picks up to three Focuses.
The worker says where they start (SelfRating), sets a Target and Goals, and notes PracticeEntries with an EntryLine.
A progress session reviews: Draft in private, then Reflection and SelfRating, then Observation, Decision (which may
raise the Target), Congratulation, and Promises, which the next session opens with.
"""

from coaching.models.partnership import Engagement, Invitation, Partnership, Seat, Side  # isort: skip
from coaching.models.session import CoachingSession, Promise, StageWords  # isort: skip
from coaching.models.agreement import Agreement, AgreementDraft, Rhythm  # isort: skip
from coaching.models.interest import InterestMark, WalkthroughDone  # isort: skip
from coaching.models.focus import Focus, Target  # isort: skip
from coaching.models.goal import Goal  # isort: skip
from coaching.models.practice import EntryLine, PracticeEntry  # isort: skip
from coaching.models.rating import Decision, Draft, Observation, Reflection, SelfRating  # isort: skip
from coaching.models.celebration import Congratulation  # isort: skip

__all__ = [
    "Agreement",
    "AgreementDraft",
    "CoachingSession",
    "Congratulation",
    "Decision",
    "Draft",
    "Engagement",
    "EntryLine",
    "Focus",
    "Goal",
    "InterestMark",
    "Invitation",
    "Observation",
    "Partnership",
    "PracticeEntry",
    "Promise",
    "Reflection",
    "Rhythm",
    "Seat",
    "SelfRating",
    "Side",
    "StageWords",
    "Target",
    "WalkthroughDone",
]
