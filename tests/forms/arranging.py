"""How far people have come before a form of the table is sent, reached by the domain's own verbs."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.utils import timezone

from coaching.groups.models import Group, GroupSeat
from coaching.models import (
    AgreementDraft,
    CoachingSession,
    EditionMove,
    Focus,
    Invitation,
    Partnership,
    PracticeEntry,
    Promise,
    SelfRating,
    engagement,
)
from coaching.models.decision import decide
from coaching.models.erasure_plan import plan
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.release import release
from coaching.models.self_rating import share_self_rating
from coaching.training.models import Cohort
from profiles.models import Edition
from sopcoach.models import DayOff, Identity, Unit, User
from tests.coaching import gathering, steps
from tests.factories import UnitFactory, UserFactory
from tests.matrix.world import World
from tests.profiles.factories import small_edition

type Values = dict[str, object]


def _pair(world: World) -> tuple[User, User]:
    """Two who have nothing to do with the matrix."""
    unit = UnitFactory(name="South unit")
    return UserFactory(name="Linh Tran", unit=unit), UserFactory(
        name="Pat Quinn", unit=unit, may_supervise=True
    )


def _values(partnership: Partnership, **more: object) -> Values:
    return {
        "slug": partnership.slug,
        "worker": partnership.worker,
        "supervisor": partnership.supervisor,
        "aspect": partnership.edition.aspects.all()[0].slug,
        "number": 1,
        **more,
    }


def asked(world: World) -> Values:
    worker, supervisor = _pair(world)
    invitation = Invitation.send(by=supervisor, to=worker, words="Would you like to?")
    return {"slug": invitation.slug, "worker": worker, "supervisor": supervisor}


def trying(world: World) -> Values:
    worker, supervisor = _pair(world)
    invitation = Invitation.ask(by=worker, to=supervisor, wish=Invitation.Answer.TRYING_ON)
    partnership = invitation.reply(by=supervisor, answer=Invitation.Answer.TRYING_ON)
    assert partnership is not None
    return _values(partnership)


def begun(world: World) -> Values:
    return _values(steps.begin(*_pair(world)))


def paused(world: World) -> Values:
    values = agreed(world)
    engagement.pause(_partnership(values), by=values["worker"])
    return values


def drafting(world: World) -> Values:
    """The worker has begun a draft of the agreement; nothing has been signed."""
    values = begun(world)
    AgreementDraft.begin(_partnership(values), by=values["worker"])
    return values


def proposed(world: World) -> Values:
    """The supervisor has signed what the worker may sign now."""
    values = begun(world)
    draft = AgreementDraft.begin(_partnership(values), by=values["supervisor"])
    terms = {name: getattr(draft, name) for name in AgreementDraft.FIELDS}
    draft.put(by=values["supervisor"], **terms | {"rhythm": "monthly", "minutes": 90, "place": "On Mondays."})
    return values | {"number": draft.sign(by=values["supervisor"]).number}


def agreed(world: World) -> Values:
    values = begun(world)
    steps.agree(_partnership(values))
    return values


def revealed(world: World) -> Values:
    values = agreed(world)
    steps.walk_through(_partnership(values))
    return values


def focused(world: World) -> Values:
    """A focus is picked; the worker hasn't said where they start."""
    values = revealed(world)
    partnership = _partnership(values)
    Focus.choose(partnership, steps.aspects_of(partnership)[:1], by=values["worker"])
    return values


def started(world: World) -> Values:
    """The worker has said where they start."""
    values = focused(world)
    SelfRating.start(Focus.objects.get(partnership=_partnership(values)), by=values["worker"], level=3)
    return values


def oriented(world: World) -> Values:
    """Agreed, walked through, and nothing aimed at: orientation can be proposed."""
    return agreed(world)


def planned(world: World) -> Values:
    """A progress session is planned: one focus, one goal, one entry and one logged level, both without a line."""
    session = steps.ready_for_review(*_pair(world))
    goal = session.partnership.goals.get()
    entry = steps.practise(goal)[0]
    return _values(
        session.partnership,
        number=session.number,
        goal_id=goal.pk,
        entry_id=entry.pk,
        focus=goal.focus_id,
        focus_id=goal.focus_id,
        level_id=steps.log_level(goal.focus, level=3).pk,
    )


def opened(world: World) -> Values:
    values = planned(world)
    _session(values).open(by=values["supervisor"])
    return values


def promised(world: World) -> Values:
    values = opened(world)
    promise = Promise.make(
        _session(values), by=values["worker"], text="Listen.", due_on=timezone.localdate() + timedelta(days=3)
    )
    return values | {"promise_id": promise.pk}


