"""One laptop that goes round: each in their own field, by their own yes, and nothing else of its owner's (ADR 12)."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test.signals import template_rendered
from django.utils import timezone

from coaching.groups.models import GroupSeat, GroupWords
from sopcoach.words.refusal import Refused
from tests.coaching import gathering
from tests.coaching.gathering import say
from tests.pages import live_address

pytestmark = [pytest.mark.usefixtures("edition"), pytest.mark.both_databases]


@pytest.fixture
def people(cast):
    return gathering.peers(cast)


@pytest.fixture
def session(cast, people):
    """Going on: Wanda presents, Petra advises, Linh and Dele observe, Sam leads."""
    return gathering.begin(cast, people)


@pytest.fixture
def lent(session, people):
    """Linh and Dele have no phone with them."""
    for person in people[2:]:
        session.seat_of(person).write_on_laptop(by=person)
    return session


@pytest.fixture
def laptop(lent, cast, client_for):
    """Sam's, going round."""
    client = client_for(cast.sam)
    client.post(address(lent, "laptop/"))
    return client


def address(session, rest: str = "") -> str:
    return f"/groups/{session.group.slug}/sessions/{session.number}/{rest}"


def turn(session, person, step: str) -> str:
    return address(session, f"laptop/{session.seat_of(person).place}/{step}/")


def kept_under(attribute: str, page: str) -> str:
    """What the page says to its scripts of whoever it is for."""
    body = page.split("<body", 1)[1].split(">", 1)[0]
    return body.split(f'{attribute}="', 1)[1].split('"', 1)[0]


def write(client, url: str, text: str, revision: int = 0):
    return client.post(
        url, {"field": "words", "text": text, "revision": revision}, headers={"X-Autosave": "1"}
    )


# ------------------------------------------------------------ one's own yes


def test_one_says_by_oneself_that_one_writes_on_the_laptop_and_takes_it_back(
    session, cast, people, client_for
):
    linh = people[2]
    client = client_for(linh)
    assert "I’ll write on Sam’s laptop" in client.get(address(session, "purpose/")).text
    client.post(address(session, "device/"), {"act": "laptop"})
    assert session.seat_of(linh).laptop_of == cast.sam
    assert "You write on Sam’s laptop, in turn" in client.get(address(session, "purpose/")).text
    client.post(address(session, "device/"), {"act": "own"})
    assert session.seat_of(linh).laptop_of is None


def test_it_can_be_said_in_the_lobby_too_and_whoever_leads_reads_it(cast, people, client_for):
    ahead = gathering.plan(gathering.open_group(cast.sam, people))
    gathering.gather(ahead, people)
    page = f"/groups/{ahead.group.slug}/"
    assert "I’ll write on Sam’s laptop" in client_for(cast.petra).get(page).text
    assert client_for(cast.petra).post(address(ahead, "device/"), {"act": "laptop"}).url == page
    assert "On your laptop, in turn: Petra Lindqvist" in client_for(cast.sam).get(page).text
    assert "On your laptop" not in client_for(cast.wanda).get(page).text


def test_nobody_says_it_for_another(session, cast):
    with pytest.raises(Refused, match="Each says for themselves"):
        session.seat_of(cast.petra).write_on_laptop(by=cast.sam)
    with pytest.raises(Refused, match="your own page"):
        session.seat_of(cast.sam).write_on_laptop(by=cast.sam)
    session.close(by=cast.sam)
    with pytest.raises(Refused, match="closed"):
        session.seat_of(cast.petra).write_on_laptop(by=cast.petra)


def test_without_their_yes_nobody_writes_for_anybody(lent, laptop, cast, people):
    assert laptop.get(turn(lent, cast.petra, "purpose")).status_code == 403
    refused = write(laptop, turn(lent, cast.petra, "purpose"), "For Petra.")
    assert refused.status_code == 403
    assert refused.json()["status"] == "Petra writes on a page of their own."
    lent.seat_of(people[2]).write_on_own_page(by=people[2])
    assert write(laptop, turn(lent, people[2], "purpose"), "For Linh.").status_code == 403
    assert not GroupWords.objects.exists()


