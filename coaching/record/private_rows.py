"""What a person keeps outside of any partnership."""

from coaching.groups.models import GroupWords
from coaching.models import (
    Invitation,
    Placement,
    PrivateEntry,
    ShadowNote,
    ShownNote,
)
from coaching.record import private_shape
from coaching.record.labels import STEP_TITLES, keepers_of, level_words
from coaching.sorting.models import Sorter
from coaching.training.models import TrainingNote
from profiles.models import LevelDescriptor
from sopcoach.models import User


class PrivateRows:
    """What the person keeps outside of any partnership."""

    def __init__(self, user: User) -> None:
        self.placements = list(Placement.objects.visible_to(user).for_list())
        self.entries = list(PrivateEntry.objects.visible_to(user).for_list())
        self.notes = list(ShadowNote.objects.visible_to(user).for_list().select_related("owner"))
        self.shown = list(ShownNote.objects.visible_to(user).filter(reader=user).for_list())
        self.training = list(TrainingNote.objects.visible_to(user))
        self.sorters = list(Sorter.objects.visible_to(user).select_related("sort__edition"))
        words = GroupWords.objects.visible_to(user).filter(author=user).select_related("session__group")
        self.group_words = list(words.order_by("saved_at"))
        asked = Invitation.objects.visible_to(user).for_list()
        # with a yes began a coaching, whose record is its worker's
        self.invitations = [row for row in asked if not row.is_yes or row.worker_id == user.pk]
        groups = [row.session.group for row in self.group_words]
        own = (self.placements, self.entries, self.notes, self.shown, self.training, self.group_words)
        self.keepers = keepers_of(row for rows in (*own, groups, self.invitations) for row in rows)

    def shaped(self) -> private_shape.Private:
        return private_shape.Private(
            placements=[
                private_shape.Placed(
                    row.aspect.profile.title,
                    row.aspect.title,
                    level_words(row.descriptor),
                    row.note,
                    row.placed_at,
                )
                for row in self.placements
            ],
            entries=[
                private_shape.Tried(row.aspect.profile.title, row.aspect.title, row.line, row.practised_on)
                for row in self.entries
            ],
            shadow_notes=[
                *(_shadowed(row, row.owner, row.colleague) for row in self.notes),
                *(_shadowed(row, row.author, row.reader) for row in self.shown),
            ],
            training_notes=[row.text for row in self.training if row.text],
            blind_sorts=[_sorted(row) for row in self.sorters],
            group_words=[
                private_shape.SaidInGroup(
                    row.session.group.title,
                    row.session.number,
                    STEP_TITLES[row.step],
                    row.text or "I pass",
                    row.saved_at,
                )
                for row in self.group_words
                if row.has_spoken
            ],
            invitations=[
                private_shape.Asked(
                    by=row.asker.name,
                    to=row.answerer.name,
                    words=row.words,
                    answer=row.get_answer_display(),
                    answer_words=row.answer_words,
                    sent_at=row.sent_at,
                )
                for row in self.invitations
            ],
        )


def _shadowed(row: ShadowNote | ShownNote, by: User, about: User | None) -> private_shape.Shadowed:
    return private_shape.Shadowed(
        by=by.name,
        about=about.name if about else "",
        profile=row.aspect.profile.title,
        aspect=row.aspect.title,
        stood_out=row.stood_out,
        question=row.question,
        seen_on=row.seen_on,
    )


def _sorted(row: Sorter) -> private_shape.Sorted:
    edition = row.sort.edition
    titles = dict(edition.aspects.values_list("slug", "title"))
    begun = row.named.keys() | row.orders.keys()
    cards = LevelDescriptor.objects.filter(aspect__edition=edition, aspect__slug__in=begun)
    return private_shape.Sorted(
        edition=str(edition),
        counted=[titles[slug] for slug in row.kept],
        begun=[
            private_shape.SortedCard(
                aspect=titles[slug],
                words=card.text,
                taken_for=titles.get(choice, "") if choice else "",
                place=order.index(number) + 1 if number in order else None,
            )
            for card in cards.select_related("aspect", "level")
            for slug, number in [(card.aspect.slug, card.level.number)]
            for choice in [row.named.get(slug, {}).get(str(number), "")]
            for order in [row.orders.get(slug, [])]
            if choice or order
        ],
    )
