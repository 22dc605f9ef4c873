"""What a worker has kept since the two last met: beside the fields in which they look back (product.md, 4.7)."""

from dataclasses import dataclass, field
from uuid import UUID

from coaching.models import CoachingSession, EntryLine, Focus, Goal, LoggedLevel, PracticeEntry, Promise, Seat
from coaching.queries.logged_levels import logged_since
from coaching.queries.review import met_before


@dataclass
class Practised:
    """How often one goal was practised since then, and the lines to it, the latest first."""

    goal: Goal
    times: int = 0
    lines: list[EntryLine] = field(default_factory=list)


@dataclass(frozen=True)
class Kept:
    practised: list[Practised]
    levels: list[LoggedLevel]
    promises: list[Promise]

    @property
    def is_empty(self) -> bool:
        return not (self.practised or self.levels or self.promises)


def kept_since(seat: Seat, session: CoachingSession) -> Kept:
    """What the worker in that seat has kept for this session: six queries at the most."""
    user = seat.person
    since = met_before(user, session)
    entries = PracticeEntry.objects.visible_to(user).filter(partnership=seat.partnership, worker=user)
    if since:
        entries = entries.filter(noted_at__gt=since)
    practised: dict[UUID, Practised] = {}
    of: dict[UUID, Practised] = {}
    for entry in entries.select_related("goal").order_by("-practised_on", "-noted_at"):
        one = practised.setdefault(entry.goal_id, Practised(entry.goal))
        one.times += 1
        of[entry.pk] = one
    if of:
        lines = EntryLine.objects.visible_to(user).filter(author=user, entry__in=of)
        for line in lines.select_related("entry").order_by("-entry__practised_on", "-entry__noted_at"):
            of[line.entry_id].lines.append(line)
    focuses = Focus.objects.visible_to(user).active().filter(partnership=seat.partnership)
    focuses = focuses.select_related("aspect")
    titles = {focus.pk: focus for focus in focuses}
    levels = [row for rows in logged_since(user, titles.values(), since).values() for row in rows]
    for row in levels:
        row.focus = titles[row.focus_id]
    promises = Promise.objects.visible_to(user).looked_at_in(session).filter(keeper=user)
    return Kept(
        list(practised.values()),
        sorted(levels, key=lambda row: row.at, reverse=True),
        list(promises.select_related("taken_on")),
    )
