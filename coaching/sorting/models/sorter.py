"""Somebody's part in a blind sort: what they have begun, for themselves alone, and which aspects they have done."""

from collections.abc import Sequence
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models

from coaching.models.base import Personal
from coaching.models.locking import in_turn
from coaching.row_security.conditions import both, either, exists, mine, seated, system
from coaching.row_security.policy import Wall, change
from coaching.sorting.models.blind_sort import ACTOR, BlindSort
from coaching.sorting.models.tally import count_in
from coaching.sorting.tallying import NONE, UNSURE, Answer
from profiles.models import LevelDescriptor
from sopcoach.models import User
from sopcoach.words.refusal import Refused

_IS_OPEN = exists("coaching_blindsort s", "s.id = {t}.sort_id AND s.closed_on IS NULL")
ONCE = "You have sorted these. They can’t be changed or taken back, since nothing says which are yours."
NOT_HERE = "These cards aren’t in this sort."
NOT_NAMED = "First say of each card which aspect it belongs to. Its order comes after that."
NO_ORDER = "Each card has one place. Give every card a place of its own."


class ChangedMeanwhile(Refused):
    """The cards were moved in another window since this page was loaded; nothing is kept that its sorter hasn't seen."""

    def __init__(self) -> None:
        super().__init__(
            "You have moved cards in another window meanwhile. This is how they lie now. Look at them, and go on from here."
        )


class SorterQuerySet(models.QuerySet["Sorter"]):
    def visible_to(self, user: User) -> Self:
        """Oneself, and nobody else: neither who has begun nor who has sorted is told to anybody."""
        return self.filter(person=user)


