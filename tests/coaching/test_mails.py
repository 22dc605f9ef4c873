"""What a mail says, to whom and when: that something waits, and nothing else (product.md, 11)."""

import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from coaching.groups.models import planning
from coaching.models import AgreementDraft, CoachingSession, Congratulation, Correction, Invitation, Promise
from coaching.models.decision import decide
from coaching.models.engagement import end
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.self_rating import share_self_rating
from coaching.reminding.gathering import gather
from profiles.models import PracticeProfile
from sopcoach.mailing.models import Letter
from sopcoach.mailing.notices import MailChoice, Notice
from sopcoach.mailing.occasions import Occasion
from sopcoach.models import User
from tests.cast import Cast
from tests.coaching import gathering, steps

PACIFIC = ZoneInfo("America/Los_Angeles")
MONDAY = datetime(2026, 11, 30, tzinfo=PACIFIC)


def at(days: int, hour: str = "07:31") -> datetime:
    """So many days after a Monday, on the agency's clock."""
    return datetime.combine((MONDAY + timedelta(days=days)).date(), time.fromisoformat(hour), tzinfo=PACIFIC)


@pytest.fixture
def clock(time_machine) -> Callable[..., None]:
    def go(days: int, hour: str = "07:31") -> None:
        time_machine.move_to(at(days, hour).astimezone(UTC), tick=False)

    go(0, "10:00")
    return go


@pytest.fixture
def pair(clock, session, cast) -> CoachingSession:
    """Wanda and Sam before their second session, on a Monday at ten; nothing waits for either."""
    session.move_to(at(14, "14:00"), by=cast.sam)
    Notice.objects.all().delete()
    mail.outbox.clear()
    return session


def mailed() -> list[str]:
    gather(timezone.now())
    to = [message.to[0] for message in mail.outbox]
    mail.outbox.clear()
    return sorted(address.partition(".")[0] for address in to)


# ------------------------------------------------------------ which occasions


def test_a_question_goes_out_within_a_minute_and_says_until_when_it_can_be_answered(cast, edition, clock):
    Invitation.send(by=cast.sam, to=cast.petra, words="Would you like company?")

    [message] = mail.outbox
    assert message.to == [cast.petra.email]
    assert message.subject == "Something waits for you in SOP Coach"
    assert "The question can be read until Wednesday, December 30." in message.body
    assert "http://testserver/\n" in message.body


def test_a_worker_who_asks_is_heard_by_whoever_is_asked(cast, edition, clock):
    Invitation.ask(by=cast.wanda, to=cast.sam, wish="trying_on")
    assert [message.to for message in mail.outbox] == [[cast.sam.email]]


def test_what_was_shared_waits_for_the_other_side_until_the_next_morning(pair, cast, clock):
    share_reflection(pair, by=cast.wanda, went_well="I waited.", differently="")
    assert not mail.outbox
    assert mailed() == []
    clock(1)
    assert mailed() == ["sam"]
    assert not Notice.objects.exists()


def test_a_proposal_waits_for_the_one_who_has_not_signed(partnership, cast, clock):
    clock(0, "06:00")
    Notice.objects.all().delete()
    mail.outbox.clear()
    draft = AgreementDraft.begin(partnership, by=cast.sam)
    draft.sign(by=cast.sam)
    clock(0)
    assert mailed() == ["wanda"]


def test_a_meeting_moved_far_ahead_waits_for_the_morning_and_one_of_the_next_days_does_not(pair, cast, clock):
    pair.move_to(at(20, "14:00"), by=cast.wanda)
    assert not mail.outbox
    clock(1)
    assert mailed() == ["sam"]
    pair.move_to(at(2, "09:00"), by=cast.sam)
    assert [message.to for message in mail.outbox] == [[cast.wanda.email]]
    assert not Notice.objects.exists()


def test_the_day_before_a_meeting_both_hear_and_on_no_other_day(pair, cast, clock):
    heard = {}
    for day in range(16):
        clock(day)
        heard[day] = mailed()
    assert heard.pop(11) == ["sam", "wanda"], "the meeting is on a Monday, so on the Friday before"
    assert not any(heard.values())


