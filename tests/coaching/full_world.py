"""A world with something in every table that holds what is personal, for tests that ask all of them."""

from dataclasses import dataclass

from django.utils import timezone

from coaching.demo import unit
from coaching.models import (
    AgreementDraft,
    Correction,
    Draft,
    EditionMove,
    OrientationWish,
    Partnership,
    Placement,
    Reflection,
    ShadowNote,
    carry,
)
from coaching.models.access import Thing, note
from coaching.models.engagement import end
from coaching.models.erasing import ask_to_erase, erase_private
from coaching.models.release import release
from coaching.models.reply import reply
from coaching.sorting.models.result import close
from coaching.statistics.counting import closed_quarters
from coaching.statistics.models import Snapshot
from sopcoach.mailing.feed import CalendarFeed
from sopcoach.mailing.models import Letter
from sopcoach.mailing.notices import MailChoice
from sopcoach.models import AccountChange, User
from sopcoach.sending.models import SentForm
from tests.coaching import steps
from tests.coaching.sorting import name_cards, open_sort, sort_cards
from tests.coaching.test_edition_move import newer_edition_of
from tests.factories import UserFactory
from tests.profiles.factories import shipped_edition, small_edition


@dataclass(frozen=True)
class FullWorld:
    """The demo's people in the midst of everything, and a worker of four coachings beside them."""

    worker: User
    ended: Partnership
    running: Partnership


def full_world() -> FullWorld:
    """What the demo tells, and what people do that its stories don't."""
    shipped_edition()
    unit.build()
    small_edition()
    worker, former, coach, another, colleague = (
        UserFactory(may_supervise=True, name=name)
        for name in ("Wilma Orr", "Fay Former", "Cora Coach", "Ada Another", "Cole League")
    )
    ended = steps.ready_for_review(worker, former)
    ended.open(by=former)
    steps.review(ended)
    reply(ended, ended.partnership.focuses.first(), by=worker, text="I saw it otherwise.")
    end(ended.partnership, by=worker)

    session = steps.ready_for_review(worker, coach)
    running = session.partnership
    session.open(by=coach)
    steps.log_level(running.focuses.get(), level=3, text="It came by itself.", share=True)
    steps.log_level(running.focuses.get(), level=5, text="Only for me.")
    Draft.put(session, by=worker, field="went_well", text="It came.", revision=0)
    AgreementDraft.begin(running, by=coach).put(by=coach, **_terms(running, coach))
    release(ended.partnership, by=worker, into=running, sessions=[ended.number])
    release(
        ended.partnership, by=worker, into=running, aspects=[ended.partnership.focuses.first().aspect_slug]
    )
    Correction.put(Reflection.objects.get(session=ended), by=worker, text="I meant the second visit.")
    aspect = steps.aspects_of(running)[-1]
    carry([Placement.place(aspect, by=worker, level=2, note="For me.")], into=running, by=worker)
    ShadowNote.write(by=worker, aspect=aspect, stood_out="A pause.", colleague=colleague).show(by=worker)
    note([running.pk], by=coach, thing=Thing.GOALS)
    ask_to_erase(running, by=worker)
    newer_edition_of(running)
    EditionMove.propose(running, by=coach)

    wishing = steps.begin(worker, another)
    steps.agree(wishing)
    OrientationWish.propose(wishing, by=another)
    erase_private(wishing, by=worker)
    SentForm.objects.create(person=worker, mark="a" * 64, sent_at=timezone.now())
    Letter.objects.create(person=worker, given_up_at=timezone.now())
    MailChoice.of(worker).save()
    CalendarFeed.make(by=worker, title="Meeting")
    AccountChange.objects.create(person=worker, by=coach, what="supervises", at=timezone.now())
    _sorted(running, worker)
    Snapshot.take(closed_quarters()[-1])
    return FullWorld(worker, ended.partnership, running)


def _sorted(running: Partnership, worker: User) -> None:
    """A sort that five have sorted and that goes on, in which the worker has begun."""
    administrator = UserFactory(name="Adil Min", is_administrator=True)
    sort = open_sort(running.edition, by=administrator)
    for person in UserFactory.create_batch(5):
        sort_cards(sort, person)
    close(sort, by=administrator)
    sort.reopen(by=administrator, closes_on=timezone.localdate())
    name_cards(sort, worker)


def _terms(partnership: Partnership, author: User) -> dict[str, object]:
    draft = AgreementDraft.begin(partnership, by=author)
    return {name: getattr(draft, name) for name in AgreementDraft.FIELDS} | {"minutes": 90}