class Sorter(Personal):
    """What one person has begun to sort, and which aspects they have done. It has no time and no order of its own.

    What is done is emptied here at the moment at which it is counted, so that no row holds both who and how.
    """

    kept_by: ClassVar[tuple[str, ...]] = ("sort",)

    sort = models.ForeignKey(BlindSort, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named = models.JSONField(default=dict)
    """{"finding-people": {"3": "none"}}: for which aspect a card was taken."""
    orders = models.JSONField(default=dict)
    """{"finding-people": [2, 1, 3]}: levels, first step first."""
    alike = models.JSONField(default=dict)
    """{"finding-people": [4, 5]}: two levels that read alike."""
    kept = models.JSONField(default=list)
    """Slugs of the aspects that this person has sorted."""

    objects = SorterQuerySet.as_manager()

    wall = Wall(
        read=either(mine("person_id"), system(ACTOR)),
        insert=both(seated("person_id"), _IS_OPEN),
        update=either(mine("person_id"), system(ACTOR)),
        delete=either(mine("person_id"), system(ACTOR)),
        changes=(
            change("named", "orders", "alike"),
            change("kept", when="{t}.kept @> {old}.kept"),
        ),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sort", "person"], name="sorter_once_a_sort")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.sort_id}"

    @classmethod
    def of(cls, sort: BlindSort, person: User) -> "Sorter":
        """This person's part in it; one that isn't written yet where they haven't begun."""
        mine = cls.objects.visible_to(person).filter(sort=sort, person=person)
        found = mine.select_related("sort__cohort").first()
        return found or cls(sort=sort, person=person)

    @in_turn
    def name_card(self, aspect: str, level: int, *, by: User, choice: str) -> None:
        """Say which aspect a card belongs to, or that none of them fits, or that one can't tell.

        Raises Refused for whoever doesn't sort here, once it is over, or for what is done; ValidationError for a choice
        that isn't one.
        """
        self._require_going_on(aspect, by=by)
        profile = self._descriptors(aspect)[0].aspect.profile
        if choice not in {NONE, UNSURE, *profile.aspects.values_list("slug", flat=True)}:
            raise ValidationError({"aspect": "Choose one of them, or “I can’t tell”."})
        self.named = {**self.named, aspect: {**self.named.get(aspect, {}), str(level): choice}}
        self.save()

    @in_turn
    def put_order(
        self, aspect: str, *, by: User, order: Sequence[int], seen: Sequence[int], alike: Sequence[int] = ()
    ) -> None:
        """Keep the cards of an aspect in this order, for oneself, until they are done; and which two read alike.

        `seen` is how they lay on the page. Raises as `name_card`, and ChangedMeanwhile where another window has moved
        them since.
        """
        self._require_going_on(aspect, by=by)
        self._put(aspect, order, seen, alike)
        self.save()

    @in_turn
    def keep(
        self, aspect: str, *, by: User, order: Sequence[int], seen: Sequence[int], alike: Sequence[int] = ()
    ) -> None:
        """Have the cards of an aspect counted, without a name and for good.

        Raises as `put_order`; Refused before each of them was named.
        """
        self._require_going_on(aspect, by=by)
        self._put(aspect, order, seen, alike)
        named = {int(level): choice for level, choice in self.named.get(aspect, {}).items()}
        if named.keys() != set(order):
            raise Refused(NOT_NAMED)
        count_in(self.sort, aspect, Answer(list(order), named, frozenset(alike)))
        for begun in (self.named, self.orders, self.alike):
            begun.pop(aspect, None)
        self.kept = sorted([*self.kept, aspect])
        self._leave_nothing_over()
        self.save()

    @in_turn
    def withdraw(self, *, by: User) -> None:
        """Throw away what one has begun. What is done can't be told from the others', and stays counted."""
        _require_self(self, by)
        if self._state.adding:
            return
        if not self.kept:
            self.delete()
            return
        self.forget()

    def forget(self) -> None:
        """Empty what isn't done."""
        self.named, self.orders, self.alike = {}, {}, {}
        self.save()

    @property
    def has_begun(self) -> bool:
        """Whether something lies here that isn't done."""
        return bool(self.named or self.orders)

    def has_named(self, aspect: str, levels: int) -> bool:
        return aspect in self.kept or len(self.named.get(aspect, {})) == levels

    def _put(self, aspect: str, order: Sequence[int], seen: Sequence[int], alike: Sequence[int]) -> None:
        if aspect not in self.sort.aspects:
            raise Refused(NOT_HERE)
        if sorted(order) != [descriptor.level.number for descriptor in self._descriptors(aspect)]:
            raise ValidationError({"order": NO_ORDER})
        if alike and len(set(alike) & set(order)) != len(alike):
            raise ValidationError({"two": "Choose two of these cards, or none."})
        if self.orders.get(aspect, list(seen)) not in (list(seen), list(order)):
            raise ChangedMeanwhile
        self.orders = {**self.orders, aspect: list(order)}
        self.alike = {**self.alike, aspect: list(alike)}

    def _require_going_on(self, aspect: str, *, by: User) -> None:
        _require_self(self, by)
        self.sort.require_sorter(by)
        self.sort.require_open()
        if aspect in self.kept:
            raise Refused(ONCE)

    def _descriptors(self, aspect: str) -> list[LevelDescriptor]:
        rows = LevelDescriptor.objects.filter(aspect__edition=self.sort.edition_id, aspect__slug=aspect)
        found = list(rows.select_related("level", "aspect__profile").order_by("level__number"))
        if not found:
            raise Refused(NOT_HERE)
        return found

    def _leave_nothing_over(self) -> None:
        """Once a profile's last aspect is done, its other cards were only there to be told apart from."""
        edition = self.sort.edition.aspects.filter(slug__in=[*self.sort.aspects]).values_list(
            "slug", "profile"
        )
        waiting = {profile for slug, profile in edition if slug not in self.kept}
        still = set(self.sort.edition.aspects.filter(profile__in=waiting).values_list("slug", flat=True))
        self.named = {slug: named for slug, named in self.named.items() if slug in still}


def _require_self(sorter: Sorter, by: User) -> None:
    if sorter.person_id != by.pk:
        raise Refused("Everybody sorts for themselves.")
