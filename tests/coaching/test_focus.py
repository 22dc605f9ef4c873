import pytest

from coaching.models import Focus, SelfRating, Target
from tests.coaching import steps

pytestmark = pytest.mark.both_databases


@pytest.fixture
def focus(agreed):
    return Focus.choose(agreed, steps.aspects_of(agreed)[:1], by=agreed.worker)[0]


def address(focus, page):
    return f"/coaching/{focus.partnership.slug}/focuses/{focus.aspect_slug}/{page}/"


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_worker_finds_every_level_in_words_and_nothing_chosen(client_for, focus):
    page = text_of(client_for(focus.partnership.worker).get(address(focus, "start")))
    assert "Where are you now?" in page
    assert "Only you can read this until you share it. Then Sam Ortiz can, and it stays as it is." in page
    assert page.count('type="radio" name="level"') == 7
    assert "checked" not in page


def test_saying_where_one_starts_leads_to_the_target_one_above_it(client_for, focus):
    client = client_for(focus.partnership.worker)
    response = client.post(
        address(focus, "start"), {"level": "3", "because": "It came up twice."}, follow=True
    )
    assert response.redirect_chain == [(address(focus, "target"), 302)]
    rating = SelfRating.objects.get(focus=focus, session=None)
    assert (rating.level, rating.because) == (3, "It came up twice.")
    page = text_of(response)
    assert "A target is the next stretch, not the top" in page
    assert 'value="4" id="target-4" aria-describedby="target-4-d" checked' in page
    assert page.count("checked") == 1


def test_at_the_top_the_target_is_offered_at_the_top(client_for, focus):
    SelfRating.start(focus, by=focus.partnership.worker, level=7)
    page = text_of(client_for(focus.partnership.worker).get(address(focus, "target")))
    assert 'value="7" id="target-7" aria-describedby="target-7-d" checked' in page


def test_setting_the_target_leads_to_the_goals(client_for, focus):
    SelfRating.start(focus, by=focus.partnership.worker, level=3)
    response = client_for(focus.partnership.worker).post(
        address(focus, "target"), {"level": "4"}, follow=True
    )
    assert response.redirect_chain == [(f"/coaching/{focus.partnership.slug}/goals/", 302)]
    assert Focus.objects.get(pk=focus.pk).target.level == 4
    assert f"your target in {focus.aspect.title}, level 4." in text_of(response)


def test_a_target_can_be_chosen_anew_until_the_first_review(client_for, focus):
    SelfRating.start(focus, by=focus.partnership.worker, level=3)
    Target.set(focus, 4, by=focus.partnership.worker)
    client = client_for(focus.partnership.worker)
    assert 'id="target-4" aria-describedby="target-4-d" checked' in text_of(
        client.get(address(focus, "target"))
    )
    client.post(address(focus, "target"), {"level": "5"})
    assert Focus.objects.get(pk=focus.pk).target.level == 5


def test_after_the_first_review_the_target_is_read_and_not_set(client_for, session):
    session.open(by=session.partnership.supervisor)
    steps.review(session, choice="carry_on")
    focus = session.partnership.focuses.get()
    client = client_for(session.partnership.worker)
    page = text_of(client.get(address(focus, "target")))
    assert "its target moves up by one in a session" in page
    assert 'type="radio"' not in page
    response = client.post(address(focus, "target"), {"level": "6"})
    assert response.status_code == 403
    assert "its target moves up by one in a session" in text_of(response)
    assert Focus.objects.get(pk=focus.pk).target.level == 4


def test_the_target_page_leads_to_the_start_first(client_for, focus):
    client = client_for(focus.partnership.worker)
    assert client.get(address(focus, "target")).headers["Location"] == address(focus, "start")
    response = client.post(address(focus, "target"), {"level": "4"})
    assert response.status_code == 403
    assert "First say where you are now on this ladder" in text_of(response)
    assert Focus.objects.get(pk=focus.pk).target is None


def test_a_start_is_said_once(client_for, focus):
    SelfRating.start(focus, by=focus.partnership.worker, level=3)
    client = client_for(focus.partnership.worker)
    page = text_of(client.get(address(focus, "start")))
    assert "Where you started" in page
    assert "Choose your target" in page
    response = client.post(address(focus, "start"), {"level": "5"})
    assert response.status_code == 403
    assert "You have said where you start on this." in text_of(response)
    assert SelfRating.objects.get(focus=focus).level == 3


@pytest.mark.parametrize("level", ["", "9", "abc", "3.5", "-1"])
def test_a_level_that_the_ladder_lacks_is_asked_for_again_and_words_stay(client_for, focus, level):
    response = client_for(focus.partnership.worker).post(
        address(focus, "start"), {"level": level, "because": "It came up <twice>."}
    )
    assert response.status_code == 200
    page = text_of(response)
    assert '<a href="#start-1">Level: Choose one of the levels on the ladder.</a>' in page
    assert "It came up &lt;twice&gt;." in page
    assert not SelfRating.objects.exists()


def test_words_that_point_to_a_family_are_stopped_and_the_level_stays_chosen(client_for, focus):
    response = client_for(focus.partnership.worker).post(
        address(focus, "start"), {"level": "3", "because": "Call 530-555-0134 went well."}
    )
    page = text_of(response)
    assert "“530-555-0134” looks like a phone number" in page
    assert "Call 530-555-0134 went well.</textarea>" in page
    assert 'value="3" id="start-3" aria-describedby="start-3-d" checked' in page
    assert not SelfRating.objects.exists()


def test_a_target_below_the_start_is_sent_back_with_a_sentence(client_for, focus):
    SelfRating.start(focus, by=focus.partnership.worker, level=4)
    response = client_for(focus.partnership.worker).post(address(focus, "target"), {"level": "2"})
    assert response.status_code == 200
    assert "You placed yourself at 4. Choose that level or one above it." in text_of(response)
    assert Focus.objects.get(pk=focus.pk).target is None


@pytest.mark.parametrize("page", ["start", "target"])
def test_the_supervisor_reads_whose_turn_it_is_and_can_place_nothing(client_for, focus, page):
    client = client_for(focus.partnership.supervisor)
    response = client.get(address(focus, page))
    assert response.status_code == 200
    assert "It’s Wanda’s turn" in text_of(response)
    assert "<form" not in text_of(response).split("<main")[1]
    response = client.post(address(focus, page), {"level": "4"})
    assert response.status_code == 403
    assert "The worker" in text_of(response)
    assert not SelfRating.objects.exists()


def test_the_supervisor_reads_a_start_and_a_target_once_they_are_shared(client_for, focus):
    SelfRating.start(focus, by=focus.partnership.worker, level=3, because="It came up twice.")
    Target.set(focus, 4, by=focus.partnership.worker)
    client = client_for(focus.partnership.supervisor)
    start, target = (text_of(client.get(address(focus, page))) for page in ("start", "target"))
    assert "Where Wanda started" in start
    assert "It came up twice." in start
    assert "Wanda’s target" in target
    assert "Target since" in target


@pytest.mark.parametrize("page", ["start", "target"])
@pytest.mark.parametrize("who", ["olaf", "ada", "root", "petra"])
def test_nobody_else_learns_that_the_page_exists(client_for, cast, focus, who, page):
    client = client_for(getattr(cast, who))
    assert client.get(address(focus, page)).status_code == 404
    assert client.post(address(focus, page), {"level": "4"}).status_code == 404


def test_a_resting_focus_has_no_page(client_for, focus):
    focus.rest(by=focus.partnership.worker)
    assert client_for(focus.partnership.worker).get(address(focus, "start")).status_code == 404
