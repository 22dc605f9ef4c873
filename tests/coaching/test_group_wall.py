"""In which order the words of a group stand, and what hangs on the wall."""

import re

import pytest

from coaching.groups.models import GroupWords
from tests.coaching import gathering
from tests.coaching.gathering import address, say
from tests.pages import live_address

pytestmark = [pytest.mark.usefixtures("edition"), pytest.mark.both_databases]


@pytest.fixture
def people(cast):
    return gathering.peers(cast)


@pytest.fixture
def session(cast, people):
    """Going on: Wanda presents, Petra advises, Linh and Dele observe, Sam leads."""
    return gathering.begin(cast, people)


def test_the_wall_view_follows_the_group_in_large_type(session, cast, people, client_for):
    session.go_to("prompts", by=cast.sam)
    say(session, "question", cast.wanda, "How do I slow down?")
    say(session, "prompts", people[2], "What did the child say?")
    client = client_for(cast.sam)
    page = client.get(address(session, "screen/")).text
    assert "beam" in page
    assert "Peers go first. Sam waits." in page
    assert "How do I slow down?" in page
    assert "What did the child say?" in page
    assert "textarea" not in page
    asked = live_address(page)
    assert "Linh" in client.get(asked, headers={"X-Live": "1"}).text
    GroupWords.pass_on(session, "prompts", by=people[3])
    turned = client.get(asked, headers={"X-Live": "1"}).json()
    assert turned == {"news": "Sam can add now.", "is_same_page": True}
    assert "Peers have gone first. Sam can add now." in client.get(address(session, "screen/")).text
    client.post(address(session, "go/"), {"step": "takes", "screen": "1"})
    assert client.get(asked, headers={"X-Live": "1"}).json()["is_same_page"]
    session.close(by=cast.sam)
    assert client.get(address(session, "screen/")).url == address(session)


def names_on(page: str) -> list[str]:
    """Whose words stand on the wall, from the top."""
    return re.findall(r"<b class=\"text-break\" dir=\"auto\">(\w+)", page)


def test_words_stand_as_they_were_said_and_the_facilitators_last(session, cast, people, client_for):
    session.go_to("prompts", by=cast.sam)
    say(session, "prompts", people[3], "What did the child say?")
    say(session, "prompts", people[2], "Who was in the room?")
    say(session, "prompts", cast.sam, "What would the family ask?")
    say(session, "prompts", cast.wanda, "I could ask her that.")
    say(session, "prompts", people[3], "What did the child say, word for word?")
    page = client_for(cast.sam).get(address(session, "screen/")).text
    assert names_on(page) == ["Dele", "Linh", "Wanda", "Sam"]
    listened = client_for(cast.petra).get(address(session)).text
    said = ["What did the child say", "Who was in", "I could ask", "What would the family"]
    assert sorted(said, key=listened.index) == said


def test_on_the_wall_everybody_has_a_name_and_a_state(session, cast, people, client_for):
    session.go_to("prompts", by=cast.sam)
    say(session, "prompts", people[2], "Who was in the room?")
    GroupWords.pass_on(session, "prompts", by=people[3])
    page = client_for(people[2]).get(address(session, "screen/")).text
    assert names_on(page) == ["Linh", "Dele"]
    assert ">You<" not in page
    who = page[page.index("wall-who") : page.index("</ul>", page.index("wall-who"))]
    heard = [" ".join(re.sub("<[^>]+>", " ", one).split()) for one in who.split("<li>")[1:]]
    assert "L Linh Observer has spoken" in heard
    assert "D Dele Observer passed" in heard
    assert "P Petra Advisor" in heard
    assert "S Sam Facilitator" in heard
