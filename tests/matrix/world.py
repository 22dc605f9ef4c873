"""A small world with somebody on every side of everything, and what to fill into each address of it."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.utils import timezone

from coaching.models import AgreementDraft, Invitation, Partnership, Promise
from coaching.models.rating import share_reflection, share_self_rating
from profiles.models import Edition
from sopcoach.models import Unit, User
from tests.coaching import steps
from tests.factories import UnitFactory, UserFactory
from tests.profiles.factories import small_edition

PEOPLE = ("worker", "supervisor", "former", "next", "peer", "outsider", "admin", "superuser", "nobody")
"""Wanda; Sam, who coaches her; who coached her once; who coaches her next, without a release; a colleague of hers;
somebody who may supervise elsewhere; an administrator; a superuser; and whoever isn't signed in."""

RUNNING, ENDED = "running", "ended"


@dataclass
class World:
    edition: Edition
    people: dict[str, User]
    places: dict[str, dict[str, object]] = field(default_factory=dict)
    """What the addresses of the running and of the ended partnership hold."""

    @property
    def profile(self) -> str:
        return self.edition.profiles.all()[0].slug

    def user(self, name: str) -> User | None:
        return self.people.get(name)


def make_world() -> World:
    """Wanda and Sam in the middle of a progress session, and Wanda's ended coaching with somebody else."""
    unit: Unit = UnitFactory(name="North unit")
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
    Partnership.objects.get(slug=world.places[ENDED]["slug"]).end(by=worker)
    steps.begin(worker, people["next"])
    world.places[RUNNING] = _coached(worker, people["supervisor"])
    asked = Invitation.send(by=people["supervisor"], to=people["peer"], words="Would you like to?")
    unused = uuid.uuid4()
    world.places["elsewhere"] = {
        "invitation": asked.slug,
        "pk": people["outsider"].pk,
        "unit": unit.pk,
        "token": unused,
        "slug": edition.slug,
        "kind": "csv",
        "profile": world.profile,
        "aspect": edition.aspects.all()[0].slug,
        "order": 1,
        "level": 3,
    }
    return world


def _coached(worker: User, supervisor: User) -> dict[str, object]:
    """A pair in its second session: the worker has shared on the one focus, the supervisor hasn't yet."""
    session = steps.ready_for_review(worker, supervisor)
    partnership = session.partnership
    session.open(by=supervisor)
    focus = partnership.focuses.get()
    goal = partnership.goals.get()
    entry = steps.practise(goal)[0]
    entry.write_line(by=worker, text="It was quiet, and then it came.", share=False)
    draft = AgreementDraft.begin(partnership, by=supervisor)
    terms = {name: getattr(draft, name) for name in AgreementDraft.FIELDS} | {"minutes": 90}
    draft.put(by=supervisor, **terms)
    proposed = draft.sign(by=supervisor)
    promise = Promise.make(
        session, by=worker, text="Say it back.", due_on=timezone.localdate() + timedelta(days=7)
    )
    share_reflection(session, by=worker, went_well="I waited.", differently="")
    share_self_rating(session, focus, by=worker, level=4)
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
    }
