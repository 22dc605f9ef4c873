"""Where a pair is in the coaching cycle, and who does what next: one sentence, one button (product.md, 4)."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import attrgetter

from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from coaching.models import (
    Agreement,
    CoachingSession,
    Engagement,
    Focus,
    Goal,
    OrientationWish,
    Partnership,
    Promise,
    Reflection,
    Rhythm,
    Seat,
    SelfRating,
    Target,
    WalkthroughDone,
)
from coaching.models.agreement import MINUTES
from coaching.models.invitation import LAPSES_AFTER
from sopcoach.models import User

STEPS = ("Engage", "Open", "Agree", "Walk through", "Set goals", "Practice and review", "Hand over or end")
SOON = timedelta(days=3)
"""How long before a meeting the worker is reminded to look back, which takes five minutes."""


@dataclass(frozen=True)
class NextStep:
    """What happens next, in a sentence for the reader. `is_mine` says whether it is the reader's turn."""

    place: int
    sentence: str
    label: str
    url: str
    is_mine: bool = True


@dataclass(frozen=True)
class Standing:
    """One partnership as one of its sides sees it on a page."""

    seat: Seat
    session: CoachingSession | None
    promises: list[Promise] = field(default_factory=list)

    @property
    def partnership(self) -> Partnership:
        return self.seat.partnership

    @property
    def next_step(self) -> NextStep:
        return next_step(self)

    @property
    def rail(self) -> list[tuple[str, str]]:
        """The seven steps, each with "done", "current" or ""."""
        place = self.next_step.place
        return [
            (title, "done" if n < place else "current" if n == place else "") for n, title in enumerate(STEPS)
        ]

    @property
    def place(self) -> str:
        return STEPS[self.next_step.place]

    @property
    def place_number(self) -> int:
        return self.next_step.place + 1

    @property
    def rhythm_text(self) -> str:
        """The rhythm in force ("Every other week for one hour"), or nothing before an agreement."""
        facts = _facts(self.partnership)
        if not facts.rhythm:
            return ""
        return (
            f"{Rhythm(facts.rhythm).label} for {MINUTES.get(facts.minutes or 0, f'{facts.minutes} minutes')}"
        )

    @property
    def has_agreement(self) -> bool:
        return bool(_facts(self.partnership).rhythm)

    @property
    def asks_about_orientation(self) -> bool:
        """Whether the other side wishes to begin orientation, or to call it over, and waits for an answer."""
        return self.partnership.is_formal and _facts(self.partnership).orientation_asked

    @property
    def focus_count(self) -> int:
        return _facts(self.partnership).focus_count


def all_of(user: User) -> tuple[list[Standing], list[Seat]]:
    """A person's current partnerships as they began, and where it has ended, latest first. Three queries.

    What has ended a supervisor sees only while an agreement is left to read. That somebody stopped before formal
    coaching stands there for as long as a "not now" does.
    """
    signed = Agreement.objects.signed().filter(partnership=OuterRef("pk"))
    stopped = Q(formal_on=None, ended_at__gt=timezone.now() - LAPSES_AFTER)
    told = Q(ended_at=None) | Q(worker=user) | Exists(signed) | stopped
    rows = list(_with_facts(Partnership.objects.visible_to(user).filter(told).for_list(), user))
    ended = sorted((row for row in rows if row.ended_at), key=attrgetter("ended_at"), reverse=True)
    current = [row for row in rows if not row.is_ended]
    prefetch_related_objects(current, *_ahead(user))
    return [_standing(row, user) for row in current], [row.seat_of(user) for row in ended]


def standing_at(user: User, slug: str) -> Standing | None:
    """One partnership by its address, or nothing for whoever isn't a side of it. Three queries."""
    rows = _with_facts(Partnership.objects.visible_to(user).for_list(), user)
    found = rows.prefetch_related(*_ahead(user)).filter(slug=slug).first()
    return _standing(found, user) if found else None


