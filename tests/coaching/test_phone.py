"""What a phone may keep of pages, and what becomes of what has waited on it (ADR 39)."""

import uuid
from html import unescape

import pytest
from django.urls import reverse

from coaching.models import Draft, EntryLine, PracticeEntry
from coaching.models.reflection import share_reflection
from coaching.row_security.policy import walled_models
from sopcoach.models import User
from tests.coaching import steps
from tests.coaching.full_world import full_world
from tests.coaching.test_what_people_wrote import author_of, words_of

ON_PHONE = {"X-Phone": "1"}
WAITED = {"X-Autosave": "1"}


@pytest.fixture
def wanda(client_for, session):
    return client_for(session.partnership.worker)


@pytest.fixture
def goal(session):
    return session.partnership.goals.get()


def kept_by(client) -> dict[str, str]:
    """All that a phone keeps of this person, by address."""
    practice = client.get(reverse("practice"), headers=ON_PHONE)
    pages = {reverse("practice"): practice}
    for address in practice["X-Keep-Too"].split():
        pages[address] = client.get(address, headers=ON_PHONE)
    assert all("X-Kept-For" in page for page in pages.values())
    return {address: unescape(page.content.decode()) for address, page in pages.items()}


def test_nobody_keeps_words_of_anybody_else(client_for, db):
    full_world()
    written = [
        (author_of(row, field), text)
        for model in walled_models()
        for row, field, text in words_of(model._base_manager.all())
        if len(text.split()) > 2  # "family" is anybody's
    ]
    for person in User.objects.filter(is_active=True):
        kept = kept_by(client_for(person))
        own = {text for author, text in written if author == person.pk}
        for address, page in kept.items():
            others = [
                text for author, text in written if author != person.pk and text not in own and text in page
            ]
            assert others == [], address


def test_a_worker_keeps_their_practice_where_they_look_back_and_their_ladders(wanda, session):
    slug = session.partnership.slug
    profile = session.partnership.focuses.get().aspect.profile
    assert list(kept_by(wanda)) == [
        reverse("practice"),
        reverse("look_back", args=[slug, session.number]),
        profile.get_absolute_url(),
    ]


def test_a_kept_page_carries_no_key_and_uses_up_no_message(wanda, session):
    for page in kept_by(wanda).values():
        assert "data-keep=" not in page
        assert "No signal just now" in page


def test_the_look_back_is_kept_by_the_worker_alone_until_it_is_shared(client_for, wanda, session):
    address = reverse("look_back", args=[session.partnership.slug, session.number])
    assert wanda.get(address, headers=ON_PHONE).status_code == 200
    assert client_for(session.partnership.supervisor).get(address, headers=ON_PHONE).status_code == 404
    share_reflection(session, by=session.partnership.worker, went_well="I waited.", differently="")
    assert wanda.get(address, headers=ON_PHONE).status_code == 404


@pytest.mark.parametrize("name", ["home", "me", "placements", "private_practice", "groups"])
def test_no_other_page_is_kept(wanda, session, name):
    assert "X-Kept-For" not in wanda.get(reverse(name), headers=ON_PHONE)


def test_a_laptop_that_goes_round_keeps_nothing(wanda, session):
    store = wanda.session
    store["kept_to"] = [reverse("practice")]
    store.save()
    page = wanda.get(reverse("practice"), headers=ON_PHONE)
    assert "X-Kept-For" not in page
    assert page["X-Person"] == "nobody"


def test_every_answer_says_for_whom_it_is(client, wanda, session, client_for):
    assert client.get(reverse("account_login"))["X-Person"] == "nobody"
    hers, his = wanda.get(reverse("limits"))["X-Person"], client_for(session.partnership.supervisor)
    assert hers == wanda.get(reverse("home"))["X-Person"] == wanda.get("/no/such/page/")["X-Person"]
    assert hers not in {"nobody", his.get(reverse("home"))["X-Person"]}


def test_a_line_that_waited_beside_its_tap_finds_it_by_the_taps_own_id(wanda, goal):
    key = uuid.uuid4()
    words = {"line": "I asked twice.", "act": "keep"}
    line = reverse("practice_line", args=[key])
    early = wanda.post(line, words, headers=WAITED)
    assert (early.status_code, early.json()["answer"]) == (404, "never")
    wanda.post(reverse("practice_plus", args=[goal.pk]), {"client_key": key}, headers=WAITED)
    for _ in range(2):
        assert wanda.post(line, words, headers=WAITED).json()["answer"] == "have"
    assert EntryLine.objects.get().text == "I asked twice."
    assert PracticeEntry.objects.count() == 1


def test_a_shared_line_that_comes_twice_is_shared_once(wanda, goal):
    entry = steps.practise(goal)[0]
    line = reverse("practice_line", args=[entry.pk])
    for _ in range(2):
        said = wanda.post(line, {"line": "I asked twice.", "act": "share"}, headers=WAITED)
        assert said.json()["answer"] == "have"
    other = wanda.post(line, {"line": "I asked three times.", "act": "share"}, headers=WAITED)
    assert other.json()["answer"] == "never"
    assert EntryLine.objects.get().text == "I asked twice."


def test_a_line_that_points_to_a_client_says_so_and_counts_on(wanda, goal):
    entry = steps.practise(goal)[0]
    said = wanda.post(
        reverse("practice_line", args=[entry.pk]),
        {"line": "I called 555-0123-456 about it.", "act": "keep"},
        headers=WAITED,
    )
    assert (said.status_code, said.json()["answer"]) == (422, "never")
    assert said.json()["reason"]
    assert not EntryLine.objects.exists()
    assert PracticeEntry.objects.count() == 1


def test_the_look_back_kept_on_a_phone_shows_what_was_drafted(wanda, session):
    Draft.put(
        session, by=session.partnership.worker, field="went_well", text="I let it be quiet.", revision=0
    )
    pages = kept_by(wanda)
    assert (
        "I let it be quiet." in pages[reverse("look_back", args=[session.partnership.slug, session.number])]
    )
