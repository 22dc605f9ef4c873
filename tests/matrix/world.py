"""A small world with somebody on every side of everything, and what to fill into each address of it."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.utils import timezone

from coaching.models import (
    AgreementDraft,
    Invitation,
    Partnership,
    Placement,
    PrivateEntry,
    Promise,
    ShadowNote,
    engagement,
)
from coaching.models.erasure_plan import plan
from coaching.models.reflection import share_reflection
from coaching.models.release import release
from coaching.models.self_rating import share_self_rating
from coaching.sorting.models.result import close
from coaching.training.models import Cohort
from profiles.models import Edition
from sopcoach.mailing.feed import CalendarFeed
from sopcoach.mailing.notices import MailChoice
from sopcoach.models import DayOff, Unit, User
from tests.coaching import gathering, steps
from tests.coaching.sorting import name_cards, open_sort, sort_cards
from tests.factories import UnitFactory, UserFactory
from tests.profiles.factories import shipped_edition, small_edition

PEOPLE = ("worker", "supervisor", "former", "next", "peer", "outsider", "admin", "superuser", "nobody")
"""Wanda; Sam, who coaches her and to whom she has released a session of what has ended; who coached her once; who
coaches her next, without a release; a colleague of hers; somebody who may supervise elsewhere; an administrator; a
superuser; and whoever isn't signed in."""

RUNNING, ENDED, TRYING = "running", "ended", "trying"
SIDES = {RUNNING: ("worker", "supervisor"), ENDED: ("worker", "former"), TRYING: ("peer", "next")}
"""Who is the worker and who the supervisor of each partnership."""


@dataclass
class World:
    edition: Edition
    people: dict[str, User]
    places: dict[str, dict[str, object]] = field(default_factory=dict)
    """What the addresses of each partnership hold, and those elsewhere."""

    @property
    def profile(self) -> str:
        return self.edition.profiles.all()[0].slug

    def user(self, name: str) -> User | None:
        return self.people.get(name)


def make_world() -> World:
    """Wanda and Sam in the middle of a progress session, and Wanda's ended coaching with somebody else."""
    unit: Unit = UnitFactory(name="North unit")
    trained_on = shipped_edition()
    edition = small_edition()
    people: dict[str, User] = {
        "worker": UserFactory(name="Wanda Reyes", unit=unit),
        "supervisor": UserFactory(name="Sam Ortiz", unit=unit, may_supervise=True),
        "former": UserFactory(name="Fay Former", unit=unit, may_supervise=True),
        "next": UserFactory(name="Nia Okafor", unit=unit, may_supervise=True),
        "peer": UserFactory(name="Petra Lindqvist", unit=unit),
        "outsider": UserFactory(name="Olaf Berg", may_supervise=True),
        "admin": UserFactory(name="Ada Bello", is_administrator=True),
        "superuser": UserFactory(name="Root Admin", is_administrator=True, is_superuser=True),
    }
    for name in ("admin", "superuser"):  # nothing under /manage/ opens without a second factor
        Authenticator.objects.create(user=people[name], type=Authenticator.Type.TOTP, data={"secret": "none"})
    world = World(edition, people)
    worker = people["worker"]
    world.places[ENDED] = _coached(worker, people["former"])
    engagement.end(Partnership.objects.get(slug=world.places[ENDED]["slug"]), by=worker)
    steps.begin(worker, people["next"])
    world.places[RUNNING] = _coached(worker, people["supervisor"])
    _hand_over(world)
    asked = Invitation.send(by=people["supervisor"], to=people["peer"], words="Would you like to?")
    unused = uuid.uuid4()
    cohort = _trained(people, trained_on)
    world.places["training"] = {"slug": cohort.slug, "number": 1}
    world.places["elsewhere"] = {
        "invitation": asked.slug,
        "pk": people["outsider"].pk,
        "heir": people["next"].pk,
        "unit": unit.pk,
        "day_off": DayOff.objects.create(day="2030-12-25", name="Christmas Day").pk,
        "token": unused,
        "slug": edition.slug,
        "kind": "csv",
        "profile": world.profile,
        "aspect": edition.aspects.all()[0].slug,
        "order": 1,
        "level": 3,
        "code": cohort.code,
        "edition": edition.pk,
        "provider_id": "sso",
        "feed": CalendarFeed.make(by=people["worker"], title="Meeting"),
        "off": MailChoice.objects.create(person=UserFactory(name="Moira Mails")).token,
    }
    world.places["kept"] = _kept(worker, edition, colleague=people["peer"])
    world.places[TRYING] = _trying(*(people[name] for name in SIDES[TRYING]), edition)
    _sorted(world, cohort)
    world.places["group"] = _gathered(people, is_open=True)
    world.places["lobby"] = _gathered(people, is_open=False)
    return world


def _hand_over(world: World) -> None:
    """Wanda shows Sam one session of what has ended, so that Sam is there what a next supervisor is after a release."""
    worker = world.people["worker"]
    ended, running = (Partnership.objects.get(slug=world.places[place]["slug"]) for place in (ENDED, RUNNING))
    following = Partnership.objects.get(worker=worker, supervisor=world.people["next"])
    shown = release(ended, by=worker, into=running, sessions=[1])[0]
    for place, partnership, into, given in (
        (ENDED, ended, running, shown.pk),
        (RUNNING, running, following, uuid.uuid4()),
    ):
        more = {"to": into.slug, "release_id": given, "seen": plan(partnership).fingerprint}
        world.places[place].update(more)


