"""What is worth celebrating in a partnership, newest first (FAQ, measure step 4). Pure: rows in, moments out.

The machine only lists what happened; praise comes from people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from coaching.models import Agreement, Congratulation, Goal, Seat, SelfRating, Target
from sopcoach.words import dates


@dataclass(frozen=True)
class Moment:
    at: datetime
    icon: str
    title: str
    text: str
    said: Congratulation | None = None
    """Whose words it is, where it is somebody's."""

    @property
    def day(self) -> str:
        return day_of(self.at)

    @property
    def year(self) -> int:
        """Under which year it stands, on its reader's own clock: after some years the page is long."""
        return dates.local_day(self.at).year


def moments_of(
    seat: Seat,
    *,
    words: Iterable[Congratulation],
    goals: Iterable[Goal],
    self_ratings: Iterable[SelfRating],
    targets: Iterable[Target],
    agreements: Iterable[Agreement],
) -> list[Moment]:
    """`goals`, `words` and `targets` come from `for_list()`, `targets` with `is_raise`, `agreements` signed by both."""
    aims = sorted(targets, key=lambda target: target.set_at)
    found = [
        *(_said(row, seat) for row in words),
        *(_goal_reached(goal) for goal in goals if goal.is_reached),
        *_levels_reached(seat, self_ratings, aims),
        *_targets_raised(aims),
        *_agreed(agreements),
    ]
    return sorted(found, key=lambda moment: moment.at, reverse=True)


def _said(words: Congratulation, seat: Seat) -> Moment:
    author = "you" if words.author_id == seat.person.pk else seat.other.short_name
    return Moment(words.written_at, "chat-quote", f"Words from {author}", f"“{words.text}”", words)


def _goal_reached(goal: Goal) -> Moment:
    reached_at = goal.last_entry_at or goal.set_at
    return Moment(reached_at, "check-lg", "Goal reached", f"{goal.what}.")


def _levels_reached(seat: Seat, self_ratings: Iterable[SelfRating], aims: list[Target]) -> list[Moment]:
    """The first self-rating at or above the target that stood then, and each later one that goes further.

    On the same scale: levels of two scales aren't compared.
    """
    found, furthest = [], dict[tuple[str, int], int]()
    for rating in sorted(self_ratings, key=lambda rating: rating.shared_at):
        stood = [aim for aim in aims if aim.focus_id == rating.focus_id and aim.set_at < rating.shared_at]
        if not stood:
            continue
        ladder = rating.focus.aspect_slug, stood[-1].top
        if rating.level < stood[-1].level or rating.level <= furthest.get(ladder, 0):
            continue
        furthest[ladder] = rating.level
        found.append(
            Moment(
                rating.shared_at,
                "signpost",
                _placed_at(rating, seat),
                _against_target(rating, stood[-1], seat),
            )
        )
    return found


def _placed_at(rating: SelfRating, seat: Seat) -> str:
    level = f"{rating.level}, {rating.descriptor.level.name}"
    return f"You placed yourself at {level}" if seat.is_worker else f"{seat.other.short_name} reached {level}"


def _against_target(rating: SelfRating, target: Target, seat: Seat) -> str:
    title, whose = rating.focus.aspect.title, "your" if seat.is_worker else "the"
    if rating.level > target.level:
        return f"{title}. {whose.capitalize()} target was {target.level}."
    return f"{title}. It was {whose} target since {dates.month(target.set_at)}."


def _targets_raised(aims: list[Target]) -> list[Moment]:
    found, before = [], dict[object, int]()
    for aim in aims:
        if aim.is_raise:
            text = f"{aim.focus.aspect.title}, from {before[aim.focus_id]} to {aim.level}."
            found.append(Moment(aim.set_at, "flag", "Target raised by one", text))
        before[aim.focus_id] = aim.level
    return found


def _agreed(agreements: Iterable[Agreement]) -> list[Moment]:
    in_order = sorted(agreements, key=lambda agreement: agreement.number)
    return [
        Moment(
            agreement.signed_at,
            "pencil",
            "You changed your agreement" if n else "You made an agreement",
            f"{agreement.rhythm_text}.",
        )
        for n, agreement in enumerate(in_order)
        if agreement.signed_at
    ]


def day_of(at: datetime) -> str:
    """The day as people say it of something good: "today", "November 10", with the year where it isn't this one."""
    near = {0: "today", 1: "yesterday"}.get((timezone.localdate() - dates.local_day(at)).days)
    return near or dates.day(at)
