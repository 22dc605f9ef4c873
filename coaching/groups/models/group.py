"""Groups for supervision among peers: who is on the list, and the link by which others can join."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from coaching.models.base import NarrativeField, Personal, clean_narrative, rows_behind
from coaching.models.locking import in_turn
from coaching.models.partnership import SLUG_LETTERS, random_slug
from coaching.models.who_may import require_may_supervise, require_no_administrator
from coaching.row_security.conditions import COACH, both, either, exists, no_administrator, seated, system
from coaching.row_security.memberships import LED_GROUPS, LINKED_GROUPS, LISTED_GROUPS, SEATED_GROUPS, within
from coaching.row_security.policy import Wall, change
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import tell
from sopcoach.models import User, UserQuerySet
from sopcoach.requests.actor import has_wall
from sopcoach.vault.keyring import ErasureUnit
from sopcoach.words.refusal import Refused

TITLE_LIMIT = 80
FEWEST, MOST = 4, 10
"""How many take part in a session, not counting whoever leads it (product.md, 10)."""

HANDOVER = "handover"
"""The job that writes a new name wherever a group's facilitator stands: neither of the two may, by the policies."""

ON_LIST = within("group_id", LISTED_GROUPS)
"""Everybody on a group's list."""
LOOKS_AFTER = within("group_id", LED_GROUPS)
BY_ITS_FACILITATOR = exists(
    "coaching_group g", "g.id = {t}.group_id AND g.facilitator_id = {t}.facilitator_id"
)
HELD_LINK = "link.token = nullif(current_setting('app.group_link', true), '')"
_LINKED = "EXISTS (SELECT 1 FROM coaching_grouplink link WHERE %s)"


def random_token() -> str:
    """A link that nobody guesses: 31^20, about 2^99."""
    return get_random_string(20, SLUG_LETTERS)


@contextmanager
def holding(token: str) -> Generator[None]:
    """Let the database see the group whose link somebody holds, for as long as the block lasts."""
    if not has_wall():
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.group_link', %s, true)", [token])
        yield
        cursor.execute("SELECT set_config('app.group_link', '', true)")


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, user: User) -> Self:
        """Everybody on its list, and whoever took part in a session of it. To all others it doesn't exist, and to an
        administrator least of all (ADR 20)."""
        if user.is_administrator:
            return self.none()
        on_list = GroupMember.objects.filter(group=models.OuterRef("pk"), person=user)
        was_in = rows_behind(self.model, "sessions").filter(group=models.OuterRef("pk"), seats__person=user)
        return self.filter(models.Exists(on_list) | models.Exists(was_in))

    def for_list(self) -> Self:
        return self.select_related("facilitator").order_by("-begun_at")


class Group(Personal):
    """Peers who bring their questions to each other. Whoever opened it looks after its list."""

    kept_by: ClassVar[tuple[str, ...]] = ()

    slug = models.CharField(max_length=16, unique=True, default=random_slug, editable=False)
    title = NarrativeField(blank=False)
    facilitator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)

    objects = GroupQuerySet.as_manager()

    wall = Wall(
        read=either(
            seated("facilitator_id"),
            within("id", LISTED_GROUPS),
            within("id", SEATED_GROUPS),
            within("id", LINKED_GROUPS),
            system(HANDOVER),
        ),
        insert=seated("facilitator_id"),
        update=both(system(HANDOVER), no_administrator("facilitator_id")),
        changes=(change("facilitator_id"),),
    )

    def __str__(self) -> str:
        return f"Group {self.slug}"

    def erasure_unit(self) -> ErasureUnit:
        return ErasureUnit(self.pk, self.pk)

    @classmethod
    @in_turn
    def open(cls, *, by: User, title: str, people: Iterable[User] = ()) -> "Group":
        """Open a group and ask people to it. Being on its list commits nobody to anything.

        Raises Refused when `by` may not supervise, ValidationError for a title that is empty, too long, or holds an
        identifier.
        """
        require_may_supervise(by)
        try:
            title = " ".join(clean_narrative(title, limit=TITLE_LIMIT).split())
        except ValidationError as error:
            raise ValidationError({"title": error.messages}) from error
        if not title:
            raise ValidationError({"title": "Give the group a name, such as “Mapping on Tuesdays”."})
        group = cls.objects.create(facilitator=by, title=title)
        GroupLink.objects.create(group=group, facilitator=by)
        GroupMember.objects.create(group=group, facilitator=by, person=by)
        group.ask(people, by=by)
        return group

    def require_facilitator(self, by: User) -> None:
        if by.pk != self.facilitator_id:
            raise Refused(f"{self.facilitator.short_name} looks after this group’s list.")

    @in_turn
    def ask(self, people: Iterable[User], *, by: User) -> int:
        """Put people on the list, and say how many are new on it. Each joins a session only by their own yes."""
        self.require_facilitator(by)
        people = list(people)
        for person in people:
            if person.is_administrator:
                raise ValidationError(
                    {"people": f"{person.name} looks after accounts here, and joins no group."}
                )
        known = set(GroupMember.objects.filter(group=self).values_list("person", flat=True))
        new = [person for person in people if person.pk not in known and person.is_active]
        GroupMember.objects.bulk_create(
            GroupMember(group=self, facilitator_id=self.facilitator_id, person=person) for person in new
        )
        tell(*new, occasion=Occasion.GROUP)
        return len(new)

    # ------------------------------------------------------------ who looks after it

    @property
    def is_looked_after(self) -> bool:
        """Not so once its facilitator's account is closed, or an administrator took the mark away."""
        leads = self.facilitator
        return leads.is_active and leads.may_supervise and not leads.is_administrator

    def heirs(self) -> UserQuerySet[User]:
        """Those to whom its facilitator can hand it over: on its list, and marked as one who may supervise."""
        listed = GroupMember.objects.filter(group=self).exclude(person=self.facilitator_id)
        heirs: UserQuerySet[User] = User.objects.filter(
            pk__in=listed.values("person"), is_active=True, may_supervise=True, is_administrator=False
        )
        return heirs

    @classmethod
    def by_link(cls, token: str) -> "Group | None":
        """The group whose link this is, for somebody who may not be on its list yet."""
        with holding(token):
            return cls.objects.filter(link__token=token).select_related("facilitator").first()

    @classmethod
    @in_turn
    def join(cls, token: str, *, by: User) -> "Group":
        """Come onto the list by the link. Raises Refused for a link that has been closed, and for an administrator."""
        require_no_administrator(by)
        with holding(token):
            link = GroupLink.objects.filter(token=token).select_related("group__facilitator").first()
            if link is None:
                raise Refused("This link has been closed. Ask whoever gave it to you for a new one.")
            GroupMember.objects.get_or_create(
                group=link.group, person=by, defaults={"facilitator": link.facilitator}
            )
            return link.group