def _kept(person: User, edition: Edition, *, colleague: User) -> dict[str, object]:
    """What somebody has noted for nobody else to see, and a note on going along with a colleague."""
    aspect = edition.aspects.all()[0]
    entry = PrivateEntry.write(by=person, aspect=aspect, line="It came.")
    note = ShadowNote.write(by=person, aspect=aspect, stood_out="A long pause.", colleague=colleague)
    return {"entry_id": entry.pk, "note_id": note.pk}


def _trying(worker: User, supervisor: User, edition: Edition) -> dict[str, object]:
    """A worker who tries on, and went along with their supervisor. Of formal coaching there is nothing yet."""
    asked = Invitation.ask(by=worker, to=supervisor, wish=Invitation.Answer.TRYING_ON)
    partnership = asked.reply(by=supervisor, answer=Invitation.Answer.TRYING_ON)
    assert partnership is not None
    aspect = edition.aspects.all()[0]
    none = dict.fromkeys(
        ("goal_id", "promise_id", "release_id", "words_id", "focus", "focus_id", "level_id", "seen"),
        uuid.uuid4(),
    )
    return {
        **none,
        **_kept(worker, edition, colleague=supervisor),
        "slug": partnership.slug,
        "number": 1,
        "version": 1,
        "stage": "purpose",
        "kind": "reflection",
        "aspect": aspect.slug,
        "to": partnership.slug,
        "placement": Placement.place(aspect, by=worker, level=2, note="For me.").pk,
    }


def _gathered(people: dict[str, User], *, is_open: bool) -> dict[str, object]:
    """A group that Sam leads: Wanda, who presents, and Petra are in with two more, and Nia is on its list alone."""
    more = [UserFactory(unit=people["worker"].unit) for _ in range(2)]
    participants = [people["worker"], people["peer"], *more]
    group = gathering.open_group(
        people["supervisor"], [*participants, people["next"]], title="Mapping on Tuesdays"
    )
    session = gathering.plan(group)
    gathering.gather(session, participants)
    if is_open:
        session.begin(by=people["supervisor"])
    member = group.members.get(person=more[0])
    return {
        "slug": group.slug,
        "number": 1,
        "token": group.link.token,
        "step": "purpose",
        "member": member.pk,
        "place": 1,
    }


def _trained(people: dict[str, User], edition: Edition) -> Cohort:
    """New supervisors, led by Nia; Wanda, Sam and Petra learn in it."""
    today = timezone.localdate()
    cohort = Cohort(
        title="New supervisors",
        audience=Cohort.Audience.SUPERVISORS,
        edition=edition,
        facilitator=people["next"],
        starts_on=today,
        ends_on=today + timedelta(days=4),
    )
    cohort.keep(by=people["admin"])
    cohort.enrol([people[name] for name in ("worker", "supervisor", "peer")], by=people["admin"])
    return cohort


def _sorted(world: World, cohort: Cohort) -> None:
    """A sort that everybody with the link may sort, in which Wanda has named her cards; and one of the new supervisors,
    with what came out of it."""
    people, edition = world.people, world.edition
    sort = open_sort(edition, by=people["admin"])
    name_cards(sort, people["worker"])
    first = edition.aspects.all()[0]
    places = {"profile": first.profile.slug, "aspect": first.slug, "card": 1}
    world.places["sorting"] = places | {"slug": sort.slug}
    world.places["sort"] = {"slug": edition.slug, "sort": sort.slug}
    theirs = open_sort(cohort.edition, by=people["admin"], cohort=cohort)
    more = UserFactory.create_batch(3)
    cohort.enrol(more, by=people["admin"])
    for person in (people["worker"], people["supervisor"], *more):
        sort_cards(theirs, person)
    close(theirs, by=people["admin"])
    world.places["sorted"] = {"slug": theirs.slug, "aspect": theirs.aspects[0]}


def _coached(worker: User, supervisor: User) -> dict[str, object]:
    """A pair in its second session: the worker has shared on the one focus, the supervisor hasn't yet."""
    session = steps.ready_for_review(worker, supervisor)
    partnership = session.partnership
    session.open(by=supervisor)
    focus = partnership.focuses.get()
    goal = partnership.goals.get()
    entry = steps.practise(goal)[0]
    entry.write_line(by=worker, text="It was quiet, and then it came.", share=False)
    logged = steps.log_level(focus, level=3)
    draft = AgreementDraft.begin(partnership, by=supervisor)
    terms = {name: getattr(draft, name) for name in AgreementDraft.FIELDS} | {"minutes": 90}
    draft.put(by=supervisor, **terms)
    proposed = draft.sign(by=supervisor)
    promise = Promise.make(
        session, by=worker, text="Say it back.", due_on=timezone.localdate() + timedelta(days=7)
    )
    reflection = share_reflection(session, by=worker, went_well="I waited.", differently="")
    share_self_rating(session, focus, by=worker, level=4)
    placement = Placement.place(
        partnership.edition.aspects.all()[0], by=worker, level=2, note=supervisor.name
    )
    return {
        "slug": partnership.slug,
        "number": session.number,
        "version": proposed.number,
        "aspect": focus.aspect_slug,
        "stage": "purpose",
        "goal_id": goal.pk,
        "entry_id": entry.pk,
        "promise_id": promise.pk,
        "focus": focus.pk,
        "focus_id": focus.pk,
        "level_id": logged.pk,
        "kind": "reflection",
        "words_id": reflection.pk,
        "placement": placement.pk,
    }