def promised_before(world: World) -> Values:
    """The worker comes into a session with what they promised in the last one."""
    values = promised(world)
    following = steps.close(_session(values))
    following.open(by=values["supervisor"])
    return values | {"number": following.number}


def reflected(world: World) -> Values:
    values = opened(world)
    share_reflection(_session(values), by=values["worker"], went_well="I waited.", differently="")
    return values


def said(world: World) -> Values:
    """The worker has shared words in which something may be put right."""
    values = reflected(world)
    return values | {"kind": "reflection", "words_id": _session(values).reflection.pk}


def rated(world: World) -> Values:
    values = reflected(world)
    session = _session(values)
    share_self_rating(session, session.partnership.focuses.get(), by=values["worker"], level=4)
    return values


def observed(world: World) -> Values:
    values = rated(world)
    session = _session(values)
    share_observation(
        session,
        session.partnership.focuses.get(),
        by=values["supervisor"],
        saw="You waited.",
        try_next="",
        level=4,
    )
    return values


def decided(world: World) -> Values:
    values = observed(world)
    session = _session(values)
    decide(session, session.partnership.focuses.get(), by=values["worker"], choice="carry_on")
    return values


def conversing(world: World) -> Values:
    values = planned(world)
    session = CoachingSession.converse(_partnership(values), by=values["worker"])
    return values | {"number": session.number}


def with_newer_edition(world: World) -> Values:
    values = planned(world)
    newer = small_edition(published=False, name="2")
    newer.publish(by=None)
    return values


def moving(world: World) -> Values:
    values = with_newer_edition(world)
    EditionMove.propose(_partnership(values), by=values["supervisor"])
    return values


def ended(world: World) -> Values:
    values = opened(world)
    partnership = _partnership(values)
    engagement.end(partnership, by=values["worker"])
    return values | {"seen": plan(partnership).fingerprint}


def ended_with_a_next(world: World) -> Values:
    values = ended(world)
    following = steps.begin(values["worker"], world.people["next"])
    return values | {"to": following.slug}


def handed_over(world: World) -> Values:
    values = ended_with_a_next(world)
    following = Partnership.objects.get(slug=values["to"])
    shown = release(_partnership(values), by=values["worker"], into=following, sessions=[1])[0]
    return values | {"release_id": shown.pk}


def begun_by_a_slip(world: World) -> Values:
    """A session has begun, and nobody has said anything in it."""
    values = planned(world)
    CoachingSession.objects.get(partnership=_partnership(values), closed_at=None).open(
        by=values["supervisor"]
    )
    return values


def left_open(world: World) -> Values:
    """A session was begun the day before yesterday, and nobody has closed it."""
    values = begun_by_a_slip(world)
    rows = CoachingSession.objects.filter(partnership=_partnership(values), closed_at=None)
    rows.update(opened_at=timezone.now() - timedelta(days=2))
    return values


def missed(world: World) -> Values:
    """The day of the next session has gone by without it."""
    values = planned(world)
    rows = CoachingSession.objects.filter(partnership=_partnership(values), closed_at=None)
    rows.update(starts_at=timezone.now() - timedelta(days=2))
    return values


def erasing(world: World) -> Values:
    """Something is left that the worker may erase alone."""
    values = planned(world)
    entry = PracticeEntry.objects.get(pk=values["entry_id"])
    entry.write_line(by=values["worker"], text="It came.", share=False)
    return values | {"seen": plan(_partnership(values)).fingerprint}


def group_ahead(world: World) -> Values:
    """Sam's group has a session planned, in which nobody is yet."""
    unit = UnitFactory(name="West unit")
    facilitator = UserFactory(name="Pat Quinn", unit=unit, may_supervise=True)
    heir = UserFactory(name="Ida Heir", unit=unit, may_supervise=True)
    members = [UserFactory(name=f"Peer {number}", unit=unit) for number in range(1, 5)]
    group = gathering.open_group(facilitator, [*members, heir])
    session = gathering.plan(group)
    return {
        "slug": group.slug,
        "number": session.number,
        "facilitator": facilitator,
        "presenter": members[0],
        "advisor": members[1],
        "observer": members[2],
        "members": members,
        "heir": heir,
        "token": group.link.token,
        "step": "purpose",
    }


def group_without_plan(world: World) -> Values:
    unit = UnitFactory(name="West unit")
    facilitator = UserFactory(name="Pat Quinn", unit=unit, may_supervise=True)
    heir = UserFactory(name="Ida Heir", unit=unit, may_supervise=True)
    colleague = UserFactory(name="Colin Colleague", unit=unit)
    group = gathering.open_group(facilitator, [heir])
    return {
        "slug": group.slug,
        "facilitator": facilitator,
        "heir": heir,
        "colleague": colleague,
        "token": group.link.token,
        "member": group.members.get(person=heir).pk,
    }