def test_a_laptop_takes_no_words_once_its_owner_is_not_in(cast, people, session):
    dele = people[3]
    GroupSeat.objects.filter(person=dele).update(laptop_of=cast.nia)
    with pytest.raises(Refused, match="Only those who are in"):
        GroupWords.say(session, "purpose", by=dele, field="words", text="No.", revision=0, laptop_of=cast.nia)


# ------------------------------------------------------------ in turn


def test_what_is_written_on_the_laptop_is_its_authors(lent, laptop, cast, people, client_for):
    linh = people[2]
    page = laptop.get(turn(lent, linh, "purpose")).text
    assert "Linh’s words" in page
    saved = write(laptop, turn(lent, linh, "purpose"), "To listen.")
    assert saved.status_code == 200
    row = GroupWords.objects.get()
    assert (row.author, row.text, row.laptop_of) == (linh, "To listen.", cast.sam)
    theirs = client_for(linh).get(address(lent, "purpose/")).text
    assert "To listen." in theirs
    assert "Last written on Sam’s laptop" in theirs
    assert "To listen." in client_for(cast.petra).get(address(lent, "purpose/")).text
    write(client_for(linh), address(lent, "purpose/"), "To listen well.", revision=1)
    row.refresh_from_db()
    assert (row.text, row.laptop_of) == ("To listen well.", None)
    stale = write(laptop, turn(lent, linh, "purpose"), "Something else.", revision=1)
    assert stale.status_code == 409


def test_it_is_passed_to_whoever_has_not_spoken_and_then_to_the_wall(lent, laptop, people):
    linh, dele = people[2:]
    lent.go_to("worries", by=lent.facilitator)
    begin = laptop.get(address(lent, "laptop/"))
    assert begin.url == turn(lent, linh, "worries")
    page = laptop.get(begin.url).text
    assert "Pass it to Dele" in page
    sent = {"words": "The evenings.", "revision_words": 0, "on": ""}
    assert laptop.post(begin.url, sent).url == turn(lent, dele, "worries")
    # two peers have spoken after this: now its owner's own field is open
    assert laptop.post(
        turn(lent, dele, "worries"), {"words": "", "revision_words": 0, "pass": ""}
    ).url == turn(lent, lent.facilitator, "worries")
    last = laptop.post(
        turn(lent, lent.facilitator, "worries"), {"words": "I wonder.", "revision_words": 0, "on": ""}
    )
    assert last.url == address(lent, "screen/")
    mine = GroupWords.objects.get(author=lent.facilitator)
    assert mine.laptop_of == lent.facilitator


def test_peers_first_holds_on_the_laptop(lent, laptop, people):
    lent.go_to("prompts", by=lent.facilitator)
    page = laptop.get(turn(lent, lent.facilitator, "prompts")).text
    assert "Your field opens once two of them have spoken or passed" in page
    assert write(laptop, turn(lent, lent.facilitator, "prompts"), "First!").status_code == 403


def test_the_question_is_the_presenters_on_the_laptop_too(lent, laptop, people):
    assert "Wanda speaks here." in laptop.get(turn(lent, people[2], "question")).text
    assert write(laptop, turn(lent, people[2], "question"), "Mine?").status_code == 403


def test_an_identifier_is_stopped_and_what_was_typed_stays(lent, laptop, people):
    url = turn(lent, people[2], "purpose")
    assert write(laptop, url, "It is case 18-20417.").status_code == 422
    typed = laptop.post(url, {"words": "It is case 18-20417.", "revision_words": 0, "on": ""})
    assert typed.status_code == 200
    assert "It is case 18-20417." in typed.text
    assert not GroupWords.objects.exists()


