"""Loaded again after a refusal: never the same form once more, never the words of another step."""

import pytest

from coaching.groups.models import GroupWords
from tests.coaching import gathering
from tests.forms.pages import form_to

pytestmark = pytest.mark.both_databases


def test_a_refused_pass_keeps_to_its_step_when_the_group_has_gone_on_meanwhile(cast, edition, client_for):
    people = gathering.peers(cast)
    session = gathering.begin(cast, people)
    step, following = [one for one in session.steps if not one.is_presenters and one.key != "purpose"][:2]
    session.go_to(step.key, by=cast.sam)
    speaker = people[3]
    gathering.say(session, step.key, speaker, "What was said before.")
    client = client_for(speaker)
    page = f"/groups/{session.group.slug}/sessions/{session.number}/"
    address = f"{page}{step.key}/"
    form = form_to(client.get(page).text, address, address=page)
    session.go_to(following.key, by=cast.sam)
    gathering.say(session, following.key, people[2], "Of the next step.")
    answer = client.post(address, form.sends(**{"pass": "1"}))
    assert answer.status_code == 200
    assert f'data-live="{address}' in answer.text
    assert "What was said before." in answer.text
    again = form_to(answer.text, address, address=address)
    assert "follows" not in again.names
    client.post(address, again.sends(words="What was said then."))
    mine = GroupWords.objects.filter(session=session, author=speaker)
    assert [(row.step, row.text) for row in mine] == [(step.key, "What was said then.")]