def group_nobodys(world: World) -> Values:
    values = group_without_plan(world)
    facilitator: User = values["facilitator"]
    facilitator.deactivate(by=world.people["admin"])
    return values


def group_filling(world: World) -> Values:
    """The observer is in, and no part is taken yet."""
    values = group_ahead(world)
    GroupSeat.join(_group_session(values), by=values["observer"])
    return values


def group_gathered(world: World) -> Values:
    values = group_ahead(world)
    gathering.gather(_group_session(values), values["members"])
    return values


def group_open(world: World) -> Values:
    values = group_gathered(world)
    _group_session(values).begin(by=values["facilitator"])
    return values


def group_with_laptop(world: World) -> Values:
    """The observer writes on the laptop of whoever leads."""
    values = group_gathered(world)
    session = _group_session(values)
    session.begin(by=values["facilitator"])
    seat = session.seat_of(values["observer"])
    seat.write_on_laptop(by=values["observer"])
    return values | {"place": seat.place}


def group_going_round(world: World) -> Values:
    return group_with_laptop(world) | {"goes_round": True}


def group_at_questions(world: World) -> Values:
    """At a step in which one may pass."""
    values = group_open(world)
    session = _group_session(values)
    step = next(one for one in session.steps if not one.is_presenters and one.key not in {"purpose"})
    session.go_to(step.key, by=values["facilitator"])
    return values | {"step": step.key}


def group_closed(world: World) -> Values:
    values = group_open(world)
    session = _group_session(values)
    gathering.say(session, "purpose", values["observer"], "To learn.")
    session.close(by=values["facilitator"])
    return values


def cohort(world: World) -> Values:
    found = Cohort.objects.get(slug=world.places["training"]["slug"])
    trainee = found.trainees.exclude(person=None)[0].person_id
    return {
        "slug": found.slug,
        "code": found.code,
        "number": 1,
        "edition": found.edition_id,
        "trainee": trainee,
    }


def cohort_to_join(world: World) -> Values:
    return cohort(world) | {"who": UserFactory(name="Newt Newman")}


def empty_cohort(world: World) -> Values:
    today = timezone.localdate()
    made = Cohort(
        title="Nobody yet",
        audience=Cohort.Audience.WORKERS,
        edition=Edition.objects.get(pk=cohort(world)["edition"]),
        facilitator=world.people["next"],
        starts_on=today,
        ends_on=today + timedelta(days=4),
    )
    made.keep(by=world.people["admin"])
    return {"slug": made.slug}


def draft_edition(world: World) -> Values:
    draft = small_edition(published=False, name="3")
    profile = draft.profiles.all()[0]
    return {
        "slug": draft.slug,
        "profile": profile.slug,
        "aspect": profile.aspects.all()[0].slug,
        "order": 1,
        "level": 3,
    }


def newer_edition(world: World) -> Values:
    newer = small_edition(published=False, name="4")
    newer.publish(by=None)
    return {"slug": world.edition.slug}


def day_off(world: World) -> Values:
    return {"pk": DayOff.objects.create(day=timezone.localdate() + timedelta(days=30), name="A holiday").pk}


def empty_unit(world: World) -> Values:
    return {"pk": UnitFactory(name="Empty unit").pk}


def a_person(world: World) -> Values:
    return {
        "pk": UserFactory(name="Max Muster", email="max@agency.example").pk,
        "unit": Unit.objects.first().pk,
    }


def a_deactivated_person(world: World) -> Values:
    values = a_person(world)
    User.objects.get(pk=values["pk"]).deactivate(by=world.people["admin"])
    return values


def a_person_with_a_second_factor(world: World) -> Values:
    values = a_person(world)
    Authenticator.objects.create(user_id=values["pk"], type=Authenticator.Type.TOTP, data={"secret": "none"})
    return values


def a_person_whose_address_came_with_somebody_else(world: World) -> Values:
    values = a_person(world)
    moment = timezone.now()
    Identity.objects.create(
        person_id=values["pk"], provider="sso", subject="one", since=moment, refused_at=moment
    )
    return values


def _partnership(values: Values) -> Partnership:
    return Partnership.objects.get(slug=values["slug"])


def _session(values: Values) -> CoachingSession:
    return CoachingSession.objects.get(partnership__slug=values["slug"], number=values["number"])


def _group_session(values: Values):
    return Group.objects.get(slug=values["slug"]).sessions.get(number=values["number"])