class GroupLinkQuerySet(models.QuerySet["GroupLink"]):
    def visible_to(self, user: User) -> Self:
        """Whoever looks after the group. Others hold it, or don't."""
        return self.none() if user.is_administrator else self.filter(facilitator=user)


class GroupLink(Personal):
    """What lets somebody onto a group's list. One for each group, so that none can claim another's group."""

    kept_by: ClassVar[tuple[str, ...]] = ("group",)

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="link")
    facilitator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True, default=random_token)

    objects = GroupLinkQuerySet.as_manager()

    wall = Wall(
        read=either(
            seated("facilitator_id"),
            both(f"{COACH} IS NOT NULL", HELD_LINK.replace("link.", "{t}.")),
            system(HANDOVER),
        ),
        insert=seated("facilitator_id"),
        update=either(both(seated("facilitator_id"), LOOKS_AFTER), system(HANDOVER)),
        changes=(change("facilitator_id", when=system(HANDOVER)), change("token")),
        begins=BY_ITS_FACILITATOR,
    )

    def __str__(self) -> str:
        return f"Link of {self.group_id}"

    @in_turn
    def renew(self, *, by: User) -> None:
        """Close the link that is going round, and make another."""
        self.group.require_facilitator(by)
        self.token = random_token()
        self.save(update_fields=["token"])


class GroupMemberQuerySet(models.QuerySet["GroupMember"]):
    def visible_to(self, user: User) -> Self:
        """One's own place on a list, and the whole list for whoever looks after it. No administrator has either."""
        if user.is_administrator:
            return self.none()
        return self.filter(Q(person=user) | Q(facilitator=user))


class GroupMember(Personal):
    """A place on a group's list: one is on it or not.

    Who else is asked is seen by whoever looks after the list alone; who is in, by their seats.
    """

    kept_by: ClassVar[tuple[str, ...]] = ("group",)

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    facilitator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    """The group's own, repeated so that the policy looks at this table only."""
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    objects = GroupMemberQuerySet.as_manager()

    wall = Wall(
        read=either(seated("person_id"), seated("facilitator_id"), system(HANDOVER, "marking")),
        insert=both(
            no_administrator("person_id"),
            _LINKED
            % both(
                "link.group_id = {t}.group_id",
                "link.facilitator_id = {t}.facilitator_id",
                either(f"link.facilitator_id = {COACH}", both(HELD_LINK, seated("person_id"))),
            ),
        ),
        update=system(HANDOVER),
        delete=either(seated("person_id"), seated("facilitator_id"), system(HANDOVER)),
        changes=(change("facilitator_id"),),
    )

    class Meta:
        ordering = ["asked_at"]
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="group_member_once")]

    def __str__(self) -> str:
        return f"{self.person_id} on the list of {self.group_id}"

    @in_turn
    def leave(self, *, by: User) -> None:
        """Come off the list: by oneself, or taken off by whoever looks after it. What was said stays with its session.

        Raises Refused for anybody else, for the one who looks after the group, and while a session goes on that one
        is in.
        """
        if by.pk not in (self.person_id, self.facilitator_id):
            raise Refused("Each comes off the list by themselves.")
        if self.person_id == self.facilitator_id:
            raise Refused(
                "You look after this group. Let somebody else look after it first, then leave its list."
            )
        for session in self.group.sessions.filter(closed_at=None):
            for seat in session.seats.filter(person=self.person):
                seat.step_out(by=by)
        self.delete()
