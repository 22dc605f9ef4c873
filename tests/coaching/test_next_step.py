"""What stands first on home and on "Where we are": what goes on now, and who does what next (product.md, 4)."""

import html as markup
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from coaching.models import (
    AgreementDraft,
    CoachingSession,
    Focus,
    Goal,
    Invitation,
    SelfRating,
    Target,
    engagement,
)
from coaching.models.decision import decide
from coaching.models.observation import share_observation
from coaching.models.orientation import OrientationWish
from coaching.models.reflection import share_reflection
from coaching.models.self_rating import share_self_rating
from sopcoach.words import dates
from tests.coaching import steps

TUESDAY = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_a_tuesday_morning():
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def first(client_for):
    """What a person reads first, as text with the button's address: on home, or on "Where we are" of a partnership."""

    def read(user, partnership=None) -> str:
        address = reverse("partnership", args=[partnership.slug]) if partnership else reverse("home")
        page = client_for(user).get(address).text
        block = page.split('<section class="next')[1].split("</section>")[0]
        address = re.search(r'class="btn [^"]*" href="([^"]*)"', block)[1]
        words = markup.unescape(" ".join(re.sub(r"<[^>]*>", " ", block).partition(">")[2].split()))
        return f"{words} -> {address}"

    return read


@pytest.fixture
def planned(cast, edition):
    """Three focuses with a goal each, picked three weeks ago; the first review is today at ten."""
    with time_machine.travel(TUESDAY - timedelta(days=21), tick=True):
        partnership = steps.begin(cast.wanda, cast.sam)
        opening = steps.open_session(partnership)
        steps.agree(partnership)
        steps.walk_through(partnership)
        for focus in steps.focus_on(partnership, 3):
            steps.set_goal(focus, count=2)
        return steps.close(opening, next_starts_at=TUESDAY + timedelta(hours=1))


def titles(partnership) -> list[str]:
    return [focus.aspect.title for focus in Focus.objects.active().filter(partnership=partnership).for_list()]


def hold(session, *, choice: str = "carry_on") -> CoachingSession:
    """The review, in which Wanda finds herself at her target or below it, and the close of the session."""
    session.open(by=session.partnership.supervisor)
    steps.review(session, level=4 if choice == "raise" else 3, choice=choice)
    return steps.close(session)


def test_a_running_opening_session_leads_both_back_to_it_before_anything_is_drafted(partnership, cast, first):
    steps.open_session(partnership)
    session = reverse("session", args=[partnership.slug, 1])
    for user, other in ((cast.wanda, "Sam"), (cast.sam, "Wanda")):
        for read in (first(user), first(user, partnership)):
            assert read.startswith("Going on now")
            assert f"You and {other} are in session 1." in read
            assert read.endswith(f"-> {session}")


def test_while_hopes_and_fears_are_spoken_the_pair_is_at_the_opening(partnership, cast, client_for):
    steps.open_session(partnership)
    assert "2 of 7, Open" in client_for(cast.sam).get(reverse("home")).text
    AgreementDraft.begin(partnership, by=cast.sam).sign(by=cast.sam)
    assert "3 of 7, Agree" in client_for(cast.sam).get(reverse("home")).text


def test_within_the_opening_session_its_content_leads_to_the_draft(partnership, cast, client_for):
    steps.open_session(partnership)
    page = client_for(cast.sam).get(reverse("stage", args=[partnership.slug, 1, "content"])).text
    assert f'href="{reverse("agreement_draft", args=[partnership.slug])}">Draft an agreement</a>' in page
    assert "Going on now" not in page
    AgreementDraft.begin(partnership, by=cast.sam).save()
    page = client_for(cast.sam).get(reverse("stage", args=[partnership.slug, 1, "content"])).text
    assert ">Go on with your draft</a>" in page
    page = client_for(cast.wanda).get(reverse("stage", args=[partnership.slug, 1, "content"])).text
    assert ">Draft an agreement</a>" in page


def test_after_the_opening_session_whoever_drafts_is_led_straight_to_the_draft(partnership, cast, first):
    steps.close(steps.open_session(partnership))
    assert first(cast.wanda).endswith(
        f"Draft an agreement -> {reverse('agreement_draft', args=[partnership.slug])}"
    )


def test_the_pages_of_the_agreement_lead_back_to_the_session_that_is_going_on(partnership, cast, client_for):
    back = f'href="{reverse("stage", args=[partnership.slug, 1, "content"])}">Go on with session 1</a>'
    addresses = [reverse(name, args=[partnership.slug]) for name in ("agreement", "agreement_draft")]
    assert all(back not in client_for(cast.sam).get(address).text for address in addresses)
    steps.open_session(partnership)
    assert all(back in client_for(cast.sam).get(address).text for address in addresses)
    agreement = AgreementDraft.begin(partnership, by=cast.sam).sign(by=cast.sam)
    assert back in client_for(cast.wanda).get(addresses[0]).text
    signed = client_for(cast.wanda).post(
        reverse("agreement_sign", args=[partnership.slug, agreement.number]), follow=True
    )
    assert back in signed.text


