"""What has to be known of a partnership to say where the pair is and what comes next, without a query for each."""

from dataclasses import fields
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from coaching.models import (
    Agreement,
    AgreementDraft,
    CoachingSession,
    ErasureConsent,
    Focus,
    Goal,
    OrientationWish,
    Partnership,
    Promise,
    Reflection,
    Release,
    ReviewedFocus,
    SelfRating,
    Target,
    WalkthroughDone,
)
from coaching.models.reviewed import in_focus_now
from coaching.rules.standing import Facts
from profiles.models import Edition
from sopcoach.models import User


def facts_of(partnership: Partnership) -> Facts:
    """What `with_facts` has added to this one."""
    values: dict[str, Any] = {field.name: getattr(partnership, field.name) for field in fields(Facts)}
    for name in values:
        if name.endswith("_count"):
            values[name] = values[name] or 0
    return Facts(**values)


def with_facts(partnerships: QuerySet[Partnership], user: User) -> QuerySet[Partnership]:
    """Add what `Facts` is made of, as `user` may know it."""
    here = OuterRef("pk")
    agreements = Agreement.objects.filter(partnership=here).order_by("-number")
    in_force = agreements.signed()
    done = WalkthroughDone.objects.filter(partnership=here)
    asked = OrientationWish.objects.open().filter(partnership=here).exclude(proposed_by=user)
    erasing = ErasureConsent.objects.visible_to(user).standing().filter(partnership=here)
    shown = Release.objects.visible_to(user).standing().filter(into=here)
    goals = Goal.objects.filter(partnership=here)
    started = Exists(SelfRating.objects.filter(focus=OuterRef("pk"), session=None))
    aimed = Exists(Target.objects.filter(focus=OuterRef("pk")))
    active = Focus.objects.active().filter(partnership=here).order_by("opened_at", "slot")
    unaimed = active.exclude(started & aimed)
    goalless = active.filter(started & aimed).exclude(Exists(_tried_out().filter(focus=OuterRef("pk"))))
    is_held = Q(sessions__closed_at__isnull=False, sessions__opened_at__isnull=False) & ~Q(
        sessions__kind=CoachingSession.Kind.CONVERSATION
    )
    return partnerships.annotate(
        rhythm=Subquery(in_force.values("rhythm")[:1]),
        minutes=Subquery(in_force.values("minutes")[:1]),
        newest_agreement=Subquery(agreements.values("number")[:1]),
        newest_in_force=Subquery(in_force.values("number")[:1]),
        newest_proposed_by=Subquery(agreements.values("proposed_by")[:1]),
        has_draft=Exists(AgreementDraft.objects.visible_to(user).filter(partnership=here)),
        worker_marked=Exists(done.filter(person=OuterRef("worker"))),
        supervisor_marked=Exists(done.filter(person=OuterRef("supervisor"))),
        focus_count=_count(active),
        aimed_count=_count(active.filter(aimed)),
        unaimed_count=_count(unaimed),
        unaimed_title=Subquery(unaimed.values("aspect__title")[:1]),
        unaimed_slug=Subquery(unaimed.values("aspect_slug")[:1]),
        unaimed_has_start=Subquery(unaimed.annotate(has_start=started).values("has_start")[:1]),
        goalless_count=_count(goalless),
        goalless_title=Subquery(goalless.values("aspect__title")[:1]),
        goalless_slug=Subquery(goalless.values("aspect_slug")[:1]),
        has_goal=Exists(Goal.objects.going_on().filter(partnership=here)),
        has_had_goal=Exists(goals),
        orientation_asked=Exists(asked),
        erasing_asked=Exists(erasing.filter(person=OuterRef("worker"))),
        shows_earlier=Exists(shown),
        current_edition=Subquery(Edition.objects.in_use().values("pk")[:1]),
        last_held_at=Max("sessions__closed_at", filter=is_held),
    )


def _tried_out() -> QuerySet[Goal]:
    """Goals that are tried out now. One whose day came before the last session closed has been talked about there."""
    is_ahead = Q(last_closed=None) | Q(by_on__gt=TruncDate("last_closed")) | Q(set_at__gt=F("last_closed"))
    return Goal.objects.going_on().filter(is_ahead)


def sessions_ahead(user: User) -> Prefetch:
    """The next session of a pair, and a conversation that is open.

    Each with `has_reflection` and `unrated`: on how many focuses that it looks back on the worker has still to place
    themselves. Once it has begun that is settled; until then it is what it would look back on if it began now.
    """
    rated = SelfRating.objects.filter(session=OuterRef(OuterRef("pk")), focus=OuterRef("pk"))
    fixed = Focus.objects.filter(
        Exists(ReviewedFocus.objects.filter(session=OuterRef(OuterRef("pk")), focus=OuterRef("pk")))
    )
    ahead = in_focus_now()
    left = [
        _count(focuses.filter(partnership=OuterRef("partnership")).exclude(Exists(rated)))
        for focuses in (fixed, ahead)
    ]
    sessions = (
        CoachingSession.objects.visible_to(user)
        .filter(closed_at=None)
        .annotate(
            has_reflection=Exists(Reflection.objects.filter(session=OuterRef("pk"))),
            unrated=Coalesce(Case(When(opened_at=None, then=left[1]), default=left[0]), 0),
        )
    )
    return Prefetch("sessions", sessions, to_attr="sessions_ahead")


def promises_open(user: User) -> Prefetch:
    promises = (
        Promise.objects.visible_to(user)
        .filter(kept_at=None, taken_on=None)
        .select_related("keeper", "session")
        .order_by("made_at")
    )
    return Prefetch("promises", promises, to_attr="open_promises")


def _count(rows: QuerySet) -> Subquery:
    # one number from a sub-select; ordering would split it into groups
    return Subquery(rows.order_by().values(group=F("partnership")).annotate(n=Count("pk")).values("n"))
