from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from coaching.models import AccessRecord, CarriedItem, Congratulation, Placement, Promise, carry, engagement
from coaching.models.access import Thing, note
from coaching.models.reflection import share_reflection
from coaching.models.release import release
from coaching.models.self_rating import share_self_rating
from tests.coaching import steps

pytestmark = pytest.mark.both_databases


def opened(user) -> list[tuple[str, str]]:
    """What others have opened of somebody's coaching, as its worker reads it."""
    rows = AccessRecord.objects.filter(partnership__worker=user).order_by("label").select_related("reader")
    return [(row.reader.name, row.label) for row in rows]


@pytest.fixture
def going_on(session, cast):
    """Wanda has shared in the session that is going on."""
    session.open(by=cast.sam)
    share_reflection(session, by=cast.wanda, went_well="I waited.", differently="")
    share_self_rating(session, session.partnership.focuses.get(), by=cast.wanda, level=4)
    return session


@pytest.mark.parametrize(
    ("name", "extra", "label"),
    [
        ("partnership", [], "Where you are: focuses, goals and promises"),
        ("agreement", [], "Your agreement, version 1"),
        ("agreement_version", [1], "Your agreement, version 1"),
        ("agreement_draft", [], "Your agreement, version 1"),
        ("walkthrough", [], "Your marks in the walk-through"),
        ("focus_start", ["aspect"], "Where you started, {aspect}"),
        ("focus_target", ["aspect"], "Where you started, {aspect}"),
        ("goals", [], "Your goals, and how often you practised them"),
        ("look_back", [2], "Session 2: your reflection"),
        ("review_focus", [2, "aspect"], "Session 2: your reflection and self-rating, {aspect}"),
        ("stage", [2, "purpose"], "Session 2, Purpose"),
        ("progress", [], "Your movement"),
        ("celebrations", [], "Your celebrations"),
    ],
)
def test_the_worker_is_told_what_the_supervisor_has_opened(going_on, cast, client_for, name, extra, label):
    aspect = going_on.partnership.focuses.get().aspect
    args = [going_on.partnership.slug, *(aspect.slug if one == "aspect" else one for one in extra)]
    assert client_for(cast.sam).get(reverse(name, args=args)).status_code == 200
    assert opened(cast.wanda) == [("Sam Ortiz", label.format(aspect=aspect.title))]


def test_a_session_with_a_promise_of_the_workers_is_told(going_on, cast, client_for):
    page = reverse("session", args=[going_on.partnership.slug, 2])
    client_for(cast.sam).get(page)
    assert opened(cast.wanda) == []
    Promise.make(going_on, by=cast.wanda, text="Say it back.", due_on=timezone.localdate())
    client_for(cast.sam).get(page)
    assert opened(cast.wanda) == [("Sam Ortiz", "Session 2: what you promised")]


def test_words_of_congratulation_alone_are_told_too(agreed, cast, client_for):
    session = steps.open_session(agreed)
    Congratulation.give(agreed, by=cast.wanda, text="We began.", session=session)
    steps.close(session)
    client_for(cast.sam).get(reverse("stage", args=[agreed.slug, 1, "feedback"]))
    assert opened(cast.wanda) == [("Sam Ortiz", "Session 1, Plus / delta")]


def test_nobody_is_told_of_a_page_with_only_the_readers_own_words(agreed, cast, client_for):
    slug = agreed.slug
    session = steps.open_session(agreed)
    session.say("purpose", by=cast.sam, field="words", text="To begin.", revision=0)
    Promise.make(session, by=cast.sam, text="Print the ladders.", due_on=timezone.localdate())
    steps.close(session)
    client = client_for(cast.sam)
    for page in (
        reverse("partnership", args=[slug]),
        reverse("sessions", args=[slug]),
        reverse("session", args=[slug, 1]),
        reverse("stage", args=[slug, 1, "purpose"]),
        reverse("goals", args=[slug]),
        reverse("progress", args=[slug]),
        reverse("home"),
    ):
        assert client.get(page).status_code == 200
    assert opened(cast.wanda) == []


