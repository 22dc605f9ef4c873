"""Sent from an older page than what is stored now: it says so and shows both, and nothing is undone unseen (ADR 17)."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from coaching.groups.models import GroupSession
from coaching.groups.models.parts import Part
from coaching.models import CoachingSession, Invitation, Partnership, ShadowNote, ShadowOffer, engagement
from coaching.models.asked_otherwise import put_otherwise
from coaching.models.partnership import Path
from coaching.training.models import Cohort
from profiles.models import PracticeProfile
from sopcoach.mailing.feed import CalendarFeed
from sopcoach.mailing.notices import MailChoice
from sopcoach.models import Unit, User
from sopcoach.words import dates
from tests.forms.happenings.reasons import ASKS_ONLY, FILES, MAKES, NO_WORDS_KEPT, PRESSES, REVISIONS
from tests.forms.happenings.sent_twice import what_there_is
from tests.forms.pages import form_to
from tests.forms.rows import Arranged

NAME = "sent from an older page"
EXEMPT = NO_WORDS_KEPT | ASKS_ONLY | FILES | MAKES | PRESSES | REVISIONS


def check(arranged: Arranged) -> str | None:
    changed = ELSEWHERE[arranged.row.name](arranged)
    stands = what_there_is()
    answer = arranged.client.post(arranged.address, arranged.form.sends(**arranged.types()))
    if answer.status_code != 200:
        return f"it is answered by {answer.status_code}"
    if what_there_is() != stands:
        return "something is written although other things stand there now"
    if "meanwhile" not in answer.text or changed not in answer.text:
        return "it doesn’t say what stands there now"
    again = form_to(answer.text, arranged.address, address=arranged.address, holding=arranged.row.holding)
    pressed = {name: value for name, value in arranged.types().items() if name == "act"}
    if arranged.client.post(arranged.address, again.sends(**pressed)).status_code != 302:
        return "one more press doesn’t send it"
    return None


def another_administrator_gives_a_mark(arranged: Arranged) -> str:
    person = User.objects.get(pk=arranged.values["pk"])
    unit = Unit.objects.exclude(pk=person.unit_id).order_by("-pk")[0]
    person.change(
        by=arranged.world.people["superuser"],
        name=person.name,
        email=person.email,
        unit=unit,
        may_supervise=True,
        is_administrator=False,
    )
    return unit.name


def another_administrator_names_the_unit(arranged: Arranged) -> str:
    unit = Unit.objects.get(pk=arranged.values["pk"])
    unit.name = "What it is called now"
    unit.keep(by=arranged.world.people["superuser"])
    return unit.name


def another_administrator_changes_the_cohort(arranged: Arranged) -> str:
    cohort = Cohort.objects.get(slug=arranged.values["slug"])
    cohort.title = "What it is called now"
    cohort.keep(by=arranged.world.people["superuser"])
    return cohort.title


def the_note_is_changed_in_another_tab(arranged: Arranged) -> str:
    note = ShadowNote.objects.get(pk=arranged.values["note_id"])
    note.rewrite(
        by=arranged.user,
        aspect=note.aspect,
        stood_out="A silence.",
        question="",
        seen_on=note.seen_on,
        colleague=note.colleague,
    )
    return "A silence."


def the_words_are_put_otherwise_in_another_tab(arranged: Arranged) -> str:
    asked = Invitation.objects.get(slug=arranged.values["slug"])
    put_otherwise(asked, by=arranged.user, words="When you have the time.")
    return "When you have the time."


def another_name_is_given_in_another_tab(arranged: Arranged) -> str:
    User.objects.get(pk=arranged.user.pk).be_called("Wandita", by=arranged.user)
    return "Wandita"


def another_clock_is_chosen_in_another_tab(arranged: Arranged) -> str:
    User.objects.get(pk=arranged.user.pk).read_clock("America/Chicago", by=arranged.user)
    return "Central"


def another_hour_is_chosen_in_another_tab(arranged: Arranged) -> str:
    choice = MailChoice.of(arranged.user)
    choice.choose(by=arranged.user, hour="09:00", wanted=choice.wanted)
    return "9:00 AM"


def another_title_is_given_in_another_tab(arranged: Arranged) -> str:
    feed = CalendarFeed.of(arranged.user)
    feed.call("Appointment", by=arranged.user)
    return "Appointment"


def the_offer_is_changed_in_another_tab(arranged: Arranged) -> str:
    profile = PracticeProfile.objects.filter(edition=arranged.world.edition).order_by("-order")[0]
    ShadowOffer.offer(by=arranged.user, profiles=[profile])
    return profile.title


def the_other_side_chooses_the_path(arranged: Arranged) -> str:
    partnership = Partnership.objects.get(slug=arranged.values["slug"])
    slugs = [profile.slug for profile in partnership.edition.profiles.order_by("-order")]
    partnership.choose_path(Path.ONE_BY_ONE, by=arranged.values["supervisor"], order=slugs)
    return str(Path.ONE_BY_ONE.label)


def the_other_side_moves_the_session(arranged: Arranged) -> str:
    session = CoachingSession.objects.get(
        partnership__slug=arranged.values["slug"], number=arranged.values["number"]
    )
    moment = timezone.localtime(session.starts_at) + timedelta(days=3)
    session.move_to(moment, by=arranged.values["supervisor"])
    return dates.day(moment)


def the_other_side_pauses(arranged: Arranged) -> str:
    until = timezone.localdate() + timedelta(days=40)
    partnership = Partnership.objects.get(slug=arranged.values["slug"])
    engagement.pause(partnership, by=arranged.values["supervisor"], until=until)
    return dates.day(until)


def a_participant_takes_a_part(arranged: Arranged) -> str:
    session = GroupSession.objects.get(group__slug=arranged.values["slug"], number=arranged.values["number"])
    session.take_part(Part.OBSERVER, by=arranged.values["presenter"])
    taker = arranged.values["members"][3]
    session.take_part(Part.PRESENTER, by=taker)
    return taker.name


ELSEWHERE: dict[str, Callable[[Arranged], str]] = {
    "manage_person": another_administrator_gives_a_mark,
    "manage_unit": another_administrator_names_the_unit,
    "manage_cohort": another_administrator_changes_the_cohort,
    "shadow_note": the_note_is_changed_in_another_tab,
    "invitation_change:reword": the_words_are_put_otherwise_in_another_tab,
    "me_called": another_name_is_given_in_another_tab,
    "me_mails": another_hour_is_chosen_in_another_tab,
    "me_calendar:call": another_title_is_given_in_another_tab,
    "me_clock": another_clock_is_chosen_in_another_tab,
    "shadow_offer": the_offer_is_changed_in_another_tab,
    "path": the_other_side_chooses_the_path,
    "pause": the_other_side_pauses,
    "group_parts:give": a_participant_takes_a_part,
    "session_move": the_other_side_moves_the_session,
}
"""What somebody else, or another tab, does meanwhile; returns what the page then has to say."""