def test_on_a_tuesday_it_is_the_monday(pair, cast, clock):
    pair.move_to(at(8, "14:00"), by=cast.sam)
    Notice.objects.all().delete()
    for day in (4, 5, 6):
        clock(day)
        assert mailed() == []
    clock(7)
    assert mailed() == ["sam", "wanda"]


def test_a_promise_is_told_to_its_keeper_on_its_day_unless_it_is_kept_by_then(pair, cast, clock):
    pair.open(by=cast.sam)
    _, other = (
        Promise.make(pair, by=who, text="Say it back.", due_on=at(2).date()) for who in (cast.wanda, cast.sam)
    )
    clock(1)
    assert mailed() == []
    other.keep(by=cast.sam)
    clock(2)
    assert mailed() == ["wanda"]
    clock(3)
    assert mailed() == []


def test_of_a_promise_nothing_is_told_once_the_coaching_has_ended(pair, cast, clock):
    pair.open(by=cast.sam)
    Promise.make(pair, by=cast.wanda, text="Say it back.", due_on=at(2).date())
    end(pair.partnership, by=cast.sam)
    clock(2)
    assert mailed() == []


def test_a_check_in_day_is_told_to_whoever_tries_on(cast, edition, clock):
    asked = Invitation.ask(by=cast.wanda, to=cast.sam, wish="trying_on")
    asked.reply(by=cast.sam, answer="trying_on", until=at(3).date())
    mail.outbox.clear()
    clock(2)
    assert mailed() == []
    clock(3)
    assert mailed() == ["wanda"]


def test_a_group_tells_of_its_list_and_of_its_session(cast, edition, clock):
    group = gathering.open_group(cast.sam, [cast.wanda])
    clock(1)
    assert mailed() == ["wanda"]
    planning.plan(group, by=cast.sam, profile=PracticeProfile.objects.first(), starts_at=at(4, "09:00"))
    clock(2)
    assert mailed() == ["wanda"]
    clock(3)
    assert mailed() == ["sam"], "Wanda hasn’t said yes to this session"


# ------------------------------------------------------------ how often, and when


def test_several_things_make_one_mail_and_there_is_one_a_day(pair, cast, clock):
    share_reflection(pair, by=cast.wanda, went_well="I waited.", differently="")
    Notice.objects.create(person=cast.sam, occasion=Occasion.TO_SIGN)
    clock(1)
    assert mailed() == ["sam"]
    clock(1, "09:00")
    assert mailed() == []
    Notice.objects.create(person=cast.sam, occasion=Occasion.SHARED, made_at=at(1, "06:00"))
    assert mailed() == []


def test_what_comes_up_after_the_hour_waits_for_the_next_morning(pair, cast, clock):
    clock(1, "08:00")
    share_reflection(pair, by=cast.wanda, went_well="I waited.", differently="")
    clock(1, "08:05")
    assert mailed() == []
    clock(2)
    assert mailed() == ["sam"]


def test_it_comes_at_the_readers_own_hour_on_their_own_clock(pair, cast, clock):
    cast.sam.read_clock("America/New_York", by=cast.sam)
    MailChoice.of(cast.sam).choose(by=cast.sam, hour="09:00", wanted=Occasion.values)
    share_reflection(pair, by=cast.wanda, went_well="I waited.", differently="")
    clock(1, "05:59")
    assert mailed() == []
    clock(1, "06:00")
    assert mailed() == ["sam"], "nine in New York"


@pytest.mark.parametrize("hour", ["03:00", "07:29", "10:31", "22:00"])
def test_none_comes_at_another_time_of_day(pair, cast, clock, hour):
    share_reflection(pair, by=cast.wanda, went_well="I waited.", differently="")
    clock(1, hour)
    assert mailed() == []


def test_none_comes_on_a_weekend(pair, cast, clock):
    clock(4, "18:00")
    share_reflection(pair, by=cast.wanda, went_well="I waited.", differently="")
    for day in (5, 6):
        clock(day)
        assert mailed() == []
    clock(7)
    assert mailed() == ["sam"]


def test_whoever_came_by_meanwhile_gets_none(pair, cast, client_for, clock):
    share_reflection(pair, by=cast.wanda, went_well="I waited.", differently="")
    client_for(cast.sam).get("/")
    clock(1)
    assert mailed() == []


