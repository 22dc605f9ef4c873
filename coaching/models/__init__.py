"""The coaching cycle, read in workflow order. A module imports only words that stand before it below; what changes several
of them stands with the one that it changes last.

A supervisor sends an Invitation; a yes begins a Partnership, with an opening CoachingSession along the Dialogue
Structure (StageWords). Each side may draft an AgreementDraft; signing makes it an Agreement, and the other's signature
puts it in force. Then both mark interests (InterestMark) until WalkthroughDone, and the pair picks up to three Focuses.
The worker says where they start (SelfRating), sets a Target and Goals, notes PracticeEntries with an EntryLine,
and on any day a LoggedLevel.
A progress session looks back on the focuses that its beginning fixes (ReviewedFocus): Draft in private, then Reflection
and SelfRating, then Observation, Decision (which may raise the Target), Congratulation, and Promises, which the next
session opens with. A Correction stands beside shared words that their author would have put otherwise.
How far the worker comes in, and that it ends, is their `engagement`. When the two have ended, the worker may show a next
supervisor chosen parts by a Release, and erase what was shared. An AccessRecord tells the worker whenever somebody else has opened something of it.

Beside all that anybody may keep Placements: where they privately see themselves, on any ladder. What they bring along
into a partnership is copied there as a CarriedItem. Groups, training and statistics have models in rooms of their own, above these.
"""

from coaching.models.partnership import Engagement, Partnership, Seat, Side  # isort: skip
from coaching.models.release import Release  # isort: skip
from coaching.models.session import CoachingSession, StageWords  # isort: skip
from coaching.models.agreement import Agreement, Rhythm  # isort: skip
from coaching.models.agreement_draft import AgreementDraft  # isort: skip
from coaching.models.walkthrough import InterestMark, WalkthroughDone  # isort: skip
from coaching.models.orientation import OrientationWish  # isort: skip
from coaching.models.focus import Focus  # isort: skip
from coaching.models.reviewed import ReviewedFocus  # isort: skip
from coaching.models.draft import Draft  # isort: skip
from coaching.models.reflection import Reflection  # isort: skip
from coaching.models.self_rating import SelfRating  # isort: skip
from coaching.models.target import Target  # isort: skip
from coaching.models.goal import Goal  # isort: skip
from coaching.models.practice import EntryLine, PracticeEntry  # isort: skip
from coaching.models.logged_level import LoggedLevel  # isort: skip
from coaching.models.observation import Observation  # isort: skip
from coaching.models.reply import Reply  # isort: skip
from coaching.models.decision import Decision  # isort: skip
from coaching.models.celebration import Congratulation  # isort: skip
from coaching.models.promise import Promise  # isort: skip
from coaching.models.correction import Correction  # isort: skip
from coaching.models.invitation import Invitation  # isort: skip
from coaching.models.edition_move import EditionMove  # isort: skip
from coaching.models.carried import CarriedItem, carry  # isort: skip
from coaching.models.placement import Placement  # isort: skip
from coaching.models.private_entry import PrivateEntry  # isort: skip
from coaching.models.shadowing import ShadowNote, ShadowOffer, ShownNote  # isort: skip
from coaching.models.erasure import ErasureConsent, ErasureLog  # isort: skip
from coaching.models.access import AccessRecord  # isort: skip
from coaching.rules.learning_path import Path  # isort: skip

__all__ = [
    "AccessRecord",
    "Agreement",
    "AgreementDraft",
    "CarriedItem",
    "CoachingSession",
    "Congratulation",
    "Correction",
    "Decision",
    "Draft",
    "EditionMove",
    "Engagement",
    "EntryLine",
    "ErasureConsent",
    "ErasureLog",
    "Focus",
    "Goal",
    "InterestMark",
    "Invitation",
    "LoggedLevel",
    "Observation",
    "OrientationWish",
    "Partnership",
    "Path",
    "Placement",
    "PracticeEntry",
    "PrivateEntry",
    "Promise",
    "Reflection",
    "Release",
    "Reply",
    "ReviewedFocus",
    "Rhythm",
    "Seat",
    "SelfRating",
    "ShadowNote",
    "ShadowOffer",
    "ShownNote",
    "Side",
    "StageWords",
    "Target",
    "WalkthroughDone",
    "carry",
]