def test_the_laptop_hears_that_the_group_goes_on_without_losing_the_field(lent, laptop, people):
    url = turn(lent, people[2], "purpose")
    lent.go_to("context", by=lent.facilitator)
    asked = live_address(laptop.get(url).text)
    heard = laptop.get(asked, headers={"X-Live": "1"})
    assert "The group is at “Context” now." in heard.text
    assert "textarea" not in heard.text
    assert write(laptop, url, "Still mine.").status_code == 200
    lent.close(by=lent.facilitator)
    heard = laptop.get(asked, headers={"X-Live": "1"}).json()
    assert heard == {"news": "This session is closed.", "is_same_page": False}
    assert "This session is closed" in laptop.get(address(lent, "laptop/")).text


# ------------------------------------------------------------ nothing else of its owner's


def test_before_it_goes_round_its_owner_reads_what_that_means(lent, cast, client_for):
    client = client_for(cast.sam)
    assert "Pass the laptop round" in client.get(address(lent, "purpose/")).text
    page = client.get(address(lent, "laptop/")).text
    assert "Linh, Dele and you write here" in page
    assert "nothing else of yours" in page
    url = turn(lent, cast.sam, "purpose")
    assert client.get(url).url == address(lent, "laptop/")
    assert write(client, url, "Too soon.").status_code == 403


def test_nobody_on_the_laptop_is_fine_and_then_it_does_not_go_round(session, cast, client_for):
    client = client_for(cast.sam)
    assert "Nobody writes on your laptop, and that’s fine" in client.get(address(session, "laptop/")).text
    assert client.post(address(session, "laptop/")).status_code == 403
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/me/", "/groups/", "/practice/", "/profiles/", "/accounts/email/"])
def test_a_laptop_that_goes_round_opens_nothing_else(lent, laptop, path):
    assert laptop.get(path).url == address(lent, "laptop/")
    assert laptop.post(path).url == address(lent, "laptop/")


def test_scripts_of_other_pages_are_refused_and_keep_what_was_typed(lent, laptop, cast):
    assert write(laptop, address(lent, "purpose/"), "In another tab.").status_code == 401
    assert laptop.get(address(lent, "purpose/"), headers={"X-Live": "1"}).status_code == 401


def test_the_wall_and_the_next_step_open_and_lead_nowhere_else(lent, laptop):
    wall = laptop.get(address(lent, "screen/"))
    assert wall.status_code == 200
    assert "My own page" not in wall.text
    assert 'aria-label="Main"' not in wall.text
    laptop.post(address(lent, "go/"), {"step": "context", "screen": "1"})
    lent.refresh_from_db()
    assert lent.step == "context"


def test_a_request_that_began_before_it_went_round_opens_nothing_when_it_ends_after(
    lent, cast, client_for, settings, time_machine
):
    """Each request writes the whole sign-in back, here with the time of its last click."""
    settings.IDLE_MINUTES = 30
    client = client_for(cast.sam)
    client.get("/")
    time_machine.move_to(timezone.now() + timedelta(minutes=5))
    other_tab = client_for(cast.sam)
    other_tab.cookies = client.cookies
    seen_before = client.session["seen_at"]

    def go_round_meanwhile(**_) -> None:
        template_rendered.disconnect(go_round_meanwhile)
        assert other_tab.post(address(lent, "laptop/")).url == address(lent, "laptop/")

    template_rendered.connect(go_round_meanwhile)
    assert client.get("/me/").status_code == 200

    assert client.session["seen_at"] > seen_before
    for path in ("/me/", "/", "/practice/"):
        assert client.get(path).url == address(lent, "laptop/")
        assert other_tab.get(path).url == address(lent, "laptop/")