def test_a_closed_account_gets_none(pair, cast, clock):
    share_reflection(pair, by=cast.wanda, went_well="I waited.", differently="")
    User.objects.filter(pk=cast.sam.pk).update(is_active=False)
    clock(1)
    assert mailed() == []


@pytest.mark.parametrize("occasion", Occasion.values)
def test_each_occasion_can_be_switched_off(pair, cast, clock, occasion):
    clock(0, "06:00")
    Notice.objects.create(person=cast.sam, occasion=occasion)
    clock(0)
    choice = MailChoice.of(cast.sam)
    choice.choose(by=cast.sam, hour=choice.hour, wanted=[one for one in Occasion.values if one != occasion])
    assert mailed() == []
    assert not Notice.objects.exists()


def test_whoever_wants_no_questions_by_mail_gets_none(cast, edition, clock):
    MailChoice.of(cast.petra).choose(by=cast.petra, hour="07:30", wanted=[Occasion.SHARED])
    Invitation.send(by=cast.sam, to=cast.petra)
    assert not mail.outbox
    assert not Letter.objects.exists()


def test_the_timers_command_sends_and_says_how_many(pair, cast, clock, capsys):
    share_reflection(pair, by=cast.wanda, went_well="I waited.", differently="")
    clock(1)
    call_command("send_reminders")
    call_command("send_reminders")
    assert capsys.readouterr().out.splitlines() == ["1 mail put on the way.", "0 mails put on the way."]
    assert [message.to for message in mail.outbox] == [[cast.sam.email]]


def test_what_a_year_of_a_pair_mails_is_one_a_day_at_most(pair, cast, clock):
    """A session every fortnight, with a review, promises, and one move; both look in between on no page at all."""
    days: dict[tuple[str, str], int] = {}
    meeting, session, later = 14, pair, {}
    for day in range(1, 364):
        clock(day)
        gather(timezone.now())
        for message in mail.outbox:
            days[message.to[0], str(timezone.localdate())] = (
                days.get((message.to[0], str(timezone.localdate())), 0) + 1
            )
        mail.outbox.clear()
        if day == meeting - 3:
            share_reflection(session, by=cast.wanda, went_well="I waited.", differently="")
        if day == meeting:
            clock(day, "14:00")
            session.open(by=cast.sam)
            for who in (cast.wanda, cast.sam):
                Promise.make(session, by=who, text="Say it back.", due_on=at(day + 5).date())
            meeting += 14
            session = steps.close(session, next_starts_at=at(meeting, "14:00"))
            later[day] = session
    assert len(later) == 25
    assert set(days.values()) == {1}
    assert 60 < len(days) < 160, "some, and far from one a day"


# ------------------------------------------------------------ what it says


def everything_of(message: EmailMessage) -> str:
    """Subject, headers, both bodies, and the names of whatever is attached, as a mailbox has them."""
    raw = message.message()
    parts = [part.get_content() for part in raw.walk() if not part.is_multipart()]
    names = [part.get_filename() or "" for part in raw.walk()]
    return "\n".join([*(f"{name}: {value}" for name, value in raw.items()), *parts, *names])


def without_our_own(text: str) -> str:
    """A mail without what is the same in each of them and means nothing: our name, and how it is drawn."""
    text = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    # what is drawn at random may happen to hold "yet"
    text = re.sub(r"(/m/off/|boundary=|Message-ID: )[^/\s]+", r"\1", text, flags=re.IGNORECASE)
    for ours in ("SOP Coach", "sopcoach@localhost", "Opening it promises nothing."):
        text = text.replace(ours, "")
    return text


