"""A correction beside one's own shared words: what was shared stays, and "I meant …" stands beside it (product.md, 6)."""

from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from coaching.models import (
    Congratulation,
    Correction,
    EntryLine,
    Observation,
    Partnership,
    Reflection,
    SelfRating,
    engagement,
)
from coaching.models.correction import CORRECTED, kind_of
from coaching.models.erasing import erase_all
from coaching.models.erasure_plan import plan
from coaching.models.locking import Gone
from coaching.models.release import release
from coaching.models.reply import reply
from sopcoach.vault.models import DataKey
from sopcoach.words.refusal import Refused
from tests.coaching import steps

pytestmark = pytest.mark.both_databases

MEANT = "The caregiver’s sister corrected me, on purpose and kindly."


@pytest.fixture
def pair(session, cast) -> Partnership:
    """In session 2, with something of all that can be put right."""
    session.open(by=cast.sam)
    (entry,) = steps.practise(session.partnership.goals.get())
    entry.write_line(by=cast.wanda, text="It opened a door.", share=True)
    steps.log_level(session.partnership.focuses.get(), text="It came by itself.", share=True)
    steps.review(session)
    reply(session, session.partnership.focuses.get(), by=cast.wanda, text="I saw it otherwise.")
    Congratulation.give(session.partnership, by=cast.wanda, text="We keep meeting.")
    return session.partnership


def shared_in(pair: Partnership) -> list:
    """One of each kind; the self-rating is the session's."""
    found = [model.objects.filter(partnership=pair).last() for model in CORRECTED.values()]
    assert all(found)
    return found


def address(pair: Partnership, words) -> str:
    return reverse("put_right", args=[pair.slug, kind_of(words), words.pk])


def mark_of(words) -> str:
    """Tells one correction from another, and looks like no number of a case."""
    return f"({kind_of(words)}{' at the start' if isinstance(words, SelfRating) and not words.session_id else ''})"


# ------------------------------------------------------------------ the rule


def test_it_stands_beside_each_kind_of_shared_words_as_often_as_needed(pair):
    for words in shared_in(pair):
        first = Correction.put(words, by=words.author, text=MEANT)
        second = Correction.put(words, by=words.author, text="And once more.")
        assert list(words.corrections.all()) == [first, second]
        assert first.corrects == words.pk
        assert first.shared_at <= timezone.now()
        before = type(words).objects.get(pk=words.pk)
        assert {name: getattr(words, name) for name in vars(words) if name[0] != "_"} == {
            name: getattr(before, name) for name in vars(words) if name[0] != "_"
        }


def test_only_whoever_shared_it_puts_it_right(pair, cast):
    for words in shared_in(pair):
        for person in {cast.wanda, cast.sam, cast.nia} - {words.author}:
            with pytest.raises(Refused, match=words.author.short_name):
                Correction.put(words, by=person, text=MEANT)
    assert not Correction.objects.exists()


def test_words_that_say_nothing_or_point_to_a_family_are_put_right_first(pair, cast):
    reflection = Reflection.objects.get()
    for text in ("", "  \n", "I meant case 12-345678."):
        with pytest.raises(ValidationError):
            Correction.put(reflection, by=cast.wanda, text=text)
    assert not Correction.objects.exists()


def test_a_second_click_says_it_once(pair, cast):
    reflection = Reflection.objects.get()
    once, again = (Correction.put(reflection, by=cast.wanda, text=MEANT) for _ in range(2))
    assert once == again


def test_it_never_changes(pair, cast):
    correction = Correction.put(Reflection.objects.get(), by=cast.wanda, text=MEANT)
    with pytest.raises(TypeError):
        correction.save()
    with pytest.raises(TypeError):
        Correction.objects.update(text="Otherwise.")


def test_a_private_line_is_written_anew_and_not_corrected(pair, cast):
    (entry,) = steps.practise(pair.goals.get())
    line = entry.write_line(by=cast.wanda, text="For me.", share=False)
    with pytest.raises(Refused, match="yours alone"):
        Correction.put(line, by=cast.wanda, text=MEANT)


