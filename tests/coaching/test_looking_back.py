"""Looking back on several focuses at once: one page, one press, all or nothing."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from coaching.models import Draft, Reflection, SelfRating
from coaching.queries.review import review_for
from tests.coaching import steps
from tests.coaching.addresses import look_back, page
from tests.limits import LINES_LEVELS_AND_CORRECTIONS, MOST_QUERIES


def three(cast):
    session = steps.ready_for_review(cast.wanda, cast.sam, focuses=3)
    focuses = [one.focus for one in review_for(cast.wanda, session).focuses]
    return session, focuses


def part(name, focus):
    return f"{name}-{focus.aspect_slug}"


def test_one_press_shares_what_the_worker_looked_back_on_and_each_level_they_chose(edition, cast, client_for):
    session, (first, second, third) = three(cast)
    wanda, sam = client_for(cast.wanda), client_for(cast.sam)
    shown = wanda.get(look_back(session)).text
    for focus in (first, second, third):
        assert f"Where are you now in {focus.aspect.title}?" in shown
        assert all(descriptor.text in shown for descriptor in focus.aspect.descriptors.all())
    sent = {
        "act": "share",
        "went_well": "I waited.",
        part("level", first): "4",
        part("glimpse", first): ["", "5"],
        part("because", first): "It came up twice.",
        part("level", second): "3",
        part("level", third): "",
        part("because", third): "I am not sure yet.",
        "revision_" + part("because", third): "0",
    }
    answer = wanda.post(look_back(session), sent, follow=True)
    rated = {one.focus: (one.level, one.glimpse_level) for one in SelfRating.objects.filter(session=session)}
    assert rated == {first: (4, 5), second: (3, None)}
    assert f"where you are in {first.aspect.title} and {second.aspect.title}." in answer.text
    assert "I am not sure yet." in answer.text  # where the worker goes on with the third
    assert Draft.objects.get(session=session).focus == third
    assert "I am not sure yet." not in sam.get(page(session, third)).text


def test_nothing_is_shared_while_one_focus_has_something_to_put_right(edition, cast, client_for):
    session, (first, second, _) = three(cast)
    wanda = client_for(cast.wanda)
    sent = {
        "act": "share",
        "went_well": "I waited.",
        part("level", first): "4",
        part("level", second): "4",
        part("because", second): "It was case 18-20417.",
    }
    wrong = [
        sent,
        sent | {"went_well": ""},
        sent | {part("because", second): "", part("level", second): "99"},
    ]
    for typed in wrong:
        shown = wanda.post(look_back(session), typed)
        assert shown.status_code == 200
        assert 'role="alert"' in shown.text
        assert re.search(rf'name="{part("level", first)}" value="4"[^>]* checked', shown.text)
        assert typed[part("because", second)] in shown.text
        assert not Reflection.objects.exists()
        assert not SelfRating.objects.filter(session=session).exists()


def test_each_part_of_looking_back_saves_itself_as_the_draft_of_its_focus(edition, cast, client_for):
    session, (first, second, _) = three(cast)
    wanda, sam = client_for(cast.wanda), client_for(cast.sam)
    headers = {"X-Autosave": "1"}
    for field, text in (
        (part("level", first), "5"),
        (part("because", second), "It came."),
        ("went_well", "I"),
    ):
        saved = wanda.post(look_back(session), {"field": field, "text": text, "revision": 0}, headers=headers)
        assert saved.json()["revision"] == 1
    drafts = {(row.focus, row.field): row.text for row in Draft.objects.filter(session=session)}
    assert drafts == {(first, "level"): "5", (second, "because"): "It came.", (None, "went_well"): "I"}
    shown = wanda.get(look_back(session)).text
    assert re.search(rf'name="{part("level", first)}" value="5"[^>]* checked', shown)
    assert "It came.</textarea>" in shown
    for client, field, status in ((wanda, "level-nowhere", 404), (sam, part("level", first), 403)):
        sent = {"field": field, "text": "3", "revision": 0}
        assert client.post(look_back(session), sent, headers=headers).status_code == status
    kept = {"act": "keep", "went_well": "I waited.", "revision_went_well": 1, part("level", second): "2"}
    assert wanda.post(look_back(session), kept).status_code == 302
    assert Draft.objects.get(session=session, focus=second, field="level").text == "2"


def test_looking_back_on_three_takes_no_more_queries_than_on_one(
    edition, cast, client_for, django_assert_max_num_queries
):
    on_one, (on_three, _) = steps.ready_for_review(cast.petra, cast.sam), three(cast)
    asked = [queries_of(client_for(on.partnership.worker), look_back(on)) for on in (on_one, on_three)]
    assert asked[1] <= asked[0]
    wanda = client_for(cast.wanda)
    with django_assert_max_num_queries(MOST_QUERIES + LINES_LEVELS_AND_CORRECTIONS + 4):
        wanda.get(look_back(on_three))


def queries_of(client, address: str) -> int:
    """On its second visit: the first fills what is kept for all pages."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)