def _with_facts(partnerships: QuerySet[Partnership], user: User) -> QuerySet[Partnership]:
    """Add what `next_step` needs to know, without a query for each."""
    here = OuterRef("pk")
    agreements = Agreement.objects.filter(partnership=here).order_by("-number")
    in_force = agreements.signed()
    active = Focus.objects.active().filter(partnership=here)
    done = WalkthroughDone.objects.filter(partnership=here)
    asked = OrientationWish.objects.open().filter(partnership=here).exclude(proposed_by=user)
    started = SelfRating.objects.filter(focus=OuterRef("pk"), session=None)
    aimed = Target.objects.filter(focus=OuterRef("pk"))
    return partnerships.annotate(
        rhythm=Subquery(in_force.values("rhythm")[:1]),
        minutes=Subquery(in_force.values("minutes")[:1]),
        newest_agreement=Subquery(agreements.values("number")[:1]),
        newest_in_force=Subquery(in_force.values("number")[:1]),
        newest_proposed_by=Subquery(agreements.values("proposed_by")[:1]),
        worker_marked=Exists(done.filter(person=OuterRef("worker"))),
        supervisor_marked=Exists(done.filter(person=OuterRef("supervisor"))),
        focus_count=_count(active),
        aimed_count=_count(active.filter(Exists(aimed))),
        has_unaimed=Exists(active.exclude(Exists(started) & Exists(aimed))),
        has_goal=Exists(Goal.objects.going_on().filter(partnership=here)),
        orientation_asked=Exists(asked),
        last_held_at=Max("sessions__closed_at"),
    )


def _ahead(user: User) -> tuple[Prefetch, Prefetch]:
    """What lies ahead of a pair: its next session, and the promises still open."""
    sessions = (
        CoachingSession.objects.visible_to(user)
        .filter(closed_at=None)
        .exclude(kind=CoachingSession.Kind.CONVERSATION)
        .annotate(
            has_reflection=Exists(Reflection.objects.filter(session=OuterRef("pk"))),
            rated=Count("self_ratings", filter=Q(self_ratings__focus__rested_at=None)),
        )
    )
    promises = (
        Promise.objects.visible_to(user)
        .filter(kept_at=None, taken_on=None)
        .select_related("keeper", "session")
        .order_by("made_at")
    )
    return (
        Prefetch("sessions", sessions, to_attr="sessions_ahead"),
        Prefetch("promises", promises, to_attr="open_promises"),
    )


def _count(rows: QuerySet) -> Subquery:
    # one number from a sub-select; ordering would split it into groups
    return Subquery(rows.order_by().values(group=F("partnership")).annotate(n=Count("pk")).values("n"))


@dataclass(frozen=True)
class _Facts:
    rhythm: str | None
    minutes: int | None
    newest_agreement: int | None
    newest_in_force: int | None
    newest_proposed_by: int | None
    worker_marked: bool
    supervisor_marked: bool
    focus_count: int
    aimed_count: int
    has_unaimed: bool
    has_goal: bool
    orientation_asked: bool
    last_held_at: datetime | None

    @property
    def has_proposal(self) -> bool:
        return (self.newest_agreement or 0) > (self.newest_in_force or 0)


def _facts(partnership: Partnership) -> _Facts:
    values = {name: getattr(partnership, name) for name in _Facts.__dataclass_fields__}
    return _Facts(
        **{**values, "focus_count": values["focus_count"] or 0, "aimed_count": values["aimed_count"] or 0}
    )


def _standing(partnership: Partnership, user: User) -> Standing:
    ahead: list[CoachingSession] = partnership.sessions_ahead  # type: ignore[attr-defined]
    promises: list[Promise] = partnership.open_promises  # type: ignore[attr-defined]
    session = ahead[0] if ahead else None
    if session:
        session.partnership = partnership
    for promise in promises:
        promise.partnership = partnership
    return Standing(partnership.seat_of(user), session, promises)


def day_text(day: date) -> str:
    """A day as people say it: "today", "tomorrow", or "on Tuesday 8 December"."""
    distance = (day - timezone.localdate()).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(distance) or f"on {date_format(day, 'l j F')}"


