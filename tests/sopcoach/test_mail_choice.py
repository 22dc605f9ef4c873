"""Which mails somebody gets, and the one press that ends them (product.md, 11; RFC 8058)."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from sopcoach.mailing.models import Letter
from sopcoach.mailing.notices import MailChoice
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.posting import post
from sopcoach.mailing.writing import DAILY
from sopcoach.words.refusal import Refused
from tests.cast import make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("db")]
MAILS = reverse("me_mails")


@pytest.fixture
def cast():
    return make_cast()


def letter_to(person) -> mail.EmailMultiAlternatives:
    post([Letter(person=person, template=DAILY)])
    return mail.outbox[-1]


def link_of(message) -> str:
    return re.fullmatch(r"<http://testserver(/\S+)>", message.extra_headers["List-Unsubscribe"])[1]


def test_whoever_has_never_chosen_gets_all_of_them_at_half_past_seven(cast, client_for):
    page = client_for(cast.wanda).get("/me/").text
    assert '<option value="07:30" selected>' in page
    assert page.count('name="occasions"') == page.count("checked") == len(Occasion)


def test_hour_and_occasions_are_chosen(cast, client_for):
    client = client_for(cast.wanda)
    client.post(MAILS, {"hour": "09:00", "occasions": ["asked", "before"]})
    choice = MailChoice.of(cast.wanda)
    assert (choice.hour, choice.wanted) == ("09:00", ["asked", "before"])
    page = client.get("/me/").text
    assert '<option value="09:00" selected>' in page
    assert page.count("checked") == 2


def test_one_button_ends_them_all_and_says_so(cast, client_for):
    answer = client_for(cast.wanda).post(
        MAILS, {"hour": "07:30", "occasions": ["asked"], "all": "off"}, follow=True
    )
    assert "You get none of these mails any more." in answer.text
    assert MailChoice.of(cast.wanda).is_off


@pytest.mark.parametrize(
    "sent", [{"hour": "03:15"}, {"hour": ""}, {"hour": "07:30", "occasions": ["everything"]}]
)
def test_what_is_not_offered_is_refused_in_a_sentence(cast, client_for, sent):
    answer = client_for(cast.wanda).post(MAILS, sent)
    assert answer.status_code == 200
    assert "Choose" in answer.text or "Please choose one." in answer.text
    assert not MailChoice.objects.exists()


def test_nobody_chooses_for_somebody_else(cast):
    with pytest.raises(Refused):
        MailChoice.of(cast.wanda).choose(by=cast.sam, hour="07:30", wanted=())


def test_a_mailbox_ends_them_by_one_press_without_a_sign_in_or_a_token(cast):
    message = letter_to(cast.wanda)
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    anybody = Client(enforce_csrf_checks=True)
    answer = anybody.post(link_of(message), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert MailChoice.of(cast.wanda).is_off
    post([Letter(person=cast.wanda, template=DAILY)])
    assert len(mail.outbox) == 1


def test_a_look_at_the_link_ends_nothing_and_offers_the_button(cast):
    message = letter_to(cast.wanda)
    page = Client().get(link_of(message))
    assert "Send me none of these mails" in page.text
    assert cast.wanda.name not in page.text
    assert not MailChoice.of(cast.wanda).is_off
    assert "You get none of these mails any more" in Client().post(link_of(message)).text


@pytest.mark.parametrize("wrong", ["x", "0f3a:made-up", "{pk}", "{token}a", "{key}:{key}"])
def test_a_link_that_was_made_up_ends_nothing(cast, wrong):
    choice = MailChoice.of(cast.wanda)
    choice.save()
    token = wrong.format(pk=cast.wanda.pk, token=choice.token, key=choice.pk.hex)
    assert Client().post(reverse("mails_off", args=[token])).status_code == 404
    assert not MailChoice.of(cast.wanda).is_off


def test_the_link_holds_no_number_that_can_be_counted(cast):
    link = link_of(letter_to(cast.wanda))
    assert re.fullmatch(r"/m/off/[0-9a-f]{32}:[\w-]+/", link)


def test_a_name_becomes_no_html(cast):
    cast.wanda.be_called("<b>W</b>", by=cast.wanda)
    message = letter_to(cast.wanda)
    assert "Hello, <b>W</b>." in message.body
    assert "<bdi>&lt;b&gt;W&lt;/b&gt;</bdi>" in message.alternatives[0].content