def test_a_running_conversation_stands_first_for_both_and_the_next_step_below(
    planned, cast, client_for, first
):
    talk = CoachingSession.converse(planned.partnership, by=cast.sam)
    address = reverse("session", args=[planned.partnership.slug, talk.number])
    for user, other in ((cast.wanda, "Sam"), (cast.sam, "Wanda")):
        read = first(user)
        assert read.startswith(f"Going on now You and {other} are in a conversation.")
        assert read.endswith(f"Go on with the conversation of {dates.day(talk.held_on)} -> {address}")
        assert f"You meet {other} today at 10:00 AM." in client_for(user).get(reverse("home")).text
        page = client_for(user).get(reverse("partnership", args=[planned.partnership.slug])).text
        assert f'href="{address}">Go on with the conversation of' in page.split('<section class="next')[0]
    talk.end_conversation(by=cast.wanda)
    assert "conversation" not in first(cast.sam)


def test_a_running_progress_session_stands_first_also_while_the_supervisor_waits(planned, cast, first):
    planned.open(by=cast.sam)
    content = reverse("stage", args=[planned.partnership.slug, 2, "content"])
    sam, wanda = first(cast.sam), first(cast.wanda)
    assert sam.startswith("Going on now You and Wanda are in session 2. Wanda looks back first.")
    assert wanda.startswith("Going on now You and Sam are in session 2. You look back first.")
    assert sam.endswith(content)
    assert wanda.endswith(content)


def test_what_goes_on_comes_before_an_invitation_which_stays_on_the_page(planned, cast, client_for, first):
    planned.open(by=cast.sam)
    asks = Invitation.send(by=cast.nia, to=cast.wanda)
    assert first(cast.wanda).startswith("Going on now")
    page = client_for(cast.wanda).get(reverse("home")).text
    assert "An invitation for you:" in page
    assert reverse("partnership", args=[asks.slug]) in page


def test_the_latest_of_several_stands_first_and_each_of_them_on_the_page(planned, cast, client_for, first):
    planned.open(by=cast.sam)
    with time_machine.travel(TUESDAY + timedelta(hours=2), tick=False):
        other = steps.begin(cast.petra, cast.sam)
        CoachingSession.converse(other, by=cast.sam)
        assert "You and Petra are in a conversation." in first(cast.sam)
        assert "You and Wanda are in session 2." in client_for(cast.sam).get(reverse("home")).text


def test_a_session_left_open_says_since_when(planned, cast, first):
    planned.open(by=cast.sam)
    with time_machine.travel(TUESDAY + timedelta(days=2), tick=False):
        assert first(cast.wanda).startswith("Going on since December 1 Did session 2 with Sam end?")


def test_nothing_goes_on_in_a_pause(planned, cast, client_for):
    CoachingSession.converse(planned.partnership, by=cast.sam)
    engagement.pause(planned.partnership, by=cast.wanda)
    for address in (reverse("home"), reverse("partnership", args=[planned.partnership.slug])):
        assert "Going on now" not in client_for(cast.wanda).get(address).text


def test_home_keeps_step_with_a_worker_who_is_halfway(planned, cast, first):
    content = reverse("stage", args=[planned.partnership.slug, 2, "content"])
    assert "You meet Sam today at 10:00 AM. Before that, take five minutes: what went well" in first(
        cast.wanda
    )
    share_reflection(planned, by=cast.wanda, went_well="I waited.", differently="")
    assert "Go on: three focuses left. You meet Sam today at 10:00 AM." in first(cast.wanda)
    one, two, three = Focus.objects.filter(partnership=planned.partnership)
    share_self_rating(planned, one, by=cast.wanda, level=4)
    assert "Go on: two focuses left." in first(cast.wanda)
    share_self_rating(planned, two, by=cast.wanda, level=4)
    assert "Go on: one focus left." in first(cast.wanda)
    assert first(cast.wanda).endswith(content)
    share_self_rating(planned, three, by=cast.wanda, level=4)
    assert "You’ve looked back. You meet Sam today at 10:00 AM." in first(cast.wanda)


def test_halfway_in_the_session_it_says_what_is_left(planned, cast, first):
    planned.open(by=cast.sam)
    share_reflection(planned, by=cast.wanda, went_well="I waited.", differently="")
    assert "You and Sam are in session 2. Go on: three focuses left." in first(cast.wanda)


@pytest.mark.parametrize("choice", ["carry_on", "raise"])
def test_after_the_review_the_worker_is_led_to_a_goal_for_each_focus_that_has_none(
    planned, cast, first, client_for, choice
):
    partnership = planned.partnership
    for goal in Goal.objects.filter(partnership=partnership).order_by("set_at")[1:]:
        steps.practise(goal, 2)
    with time_machine.travel(TUESDAY + timedelta(hours=1), tick=True):
        hold(planned, choice=choice)
    with time_machine.travel(TUESDAY + timedelta(hours=3), tick=True):
        _, two, three = Focus.objects.active().filter(partnership=partnership).for_list()
        read = first(cast.wanda)
        assert f"Set a goal for “{two.aspect.title}”: something you can count" in read
        assert "One more focus waits for the same." in read
        address = read.partition("-> ")[2]
        assert address == f"{reverse('goals', args=[partnership.slug])}?focus={two.aspect_slug}"
        form = client_for(cast.wanda).get(address).text
        assert f'<option value="{two.pk}" selected>' in form
        assert f"Wanda sets a goal for “{two.aspect.title}” next, and then for one more." in first(cast.sam)
        assert "Ask what would be worth trying." in first(cast.sam)
        steps.set_goal(two)
        assert f"“{three.aspect.title}”" in first(cast.wanda)
        steps.set_goal(three)
        assert "Try things out until you meet Sam" in first(cast.wanda)


