"""Beside what the supervisor saw the worker may answer in words of their own (product.md, 6)."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from coaching.models import Correction, Draft, Observation, Reply
from coaching.models.engagement import end, pause
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.reply import reply
from coaching.models.self_rating import share_self_rating
from sopcoach.words.refusal import Refused
from tests.coaching import steps
from tests.coaching.test_retention import apply_retention, days_on
from tests.pages import live_address

pytestmark = pytest.mark.django_db
WORDS = "I see it otherwise: the grandmother was there too."


@pytest.fixture
def seen(edition, cast):
    """A session in which Sam has shared what there was to see on the first of Wanda's two focuses."""
    session = steps.ready_for_review(cast.wanda, cast.sam, focuses=2)
    session.open(by=cast.sam)
    share_reflection(session, by=cast.wanda, went_well="I waited.", differently="")
    focuses = list(session.partnership.focuses.all())
    for focus in focuses:
        share_self_rating(session, focus, by=cast.wanda, level=4)
    return share_observation(session, focuses[0], by=cast.sam, saw="You waited.", level=3)


def address(seen: Observation) -> str:
    return reverse(
        "review_focus",
        args=[seen.session.partnership.slug, seen.session.number, seen.focus.aspect_slug],
    )


def test_the_worker_answers_and_the_supervisor_reads_it(seen, cast, client_for):
    wanda, sam = client_for(cast.wanda), client_for(cast.sam)
    assert "Answer in your own words" in wanda.get(address(seen)).text
    assert "Answer in your own words" not in sam.get(address(seen)).text

    page = wanda.post(address(seen), {"act": "reply", "reply": WORDS}, follow=True)

    assert "Shared with Sam" in page.text
    assert "What you answered" in page.text
    page = sam.get(address(seen)).text
    assert "Wanda answered" in page
    assert WORDS in page


def test_what_is_typed_is_the_workers_alone_until_it_is_shared(seen, cast, client_for):
    Draft.put(seen.session, by=cast.wanda, field="reply", text=WORDS, revision=0, focus=seen.focus)

    assert WORDS in client_for(cast.wanda).get(address(seen)).text
    assert WORDS not in client_for(cast.sam).get(address(seen)).text

    reply(seen.session, seen.focus, by=cast.wanda, text=WORDS)
    assert not Draft.objects.filter(field="reply").exists()


def test_it_is_answered_once_and_put_right_beside_it(seen, cast):
    answered = reply(seen.session, seen.focus, by=cast.wanda, text=WORDS)

    with pytest.raises(Refused, match="answered this already"):
        reply(seen.session, seen.focus, by=cast.wanda, text="And more.")
    assert reply(seen.session, seen.focus, by=cast.wanda, text=WORDS) == answered
    with pytest.raises(TypeError):
        answered.save()

    Correction.put(answered, by=cast.wanda, text="The aunt, not the grandmother.")
    assert answered.corrections.get().text == "The aunt, not the grandmother."
    with pytest.raises(Refused):
        Correction.put(answered, by=cast.sam, text="No.")


def test_nobody_has_to_and_the_supervisor_cant(seen, cast):
    with pytest.raises(Refused, match="your worker’s"):
        reply(seen.session, seen.focus, by=cast.sam, text="Well.")
    with pytest.raises(ValidationError, match="or leave it"):
        reply(seen.session, seen.focus, by=cast.wanda, text="  ")
    with pytest.raises(ValidationError):
        reply(seen.session, seen.focus, by=cast.wanda, text="Call me at 916-555-0123.")
    assert not Reply.objects.exists()


def test_there_is_nothing_to_answer_before_something_was_seen(seen, cast):
    other = seen.session.partnership.focuses.filter(rested_at=None).exclude(pk=seen.focus_id).first()

    with pytest.raises(Refused, match="hasn’t shared what there was to see"):
        reply(seen.session, other, by=cast.wanda, text=WORDS)


def test_a_day_later_it_can_still_be_answered(seen, cast, client_for):
    steps.close(seen.session)
    wanda = client_for(cast.wanda)
    assert "Answer in your own words" in wanda.get(address(seen)).text

    Draft.put(seen.session, by=cast.wanda, field="reply", text="I see it", revision=0, focus=seen.focus)
    assert "I see it</textarea>" in wanda.get(address(seen)).text
    wanda.post(address(seen), {"act": "reply", "reply": WORDS})

    assert Reply.objects.get().text == WORDS
    assert WORDS in client_for(cast.sam).get(address(seen)).text


def test_after_the_session_it_reaches_a_page_that_is_open(seen, cast, client_for):
    steps.close(seen.session)
    sam = client_for(cast.sam)
    asks = live_address(sam.get(address(seen)).text)
    assert sam.get(asks, headers={"X-Live": "1"}).status_code == 204

    reply(seen.session, seen.focus, by=cast.wanda, text=WORDS)

    heard = sam.get(asks, headers={"X-Live": "1"}).json()
    assert heard == {"news": "Wanda has answered it.", "is_same_page": True}
    assert WORDS in sam.get(address(seen), headers={"X-Live": "1"}).text


def test_in_a_pause_it_is_kept_as_it_is_typed_and_shared(seen, cast, client_for):
    steps.close(seen.session)
    seen.session.partnership.refresh_from_db()
    pause(seen.session.partnership, by=cast.sam)
    wanda = client_for(cast.wanda)

    wanda.post(address(seen), {"act": "keep", "reply": "I see it", "revision_reply": "0"})
    assert "I see it</textarea>" in wanda.get(address(seen)).text
    wanda.post(address(seen), {"act": "reply", "reply": WORDS})

    assert Reply.objects.get().text == WORDS
    assert not Draft.objects.filter(field="reply").exists()


def test_once_the_coaching_has_ended_nothing_is_kept_for_an_answer(seen, cast):
    steps.close(seen.session)
    end(seen.session.partnership, by=cast.sam)

    with pytest.raises(Refused):
        Draft.put(seen.session, by=cast.wanda, field="reply", text=WORDS, revision=0, focus=seen.focus)


def test_one_that_is_begun_later_stays_thirty_days_of_its_own(seen, cast):
    steps.close(seen.session)
    with days_on(40):
        Draft.put(seen.session, by=cast.wanda, field="reply", text=WORDS, revision=0, focus=seen.focus)
        apply_retention()
        assert Draft.objects.get(field="reply").text == WORDS
    with days_on(71):
        apply_retention()
    assert not Draft.objects.filter(field="reply").exists()


def test_what_cant_be_kept_stays_in_its_field_with_a_sentence(seen, cast, client_for):
    typed = "Ms. Doe, 916-555-0123, was there."

    page = client_for(cast.wanda).post(address(seen), {"act": "reply", "reply": typed}).text

    assert typed in page
    assert "is-invalid" in page
    assert not Reply.objects.exists()


def test_without_a_script_it_is_kept_by_its_button(seen, cast, client_for):
    wanda = client_for(cast.wanda)

    wanda.post(address(seen), {"act": "keep", "reply": WORDS, "revision_reply": "0"})

    assert Draft.objects.get(field="reply").text == WORDS
    assert not Reply.objects.exists()


def test_an_answer_goes_into_the_record(seen, cast, client_for):
    reply(seen.session, seen.focus, by=cast.wanda, text=WORDS)

    assert WORDS in client_for(cast.wanda).get(reverse("export")).text