def test_of_no_occasion_does_a_mail_say_what_it_is_or_with_whom(pair, cast: Cast, clock, caplog):
    """Every occasion happens to a pair whose names, levels and words are known; none of it is in any mail or log."""
    caplog.set_level(logging.DEBUG)
    words = "Quillfeather"
    focus = pair.partnership.focuses.get()
    messages: list[EmailMessage] = []

    def go(days: int, hour: str = "07:31") -> None:
        clock(days, hour)
        gather(timezone.now())
        messages.extend(mail.outbox)
        mail.outbox.clear()

    Invitation.send(by=cast.sam, to=cast.petra, words=words)
    Invitation.ask(by=cast.wanda, to=cast.nia, wish="trying_on", words=words).reply(
        by=cast.nia, answer="trying_on", until=at(2).date(), words=words
    )
    go(1)
    pair.move_to(at(1, "14:00"), by=cast.sam)
    pair.open(by=cast.sam)
    reflection = share_reflection(pair, by=cast.wanda, went_well=words, differently=words)
    share_self_rating(pair, focus, by=cast.wanda, level=4, because=words)
    share_observation(pair, focus, by=cast.sam, saw=words, try_next=words, level=5)
    decide(pair, focus, by=cast.wanda, choice="carry_on")
    Congratulation.give(pair.partnership, by=cast.sam, text=words, session=pair, focus=focus)
    Correction.put(reflection, by=cast.wanda, text=f"{words}!")
    Promise.make(pair, by=cast.wanda, text=words, due_on=at(3).date())
    draft = AgreementDraft.begin(pair.partnership, by=cast.wanda)
    terms = {name: getattr(draft, name) for name in AgreementDraft.FIELDS} | {"place": words}
    draft.put(by=cast.wanda, **terms)
    draft.sign(by=cast.wanda)
    following = steps.close(pair, next_starts_at=at(8, "14:00"))
    planning.plan(
        gathering.open_group(cast.olaf, [cast.petra], title=words),
        by=cast.olaf,
        starts_at=at(9, "09:00"),
    )
    made = set(Notice.objects.values_list("occasion", flat=True))
    go(2)
    following.move_to(at(4, "10:00"), by=cast.wanda)
    for day in range(3, 10):
        go(day)

    assert made == {Occasion.TO_SIGN, Occasion.SHARED, Occasion.MEETING, Occasion.PROMISE, Occasion.GROUP}
    receivers = {message.to[0] for message in messages}
    assert receivers == {one.email for one in (cast.wanda, cast.sam, cast.petra, cast.nia, cast.olaf)}
    assert {message.subject for message in messages} == {"Something waits for you in SOP Coach"}
    about = [
        words,
        focus.aspect_slug,
        pair.partnership.slug,
        str(pair.partnership.pk),
        *(aspect.title for aspect in steps.aspects_of(pair.partnership)),
        *(profile.title for profile in PracticeProfile.objects.all()),
        *(level.name for level in pair.partnership.edition.levels.all()),
        "coach", "supervis", "session", "promise", "agreement", "goal", "level", "late", "overdue", "yet",
    ]  # fmt: skip
    for message in messages:
        text = without_our_own(everything_of(message))
        own = next(user for user in cast.everybody if user.email == message.to[0])
        others = [name for user in cast.everybody if user != own for name in (*user.name.split(), user.email)]
        found = [word for word in [*about, *others] if word.lower() in text.lower()]
        assert found == []
    for name in [words, *(part for user in cast.everybody for part in (user.name, user.email))]:
        assert name not in caplog.text


def test_the_days_mail_has_the_same_words_whatever_the_occasion(pair, cast, clock):
    bodies = set()
    for day, occasion in enumerate(Occasion.values, start=1):
        clock(day, "06:00")
        Notice.objects.create(person=cast.petra, occasion=occasion)
        clock(day if day < 5 else day + 2)
        gather(timezone.now())
        bodies |= {message.body for message in mail.outbox}
        mail.outbox.clear()
    assert len(bodies) == 1
    assert "You get at most one of these a day, at 7:30 AM, and none when nothing waits." in bodies.pop()


def test_plain_and_html_say_the_same(cast, edition, clock):
    Invitation.send(by=cast.sam, to=cast.petra)
    [message] = mail.outbox
    html = message.alternatives[0].content
    for sentence in (
        "Hello, ",
        "Somebody at your agency has asked you something in SOP Coach.",
        "The question can be read until Wednesday, December 30.",
        "Mails like this one come within a minute.",
        "Send me none of these mails",
        "You have an account because your agency made one. Opening it promises nothing.",
    ):
        assert sentence in message.body
        assert sentence in html
    assert "<script" not in html
    assert "src=" not in html