def test_it_corrects_exactly_one_thing(pair, cast):
    reflection, rating = Reflection.objects.get(), SelfRating.objects.last()
    row = {"partnership": pair, "author": cast.wanda, "text": MEANT, "sealed_with": reflection.pk}
    for named in ({}, {"reflection": reflection, "self_rating": rating}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.create(**row, **named)


def test_it_can_be_done_in_a_pause_and_by_the_worker_after_the_end(pair, cast):
    engagement.pause(pair, by=cast.sam)
    Correction.put(Observation.objects.get(), by=cast.sam, text="You waited twice.")
    engagement.end(pair, by=cast.sam)
    with pytest.raises(Refused, match="has ended"):
        Correction.put(Observation.objects.get(), by=cast.sam, text="Three times.")
    Correction.put(Reflection.objects.get(), by=cast.wanda, text=MEANT)
    assert Correction.objects.count() == 2


# ------------------------------------------------------------------ its readers


def test_it_has_the_readers_of_what_it_corrects(pair, cast):
    for words in shared_in(pair):
        Correction.put(words, by=words.author, text=MEANT)
    assert Correction.objects.visible_to(cast.wanda).count() == 7
    assert Correction.objects.visible_to(cast.sam).count() == 7
    for person in (cast.nia, cast.petra, cast.ada):
        assert not Correction.objects.visible_to(person).exists()
    engagement.end(pair, by=cast.sam)
    assert Correction.objects.visible_to(cast.wanda).count() == 7
    assert not Correction.objects.visible_to(cast.sam).exists()


def test_a_next_supervisor_reads_it_with_what_it_corrects(pair, session, cast, client_for):
    for words in shared_in(pair):
        Correction.put(words, by=words.author, text=f"{MEANT} {kind_of(words)}.")
    steps.close(session)
    engagement.end(pair, by=cast.sam)
    now = steps.begin(cast.wanda, cast.nia)
    released = reverse("released", args=[now.slug])
    (given,) = release(pair, by=cast.wanda, into=now, sessions=[2])
    assert [one.reflection_id for one in Correction.objects.visible_to(cast.nia)] == [
        Reflection.objects.get().pk
    ]
    assert f"{MEANT} reflection." in client_for(cast.nia).get(released).text
    release(pair, by=cast.wanda, into=now, aspects=[pair.focuses.get().aspect_slug])
    page = client_for(cast.nia).get(released).text
    for kind in ("reflection", "self_rating", "observation", "line", "logged_level"):
        assert page.count(f"{MEANT} {kind}.") == 1
    assert f"{MEANT} congratulation." not in page  # given outside of any session, on no aspect
    given.take_back(by=cast.wanda)
    assert f"{MEANT} reflection." not in client_for(cast.nia).get(released).text
    assert "Put something right" not in client_for(cast.wanda).get(released).text


# ------------------------------------------------------------------ it goes with what it corrects


def test_its_words_stand_under_the_key_of_what_it_corrects(pair):
    for words in shared_in(pair):
        correction = Correction.put(words, by=words.author, text=MEANT)
        assert correction.erasure_unit() == words.erasure_unit()


def test_an_entry_that_is_taken_back_takes_its_line_and_the_correction_along(
    pair, cast, django_capture_on_commit_callbacks
):
    line = EntryLine.objects.get()
    unit = Correction.put(line, by=cast.wanda, text=MEANT).erasure_unit()
    assert DataKey.objects.filter(unit=unit.id, erased_at=None).exists()
    with django_capture_on_commit_callbacks(execute=True):
        line.entry.undo(by=cast.wanda)
    assert not Correction.objects.exists()
    assert not DataKey.objects.filter(unit=unit.id, erased_at=None).exists()
    with pytest.raises(Gone):
        Correction.put(line, by=cast.wanda, text="Once more.")


def test_it_is_erased_with_what_was_shared(pair, session, cast):
    for words in shared_in(pair):
        Correction.put(words, by=words.author, text=MEANT)
    steps.close(session)
    engagement.end(pair, by=cast.wanda)
    assert any("7 corrections" in line for line in plan(pair).shared_lines)
    log = erase_all(pair, by=cast.wanda)
    assert log.counts["Correction"] == 7
    assert not Correction.objects.exists()


# ------------------------------------------------------------------ pages


def test_the_author_puts_it_right_from_the_page_on_which_it_stands(pair, session, cast, client_for):
    rating = SelfRating.objects.get(session=session)
    stands_on = reverse("review_focus", args=[pair.slug, session.number, pair.focuses.get().aspect_slug])
    link = address(pair, rating)
    client = client_for(cast.wanda)
    assert link in client.get(stands_on).text
    page = client.get(link).text
    assert "It came up twice." in page
    assert "Then Sam Ortiz can" in page
    assert "Share the correction with Sam" in page
    said = client.post(link, {"act": "share", "text": MEANT}, follow=True)
    assert said.redirect_chain[-1][0] == stands_on
    text = unescape(said.text)
    assert "Shared with Sam at" in text
    assert "It came up twice." in text
    assert f"I meant: {MEANT}" in text
    assert "You put this right on" in text
    theirs = client_for(cast.sam).get(stands_on).text
    assert link not in theirs
    assert "Wanda put this right on" in unescape(theirs)
    assert address(pair, Observation.objects.get()) in theirs


def test_each_page_shows_what_was_put_right_in_its_words(pair, session, cast, client_for):
    start = SelfRating.objects.get(session=None)
    for words in (*shared_in(pair), start):
        Correction.put(words, by=words.author, text=f"{MEANT} {mark_of(words)}")
    by_kind = {kind_of(words): words for words in shared_in(pair)}
    slug, aspect = pair.slug, pair.focuses.get().aspect_slug
    for page, words in (
        (reverse("look_back", args=[slug, 2]), by_kind["reflection"]),
        (reverse("review_focus", args=[slug, 2, aspect]), by_kind["observation"]),
        (reverse("focus_start", args=[slug, aspect]), start),
        (reverse("celebrations", args=[slug]), by_kind["congratulation"]),
        (reverse("practice"), by_kind["line"]),
        (reverse("practice"), by_kind["logged_level"]),
    ):
        text = client_for(cast.wanda).get(page).text
        assert f"{MEANT} {mark_of(words)}" in text, page
        assert (address(pair, words) in text) is (words.author == cast.wanda), page
    assert Congratulation.objects.filter(session=session).exists()


def test_after_sharing_one_stands_where_the_words_stand(pair, cast, client_for):
    for words in (*shared_in(pair), SelfRating.objects.get(session=None), Congratulation.objects.first()):
        answer = client_for(words.author).post(address(pair, words), {"act": "share", "text": MEANT})
        assert answer.status_code == 302
        assert MEANT in client_for(words.author).get(answer.headers["Location"]).text


def test_an_empty_correction_comes_back_with_what_to_do(pair, cast, client_for):
    answer = client_for(cast.wanda).post(
        address(pair, Reflection.objects.get()), {"act": "share", "text": " "}
    )
    assert answer.status_code == 200
    assert "Write what you meant." in answer.text


def test_the_other_side_and_everybody_else_stay_outside(pair, cast, client_for):
    link = address(pair, Reflection.objects.get())
    assert client_for(cast.sam).get(link).status_code == 403
    assert client_for(cast.sam).post(link, {"act": "share", "text": MEANT}).status_code == 403
    for person in (cast.nia, cast.ada):
        assert client_for(person).get(link).status_code == 404
    unknown = link.replace("/reflection/", "/promise/")
    assert client_for(cast.wanda).get(unknown).status_code == 404


def test_after_the_end_nothing_says_that_it_was_shared_with_whoever_coached(pair, cast, client_for):
    engagement.end(pair, by=cast.wanda)
    client, link = client_for(cast.wanda), address(pair, Reflection.objects.get())
    assert "Share the correction" not in client.get(link).text
    said = client.post(link, {"act": "share", "text": MEANT}, follow=True)
    assert "What you meant stands beside your words now." in unescape(said.text)
    assert client_for(cast.sam).get(link).status_code == 404
