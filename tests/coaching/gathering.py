"""How far a group has come, reached by the domain's own verbs."""

from collections.abc import Sequence

from coaching.groups.models import Group, GroupSeat, GroupSession, GroupWords, planning
from profiles.models import PracticeProfile
from sopcoach.models import User
from tests.cast import Cast
from tests.factories import UserFactory


def peers(cast: Cast) -> list[User]:
    """Four who take part: Wanda, Petra, and two more of their unit."""
    return [
        cast.wanda,
        cast.petra,
        UserFactory(name="Linh Tran", unit=cast.unit),
        UserFactory(name="Dele Adeyemi", unit=cast.unit),
    ]


def open_group(by: User, people: Sequence[User], title: str = "Mapping on Tuesdays") -> Group:
    return Group.open(by=by, title=title, people=people)


def plan(group: Group, *, is_conversation: bool = False) -> GroupSession:
    profile = None if is_conversation else PracticeProfile.objects.order_by("edition", "order")[0]
    return planning.plan(group, by=group.facilitator, profile=profile)


def gather(session: GroupSession, people: Sequence[User]) -> None:
    """Everybody says yes for themselves; the first presents and the second advises."""
    for person in people:
        GroupSeat.join(session, by=person)
    if session.is_consultation:
        session.give_parts(by=session.facilitator, presenter=people[0], advisor=people[1])


def begin(cast: Cast, people: Sequence[User], *, is_conversation: bool = False) -> GroupSession:
    session = plan(open_group(cast.sam, people), is_conversation=is_conversation)
    gather(session, people)
    session.begin(by=cast.sam)
    return session


def say(session: GroupSession, step: str, who: User, text: str, *, field: str = "words") -> None:
    row = session.words.filter(step=step, field=field, author=who).first()
    GroupWords.say(session, step, by=who, field=field, text=text, revision=row.revision if row else 0)


def address(session: GroupSession, step: str = "") -> str:
    return f"/groups/{session.group.slug}/sessions/{session.number}/{step}"
