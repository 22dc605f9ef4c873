from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from coaching.models import Invitation, engagement
from coaching.models.access import Thing, note
from coaching.views.me import PER_PAGE
from tests.coaching import steps
from tests.limits import MOST_QUERIES

ME = "/me/"


def page(client, address: str = ME) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_the_worker_reads_who_opened_what(agreed, cast, client_for):
    client_for(cast.sam).get(reverse("agreement", args=[agreed.slug]))
    text = page(client_for(cast.wanda))
    assert "Who opened what" in text
    assert "Sam Ortiz" in text
    assert "Your agreement, version 1" in text
    assert "Today, " in text


def test_a_supervisor_reads_no_line_about_what_they_opened(agreed, cast, client_for):
    client = client_for(cast.sam)
    client.get(reverse("agreement", args=[agreed.slug]))
    assert "Your agreement, version 1" not in page(client)


def test_before_anybody_opened_anything_it_says_so(agreed, cast, client_for):
    assert "Nothing yet. When somebody who coaches you" in page(client_for(cast.wanda))


def test_whoever_is_not_coached_finds_their_account_and_no_empty_lists(cast, client_for):
    for user in (cast.petra, cast.ada):
        text = page(client_for(user))
        assert "My data" in text
        assert user.email in text
        assert "Who opened what" not in text
        assert "Let it go" not in text


def test_the_way_to_handing_over_and_to_erasing_stands_for_each_coaching(agreed, cast, client_for):
    engagement.end(agreed, by=cast.wanda)
    other = steps.begin(cast.wanda, cast.nia)
    text = page(client_for(cast.wanda))
    for partnership in (agreed, other):
        for name in ("erase", "export_partnership"):
            assert reverse(name, args=[partnership.slug]) in text
    assert reverse("handover", args=[agreed.slug]) in text
    for name in ("export", "export_file", "account_change_password", "mfa_index", "usersessions_list"):
        assert reverse(name) in text


def test_earlier_lines_are_a_click_away(agreed, cast, client_for):
    today = timezone.now()
    for day in range(PER_PAGE + 1):
        with time_machine.travel(today - timedelta(days=day)):
            note([agreed.pk], by=cast.sam, thing=Thing.GOALS)
    client = client_for(cast.wanda)
    assert page(client).count(Thing.GOALS.label) == PER_PAGE
    assert "?page=2#opened" in page(client)
    assert page(client, "/me/?page=2").count(Thing.GOALS.label) == 1
    assert client.get("/me/?page=none").status_code == 200


@pytest.mark.parametrize("lines", [1, PER_PAGE])
def test_it_takes_few_queries(agreed, cast, client_for, lines, django_assert_max_num_queries):
    today = timezone.now()
    for day in range(lines):
        with time_machine.travel(today - timedelta(days=day)):
            note([agreed.pk], by=cast.sam, thing=Thing.GOALS)
    client = client_for(cast.wanda)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/me/")


def test_a_name_never_becomes_a_script(cast, edition, client_for):
    cast.sam.name = "<script>alert(1)</script>"
    cast.sam.save()
    partnership = steps.begin(cast.wanda, cast.sam)
    steps.agree(partnership)
    client_for(cast.sam).get(reverse("agreement", args=[partnership.slug]))
    assert "<script>alert" not in page(client_for(cast.wanda))


def test_a_line_says_which_coaching_it_is_about_where_its_reader_does_not(agreed, cast, client_for):
    other = steps.begin(cast.wanda, cast.nia)
    client_for(cast.sam).get(reverse("agreement", args=[agreed.slug]))
    client = client_for(cast.wanda)
    assert "Coaching with Sam Ortiz" not in page(client)
    client.get(reverse("export_partnership", args=[other.slug]))
    assert "Your whole record, to read and print<br>" in page(client)
    assert "Coaching with Nia Okafor" in page(client)


def test_before_formal_coaching_there_is_nothing_to_pass_on_or_to_erase(cast, edition, client_for):
    asked = Invitation.ask(by=cast.wanda, to=cast.sam, wish="trying_on")
    trying = asked.reply(by=cast.sam, answer="trying_on")
    page = client_for(cast.wanda).get(ME).text
    assert "Your account, <bdi>Wanda</bdi>, and what you keep here for yourself." in page
    assert trying.slug not in page


def test_passing_on_is_offered_once_somebody_else_coaches_the_worker(agreed, cast, client_for):
    text = page(client_for(cast.wanda))
    assert reverse("handover", args=[agreed.slug]) not in text
    assert "This opens once somebody else coaches you." in text
    assert reverse("ask") in text.split("Pass it on")[1].split("</section>")[0]
    other = steps.begin(cast.wanda, cast.nia)
    text = page(client_for(cast.wanda))
    for partnership in (agreed, other):
        assert reverse("handover", args=[partnership.slug]) in text
    assert "This opens once" not in text