def moment_text(moment: datetime) -> str:
    """A meeting's time as people say it: "today at 10:00"."""
    local = timezone.localtime(moment)
    return f"{day_text(local.date())} at {date_format(local, 'H:i')}"


def next_step(standing: Standing) -> NextStep:
    """Say what happens next in a partnership, to one of its sides."""
    seat = standing.seat
    slug, other = seat.partnership.slug, seat.other.short_name

    def to(name: str, *args: object) -> str:
        return reverse(name, args=[slug, *args])

    if ended_at := standing.partnership.ended_at:
        sentence = f"Coaching with {other} ended {day_text(timezone.localdate(ended_at))}."
        return NextStep(6, sentence, "See what stays with you", to("partnership"), is_mine=False)

    if seat.partnership.is_before_formal:
        return _before_formal(seat)
    if seat.partnership.engagement == Engagement.PAUSED:
        until = seat.partnership.engagement_text
        return NextStep(
            _going_on(standing).place,
            f"{until}. Either of you can go on, on any day.",
            "See where you are",
            to("partnership"),
            is_mine=False,
        )
    return _going_on(standing)


def _before_formal(seat: Seat) -> NextStep:
    """To the worker what they can do; to the supervisor that it is going on, and until when (product.md, 6)."""
    partnership, slug = seat.partnership, seat.partnership.slug
    here, other = reverse("partnership", args=[slug]), seat.other.short_name
    if seat.is_supervisor:
        tries = partnership.engagement == Engagement.TRYING_ON
        until = "" if partnership.is_check_in_due else f" until {_day(partnership)}"
        doing = f"is trying things on{until}" if tries else "is observing"
        return NextStep(
            0, f"{other} {doing}. {other} says what comes next.", "See where you are", here, is_mine=False
        )
    if partnership.is_check_in_due:
        return NextStep(0, "The day you set is here. What next? You say.", "Say what’s next", here)
    if partnership.engagement == Engagement.TRYING_ON:
        return NextStep(
            0,
            f"You’re trying things on until {_day(partnership)}. What you keep is for your eyes only.",
            "Note what I tried",
            reverse("private_practice"),
        )
    return NextStep(
        0,
        "You’re observing. Go along with a colleague, and note what stood out to you.",
        "See whom I could shadow",
        reverse("shadowing"),
    )


def _day(partnership: Partnership) -> str:
    return day_text(partnership.until_on or timezone.localdate()).removeprefix("on ")


def _going_on(standing: Standing) -> NextStep:
    """The next step of formal coaching."""
    seat, facts, session = standing.seat, _facts(standing.partnership), standing.session
    slug, other = seat.partnership.slug, seat.other.short_name

    def to(name: str, *args: object) -> str:
        return reverse(name, args=[slug, *args])

    if session and session.number == 1 and not session.opened_at:
        return NextStep(
            1,
            f"Sit down with {other} and begin with a conversation: best hopes, worst fears.",
            "Open the first session",
            to("session", 1),
        )

    if not facts.rhythm:
        if not facts.has_proposal:
            return NextStep(
                2,
                "Agree on how you’ll work together: how often, for how long, and what this is for.",
                "Draft an agreement",
                to("agreement"),
            )
        if facts.newest_proposed_by == seat.person.pk:
            return NextStep(
                2,
                f"{other} is reading the agreement you signed.",
                "Read the agreement",
                to("agreement"),
                is_mine=False,
            )
        return NextStep(
            2,
            f"{other} has proposed how you’ll work together. Read it, and sign if it fits.",
            "Read the agreement",
            to("agreement"),
        )

    mine_marked, theirs_marked = facts.worker_marked, facts.supervisor_marked
    if seat.is_supervisor:
        mine_marked, theirs_marked = theirs_marked, mine_marked
    if not facts.focus_count:
        if not mine_marked:
            return NextStep(
                3,
                f"Walk through the profiles and mark what interests you. {other} does the same.",
                "Walk through the profiles",
                to("walkthrough"),
            )
        if not theirs_marked:
            return NextStep(
                3,
                f"{other} is still marking. Then you lay your marks side by side.",
                "See where it stands",
                to("walkthrough"),
                is_mine=False,
            )
        return NextStep(
            3,
            "Lay your marks side by side, and pick up to three to work on first.",
            "See where your marks meet",
            to("walkthrough"),
        )

    in_orientation = seat.partnership.orientation
    if in_orientation and not facts.has_goal:
        if seat.is_supervisor:
            sentence = f"{other} finds something small to try. There’s no hurry, and no target."
            return NextStep(4, sentence, "See the goals", to("goals"), is_mine=False)
        sentence = "Find something small to try, once or twice. There’s no hurry, and no target."
        return NextStep(4, sentence, "Set a small goal", to("goals"))
    if not in_orientation and (facts.has_unaimed or not facts.has_goal):
        if seat.is_supervisor:
            sentence = f"{other} says where to start and sets a goal. Ask what would be worth trying."
            return NextStep(4, sentence, "See the goals", to("goals"), is_mine=False)
        if facts.has_unaimed:
            sentence = "Say where you are on what you picked, and where you’d like to be."
            return NextStep(4, sentence, "Find where I am", to("goals"))
        return NextStep(4, "Set something you can count, by a day you can name.", "Set a goal", to("goals"))

    return _practise_and_review(standing, facts)