def test_a_goal_whose_day_came_before_the_session_is_not_tried_out_any_more(planned, cast, first):
    goal = Goal.objects.filter(partnership=planned.partnership).order_by("set_at")[0]
    Goal.objects.filter(pk=goal.pk).update(by_on=timezone.localdate(TUESDAY))
    with time_machine.travel(TUESDAY + timedelta(hours=1), tick=True):
        hold(planned)
    with time_machine.travel(TUESDAY + timedelta(hours=3), tick=True):
        assert f"Set a goal for “{goal.focus.aspect.title}”" in first(cast.wanda)


def test_looking_back_comes_before_a_goal_when_the_meeting_is_near(planned, cast, first):
    for goal in Goal.objects.filter(partnership=planned.partnership):
        goal.put_down(by=cast.wanda)
    assert "take five minutes" in first(cast.wanda)
    assert "You meet Wanda today at 10:00 AM." in first(cast.sam)


def test_a_focus_at_rest_asks_for_no_goal(planned, cast, first):
    planned.open(by=cast.sam)
    share_reflection(planned, by=cast.wanda, went_well="I waited.", differently="")
    focuses = list(Focus.objects.active().filter(partnership=planned.partnership))
    for focus in focuses:
        share_self_rating(planned, focus, by=cast.wanda, level=3)
    for focus in focuses:
        share_observation(planned, focus, by=cast.sam, saw="You waited.")
    steps.practise(focuses[0].goals.get(), 2)
    decide(planned, focuses[0], by=cast.wanda, choice="new_focus")
    steps.close(planned)
    assert "Try things out until you meet Sam" in first(cast.wanda)


def test_orientation_asks_for_one_small_goal_and_no_more(partnership, cast, first):
    opening = steps.open_session(partnership)
    steps.agree(partnership)
    for user in (cast.sam, cast.wanda):
        OrientationWish.propose(partnership, by=user)
    partnership.refresh_from_db()
    steps.walk_through(partnership)
    one, *_ = Focus.choose(partnership, steps.aspects_of(partnership)[:3], by=cast.wanda)
    steps.close(opening)
    assert "Find something small to try" in first(cast.wanda)
    steps.set_goal(one, count=1)
    assert "Try things out until you meet Sam" in first(cast.wanda)


def test_what_is_missing_before_a_goal_is_said_to_both(partnership, cast, first):
    opening = steps.open_session(partnership)
    steps.agree(partnership)
    steps.walk_through(partnership)
    one, two, three = Focus.choose(partnership, steps.aspects_of(partnership)[:3], by=cast.wanda)
    steps.close(opening)
    SelfRating.start(one, by=cast.wanda, level=3)
    Target.set(one, 4, by=cast.wanda)
    for _ in range(3):
        steps.set_goal(one)
    wanda = first(cast.wanda)
    assert f"Say where you are in “{two.aspect.title}”, and where you’d like to be." in wanda
    assert "One more focus waits for the same." in wanda
    assert wanda.endswith(reverse("focus_start", args=[partnership.slug, two.aspect_slug]))
    assert f"Wanda says where to start in “{two.aspect.title}” next, and then in one more." in first(cast.sam)
    SelfRating.start(two, by=cast.wanda, level=3)
    assert f"Say where you’d like to be in “{two.aspect.title}”." in first(cast.wanda)
    assert first(cast.wanda).endswith(reverse("focus_target", args=[partnership.slug, two.aspect_slug]))
    assert f"Wanda chooses a target for “{two.aspect.title}” next" in first(cast.sam)
    Target.set(two, 4, by=cast.wanda)
    assert f"“{three.aspect.title}”" in first(cast.wanda)
    assert "the same" not in first(cast.wanda)


def test_a_meeting_whose_hour_has_gone_by_is_not_said_to_lie_ahead(planned, cast, first):
    with time_machine.travel(TUESDAY + timedelta(hours=3), tick=False):
        assert "You planned to meet Sam today at 10:00 AM. Before you do, take five minutes" in first(
            cast.wanda
        )
        assert "You planned to meet Wanda today at 10:00 AM. Begin whenever you sit down." in first(cast.sam)


def test_a_conversation_since_leaves_the_day_of_the_last_session(planned, cast, first):
    with time_machine.travel(TUESDAY - timedelta(days=2), tick=True):
        CoachingSession.converse(planned.partnership, by=cast.sam).end_conversation(by=cast.sam)
    assert "what went well since November 10?" in first(cast.wanda)