def test_nothing_that_its_owner_keeps_unsaved_can_be_read_on_it(lent, cast, people, client_for):
    """What a browser keeps is under a name and a key that its owner's other pages don't share."""
    client = client_for(cast.sam)
    own = client.get(address(lent, "purpose/")).text
    mine = client.get("/still-here/")["X-Person"]
    client.post(address(lent, "laptop/"))
    page = client.get(turn(lent, people[2], "purpose")).text
    for attribute in ("data-keep", "data-person"):
        assert kept_under(attribute, page) != kept_under(attribute, own)
    assert kept_under("data-person", own) == mine
    assert kept_under("data-person", page) == client.get("/still-here/")["X-Person"]
    late = {"field": "words", "text": "From the tab before.", "revision": 0}
    headers = {"X-Autosave": "1", "X-Person": mine}
    assert client.post(turn(lent, people[2], "purpose"), late, headers=headers).status_code == 401
    assert not GroupWords.objects.exists()
    client.post("/accounts/logout/")
    client.force_login(cast.sam, backend=django_settings.AUTHENTICATION_BACKENDS[0])
    again = client.get(address(lent, "purpose/")).text
    assert kept_under("data-keep", again) == kept_under("data-keep", own)


def test_its_owner_reads_which_words_of_their_own_were_written_as_it_went_round(
    lent, laptop, cast, people, client_for
):
    write(laptop, turn(lent, cast.sam, "purpose"), "In the room.")
    assert GroupWords.objects.get().laptop_of == cast.sam
    elsewhere = client_for(cast.sam)
    page = address(lent, "purpose/")
    assert "Last written on your laptop, as it went round." in elsewhere.get(page).text
    theirs = client_for(cast.petra).get(page).text
    assert "In the room." in theirs
    assert "as it went round" not in theirs
    write(elsewhere, page, "At my desk.", revision=1)
    assert GroupWords.objects.get().laptop_of is None
    assert "as it went round" not in elsewhere.get(page).text


def test_signing_out_and_in_again_gives_everything_back(laptop, cast, client_for):
    assert laptop.post("/accounts/logout/").status_code == 302
    laptop.force_login(cast.sam, backend=django_settings.AUTHENTICATION_BACKENDS[0])
    assert laptop.get("/me/").status_code == 200


def test_the_record_says_to_its_author_that_it_was_written_there(lent, laptop, cast, people, client_for):
    linh = people[2]
    write(laptop, turn(lent, linh, "stood_out"), "A pause.")
    say(lent, "stood_out", cast.petra, "A nod.")
    lent.close(by=cast.sam)
    assert "Written on Sam’s laptop" in client_for(linh).get(address(lent, "stood_out/")).text
    assert "laptop" not in client_for(cast.petra).get(address(lent, "stood_out/")).text.split("<main")[1]


# ------------------------------------------------------------ whose words stand in the field


def test_a_turn_shows_what_its_speaker_has_said_in_this_step_and_nobody_else_s(lent, laptop, people):
    linh, dele = people[2:]
    write(laptop, turn(lent, linh, "purpose"), "Linh would like to slow down.")
    write(laptop, turn(lent, dele, "purpose"), "Dele would like to listen.")
    field = laptop.get(turn(lent, linh, "purpose")).context["fields"][0]
    assert field.text == "Linh would like to slow down."
    other = laptop.get(turn(lent, dele, "purpose")).context["fields"][0]
    assert other.text == "Dele would like to listen."


def test_a_pass_stands_on_the_turn_of_whoever_passed_in_the_step_in_which_they_did(
    lent, laptop, cast, people
):
    linh, dele = people[2:]
    lent.go_to("worries", by=cast.sam)
    laptop.post(turn(lent, linh, "worries"), {"pass": "1", "words": "", "revision_words": 0})
    assert laptop.get(turn(lent, linh, "worries")).context["passed"] is True
    assert laptop.get(turn(lent, dele, "worries")).context["passed"] is False
    assert laptop.get(turn(lent, linh, "purpose")).context["passed"] is False