def _practise_and_review(standing: Standing, facts: _Facts) -> NextStep:
    seat, session = standing.seat, standing.session
    slug, other = seat.partnership.slug, seat.other.short_name
    if session is None:
        return NextStep(
            5,
            "Your last session is closed.",
            "See where you are",
            reverse("partnership", args=[slug]),
            is_mine=False,
        )
    page = reverse("session", args=[slug, session.number])
    review = reverse("stage", args=[slug, session.number, "content"])
    title = f"session {session.number}"
    in_review = facts.focus_count if seat.partnership.orientation else facts.aimed_count
    has_shared = session.has_reflection and session.rated >= in_review  # type: ignore[attr-defined]

    if session.is_open:
        if session.is_opening:
            return NextStep(
                5,
                f"Close {title} with next steps, plus / delta, and a day to meet again.",
                f"Go on with {title}",
                page,
            )
        if has_shared or seat.is_worker:
            return NextStep(5, f"You and {other} are in {title}.", f"Go on with {title}", review)
        return NextStep(
            5, f"{other} looks back first. You come after.", f"Go on with {title}", review, is_mine=False
        )

    if facts.has_proposal and facts.newest_proposed_by != seat.person.pk:
        return NextStep(
            5,
            f"{other} has proposed a change to your agreement. Until you both sign, the old one stands.",
            "Read the change",
            reverse("agreement", args=[slug]),
        )

    when = moment_text(session.starts_at) if session.starts_at else "soon"
    is_soon = session.starts_at is not None and session.starts_at - timezone.now() < SOON
    since = (
        f" since {date_format(timezone.localtime(facts.last_held_at), 'j F')}" if facts.last_held_at else ""
    )
    if seat.is_supervisor:
        if has_shared:
            return NextStep(
                5,
                f"{other} has looked back, for when you meet {when}. Read it, then jot down what you saw that fits the goals.",
                f"Read what {other} shared",
                review,
            )
        if session.starts_at and timezone.localdate(session.starts_at) <= timezone.localdate():
            return NextStep(5, f"You meet {other} {when}.", f"Open {title}", page)
        return NextStep(
            5, f"{other} tries things out until you meet {when}.", f"Look at {title}", page, is_mine=False
        )
    if has_shared:
        return NextStep(5, f"You’ve looked back. You meet {other} {when}.", f"Open {title}", page)
    if is_soon:
        return NextStep(
            5,
            f"You meet {other} {when}. Before that, take five minutes: what went well{since}?",
            "Start with what went well",
            review,
        )
    return NextStep(
        5,
        f"Try things out until you meet {other} {when}, and note what you tried.",
        "Note what I tried",
        reverse("practice"),
    )