def test_what_is_brought_along_counts_as_the_workers(agreed, cast, client_for):
    aspect = steps.aspects_of(agreed)[0]
    carry([Placement.place(aspect, by=cast.wanda, level=3)], into=agreed, by=cast.wanda)
    assert CarriedItem.objects.filter(partnership=agreed).exists()
    client_for(cast.sam).get(reverse("partnership", args=[agreed.slug]))
    assert opened(cast.wanda) == [("Sam Ortiz", "Where you are: focuses, goals and promises")]


def test_nobody_is_told_that_the_worker_opens_their_own_record(going_on, cast, client_for):
    client = client_for(cast.wanda)
    for name in ("partnership", "goals", "progress", "celebrations", "agreement", "walkthrough"):
        client.get(reverse(name, args=[going_on.partnership.slug]))
    assert AccessRecord.objects.count() == 0


@pytest.mark.parametrize("header", ["X-Live", "X-Autosave", "HX-Request"])
def test_no_header_lets_anybody_read_without_a_line(going_on, cast, client_for, header):
    page = reverse("stage", args=[going_on.partnership.slug, 2, "purpose"])
    client = client_for(cast.sam)
    client.get(page, headers={header: "1"})
    assert AccessRecord.objects.count() == 1
    client.get(page, headers={header: "1"})
    assert AccessRecord.objects.count() == 1


def test_a_form_that_comes_back_with_the_others_words_is_told_as_well(going_on, cast, client_for):
    page = reverse("celebrations", args=[going_on.partnership.slug])
    Congratulation.give(going_on.partnership, by=cast.wanda, text="We began.")
    assert client_for(cast.sam).post(page, {"text": ""}).status_code == 200
    assert opened(cast.wanda) == [("Sam Ortiz", "Your celebrations")]


def test_once_for_each_person_thing_and_day(going_on, cast, client_for):
    page = reverse("goals", args=[going_on.partnership.slug])
    client = client_for(cast.sam)
    client.get(page)
    client.get(page)
    assert len(opened(cast.wanda)) == 1
    first = AccessRecord.objects.get().first_at
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        client_for(cast.sam).get(page)
    assert len(opened(cast.wanda)) == 2
    assert AccessRecord.objects.order_by("first_at")[0].first_at == first


def test_a_line_costs_one_query_the_first_time_and_again(agreed, cast, django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(1):
            note([agreed.pk], by=cast.sam, thing=Thing.GOALS)


def test_a_former_supervisor_who_reads_the_agreement_is_told(agreed, cast, client_for):
    engagement.end(agreed, by=cast.sam)
    client_for(cast.sam).get(reverse("agreement", args=[agreed.slug]))
    assert opened(cast.wanda) == [("Sam Ortiz", "Your agreement, version 1")]


def test_what_was_released_is_told_under_the_coaching_it_comes_from(going_on, cast, client_for):
    old = going_on.partnership
    new = steps.begin(cast.wanda, cast.nia)
    page = reverse("released", args=[new.slug])
    client_for(cast.nia).get(page)
    assert opened(cast.wanda) == []
    release(old, by=cast.wanda, into=new, aspects=[old.focuses.get().aspect_slug])
    client_for(cast.wanda).get(page)
    assert opened(cast.wanda) == []
    client_for(cast.nia).get(page)
    row = AccessRecord.objects.get()
    assert (row.partnership, row.reader, row.label) == (old, cast.nia, "What you have released of it")


def test_a_line_never_changes(agreed, cast):
    note([agreed.pk], by=cast.sam, thing=Thing.GOALS)
    row = AccessRecord.objects.get()
    row.label = "Nothing"
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        AccessRecord.objects.update(label="Nothing")


def test_lines_are_read_by_the_worker_and_by_whoever_opened(agreed, cast):
    note([agreed.pk], by=cast.sam, thing=Thing.GOALS)
    readers = [user for user in cast.everybody if AccessRecord.objects.visible_to(user).exists()]
    assert readers == [cast.wanda, cast.sam]
