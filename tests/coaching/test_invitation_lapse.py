"""A question that lapses, is taken back or said otherwise; and the day from which it may be asked again."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from coaching.forms.invitation import people_to_invite
from coaching.models import Invitation, Partnership
from coaching.models.asked_otherwise import put_otherwise, withdraw
from coaching.models.invitation import LAPSES_AFTER
from sopcoach.words.refusal import Refused

pytestmark = pytest.mark.both_databases


@pytest.fixture
def asked(cast) -> Invitation:
    return Invitation.send(by=cast.sam, to=cast.wanda, words="Would you like to?")


def later(asked: Invitation, **by: int):
    return time_machine.travel(asked.lapses_at + timedelta(**by), tick=False)


def test_an_answer_a_minute_after_it_lapsed_is_not_taken_and_says_what_to_do(asked, cast, client_for):
    with later(asked, minutes=1):
        with pytest.raises(Refused, match=r"lapsed on .* can ask you again"):
            asked.reply(by=cast.wanda, answer="formal")
        page = client_for(cast.wanda).get(reverse("partnership", args=[asked.slug])).text
        assert "has lapsed" in page
        assert 'value="answer"' not in page
    assert not Partnership.objects.exists()


def test_a_minute_before_it_is_taken(asked, edition, cast):
    with later(asked, minutes=-1):
        assert asked.reply(by=cast.wanda, answer="observing")


def test_whoever_asked_reads_for_a_week_that_it_has_lapsed(asked, cast, client_for):
    with later(asked, days=6):
        home = client_for(cast.sam).get(reverse("home")).text
        assert "without an answer. You can ask again." in home
        assert "didn’t answer" in client_for(cast.sam).get(reverse("partnership", args=[asked.slug])).text
        assert Invitation.send(by=cast.sam, to=cast.wanda)
    with later(asked, days=8):
        assert client_for(cast.wanda).get(reverse("partnership", args=[asked.slug])).status_code == 404


def test_a_question_that_lapsed_stands_no_longer_once_it_was_asked_again(asked, cast, client_for):
    with later(asked, days=1):
        Invitation.send(by=cast.sam, to=cast.wanda)
        home = client_for(cast.sam).get(reverse("home")).text
        assert "Lapsed on" not in home
        assert home.count("Read your invitation") == 1


def test_a_question_that_lapsed_goes_with_an_account_that_is_closed(asked, cast):
    with later(asked, days=1):
        cast.wanda.deactivate(by=cast.ada)
    assert not Invitation.objects.filter(pk=asked.pk).exists()


def test_asking_again_is_possible_from_the_days_beginning(asked, cast):
    asked.reply(by=cast.wanda, answer="not_now")
    answered = Invitation.objects.get(pk=asked.pk).answered_at
    day = timezone.localdate(answered + LAPSES_AFTER)
    midnight = timezone.make_aware(datetime.combine(day, datetime.min.time()))

    with time_machine.travel(midnight - timedelta(minutes=1), tick=False):
        assert cast.wanda not in people_to_invite(cast.sam)
        with pytest.raises(ValidationError, match="You can ask again from"):
            Invitation.send(by=cast.sam, to=cast.wanda)
    with time_machine.travel(midnight + timedelta(minutes=1), tick=False):
        assert cast.wanda in people_to_invite(cast.sam)
        assert Invitation.send(by=cast.sam, to=cast.wanda)


def test_whoever_asked_takes_it_back_and_nobody_sees_it_any_more(asked, cast, client_for):
    sam, address = client_for(cast.sam), reverse("invitation_change", args=[asked.slug])
    page = sam.get(reverse("partnership", args=[asked.slug])).text
    assert "Take it back" in page

    assert "It is taken back" in sam.post(address, {"act": "withdraw"}, follow=True).text

    for person in (cast.wanda, cast.sam):
        assert client_for(person).get(reverse("partnership", args=[asked.slug])).status_code == 404
        assert not Invitation.objects.visible_to(person).exists()
    assert Invitation.send(by=cast.sam, to=cast.wanda)


def test_its_words_can_be_put_otherwise_until_there_is_an_answer(asked, cast, client_for):
    sam, address = client_for(cast.sam), reverse("invitation_change", args=[asked.slug])

    sam.post(address, {"act": "reword", "words": "Whenever it suits you."})

    assert (
        "Whenever it suits you." in client_for(cast.wanda).get(reverse("partnership", args=[asked.slug])).text
    )
    page = sam.post(address, {"act": "reword", "words": "Call 916-555-0123."}).text
    assert "Call 916-555-0123." in page
    assert Invitation.objects.get(pk=asked.pk).words == "Whenever it suits you."

    Invitation.objects.get(pk=asked.pk).reply(by=cast.wanda, answer="not_now")
    with pytest.raises(Refused):
        put_otherwise(asked, by=cast.sam, words="Please.")
    with pytest.raises(Refused):
        withdraw(asked, by=cast.sam)


def test_nobody_but_whoever_asked_takes_it_back_or_says_it_otherwise(asked, cast):
    for act in (
        lambda: withdraw(asked, by=cast.wanda),
        lambda: put_otherwise(asked, by=cast.wanda, words=""),
    ):
        with pytest.raises(Refused):
            act()
