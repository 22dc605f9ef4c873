"""Somebody who wants to read or write what isn't theirs, through the front door."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.models import (
    AgreementDraft,
    Congratulation,
    Draft,
    EntryLine,
    Focus,
    Goal,
    Observation,
    PracticeEntry,
    Promise,
    Reflection,
    SelfRating,
    StageWords,
    Target,
    engagement,
)
from coaching.models.decision import decide
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.self_rating import share_self_rating
from tests.coaching import steps

pytestmark = pytest.mark.both_databases

SCRIPT = '<script>alert("x")</script><img src=x onerror=alert(1)>{{ 7|add:7 }}'


@pytest.fixture
def others(cast, edition):
    """Petra and Olaf's pair: rows that Wanda and Sam have no part in."""
    session = steps.ready_for_review(cast.petra, cast.olaf)
    session.open(by=cast.olaf)
    return session


@pytest.fixture
def pair(session):
    session.open(by=session.partnership.supervisor)
    return session


def at(name, session, **extra):
    return reverse(name, args=[session.partnership.slug, *extra.values()])


class TestSwappedIds:
    def test_a_goal_of_another_pair_can_be_neither_counted_nor_let_go(self, pair, others, client_for):
        goal = others.partnership.goals.get()
        wanda = client_for(pair.partnership.worker)
        assert wanda.post(reverse("practice_plus", args=[goal.pk])).status_code == 404
        assert wanda.post(at("goal_put_down", pair, goal=goal.pk)).status_code == 404
        assert wanda.post(at("goal_put_down", others, goal=goal.pk)).status_code == 404
        goal.refresh_from_db()
        assert (goal.put_down_at, PracticeEntry.objects.count()) == (None, 0)

    def test_a_focus_of_another_pair_is_no_place_for_a_goal_of_mine(self, pair, others, client_for):
        theirs = others.partnership.focuses.get()
        sent = {
            "focus": str(theirs.pk),
            "verb": "Use",
            "practice": "Three Questions",
            "joiner": "on",
            "count": "2",
            "unit": "cases",
            "by": "thirty_days",
        }
        answer = client_for(pair.partnership.worker).post(at("goals", pair), sent)
        assert answer.status_code == 200
        assert Goal.objects.filter(focus=theirs).count() == 1
        assert Goal.objects.filter(partnership=pair.partnership).count() == 1

    def test_an_entry_of_another_pair_takes_no_line_and_is_not_undone(self, pair, others, client_for):
        entry = steps.practise(others.partnership.goals.get())[0]
        for person in (pair.partnership.worker, others.partnership.supervisor):
            client = client_for(person)
            for name in ("practice_line", "practice_undo"):
                answer = client.post(reverse(name, args=[entry.pk]), {"line": "Mine now."})
                assert answer.status_code in (403, 404)
        assert PracticeEntry.objects.filter(pk=entry.pk).exists()
        assert not EntryLine.objects.exists()

    def test_an_aspect_that_this_pair_does_not_review_is_no_page(self, pair, others, client_for):
        focus = Focus.choose(
            others.partnership, steps.aspects_of(others.partnership)[1:2], by=others.partnership.worker
        )[0]
        url = reverse("review_focus", args=[pair.partnership.slug, pair.number, focus.aspect_slug])
        sam = client_for(pair.partnership.supervisor)
        assert sam.get(url).status_code == 404
        assert sam.post(url, {"act": "observe", "saw": "Mine."}).status_code == 404

    def test_a_session_number_of_another_pair_opens_mine_or_nothing(self, pair, others, client_for):
        sam = client_for(pair.partnership.supervisor)
        for number in (0, 3, 99, 10**9):
            assert sam.get(f"/coaching/{pair.partnership.slug}/sessions/{number}/").status_code == 404


class TestForgedHeaders:
    @pytest.mark.parametrize(
        "headers",
        [
            {"HX-Request": "true"},
            {"HX-Request": "true", "HX-Boosted": "true", "HX-Target": "saved"},
            {"X-Live": "1"},
            {"X-Autosave": "1"},
            {"X-Autosave": "1", "X-Person": "nobody"},
            {"X-Requested-With": "XMLHttpRequest", "X-HTTP-Method-Override": "POST"},
        ],
        ids=lambda headers: "+".join(headers),
    )
    def test_no_header_opens_a_page_or_a_fragment_to_an_outsider(self, pair, cast, client_for, headers):
        names = ("partnership", "goals", "agreement", "walkthrough", "progress", "celebrations", "sessions")
        urls = [at(name, pair) for name in names]
        urls += [reverse("stage", args=[pair.partnership.slug, 2, stage]) for stage in ("purpose", "content")]
        for person in (cast.olaf, cast.ada, cast.root):
            client = client_for(person)
            own = re.search(r'data-person="([^"]+)"', client.get("/").text)
            assert own
            for url in urls:
                assert client.get(url, headers={"X-Person": own[1]} | headers).status_code == 404
                if "HX-Boosted" not in headers:
                    assert client.get(url, headers=headers).status_code == 404
                answer = client.post(url, {}, headers=headers)
                if "X-Person" in headers:  # a page of somebody else's: said of every address, there or not
                    assert answer.status_code == 401
                    assert answer.content == client.post("/nothing/is/here/", {}, headers=headers).content
                else:
                    assert answer.status_code in (404, 405)

    def test_a_page_that_names_nobody_is_told_to_open_the_address_anew(self, pair, cast, client_for):
        """Whether or not there is anything at it: nothing is looked up."""
        boosted = {"HX-Request": "true", "HX-Boosted": "true"}
        for url in (at("partnership", pair), reverse("partnership", args=["nowhere123"])):
            for person in (cast.wanda, cast.olaf):
                answer = client_for(person).get(url, headers=boosted)
                assert (answer.headers["HX-Redirect"], answer.content) == (url, b"")

    def test_a_fragment_holds_nothing_that_its_page_would_not_show(self, pair, client_for):
        Draft.put(pair, by=pair.partnership.worker, field="went_well", text="A private thought", revision=0)
        sam = client_for(pair.partnership.supervisor)
        for headers in ({"X-Live": "1"}, {"HX-Request": "true"}):
            for url in (
                at("look_back", pair, number=2),
                reverse("stage", args=[pair.partnership.slug, 2, "feedback"]),
            ):
                assert "A private thought" not in sam.get(url, headers=headers).content.decode()


class TestReplayedForms:
    def test_a_supervisor_who_replays_the_workers_forms_changes_nothing(self, pair, client_for):
        sam = client_for(pair.partnership.supervisor)
        focus = pair.partnership.focuses.get()
        review = reverse("review_focus", args=[pair.partnership.slug, 2, focus.aspect_slug])
        acts = [
            (at("look_back", pair, number=2), {"went_well": "All of it."}),
            (review, {"act": "rate", "level": 7}),
            (review, {"act": "decide", "choice": "raise"}),
            (reverse("focus_start", args=[pair.partnership.slug, focus.aspect_slug]), {"level": 1}),
            (reverse("focus_target", args=[pair.partnership.slug, focus.aspect_slug]), {"level": 7}),
            (reverse("practice_plus", args=[pair.partnership.goals.get().pk]), {}),
        ]
        for url, sent in acts:
            assert sam.post(url, sent).status_code == 403, url
        assert not Reflection.objects.exists()
        assert not SelfRating.objects.filter(session=pair).exists()
        assert Target.objects.count() == 1

    def test_a_form_of_the_time_as_supervisor_is_worth_nothing_as_an_outsider(self, pair, client_for):
        sam = pair.partnership.supervisor
        client = client_for(sam)
        url = reverse("stage", args=[pair.partnership.slug, 2, "purpose"])
        assert client.get(url).status_code == 200
        engagement.end(pair.partnership, by=pair.partnership.worker)
        assert client.post(url, {"words": "Still here", "revision_words": 0}).status_code == 403
        assert not StageWords.objects.exists()


class TestMassAssignment:
    EXTRA = {
        "author": "1",
        "author_id": "1",
        "by": "1",
        "worker": "1",
        "supervisor": "1",
        "partnership": "1",
        "session": "1",
        "shared_at": "2020-01-01",
        "id": "00000000-0000-0000-0000-000000000001",
        "descriptor": "1",
        "number": "99",
        "worker_signed_at": "2020-01-01",
        "supervisor_signed_at": "2020-01-01",
    }

    def test_fields_that_no_form_has_are_not_taken(self, pair, client_for):
        partnership = pair.partnership
        wanda, sam = client_for(partnership.worker), client_for(partnership.supervisor)
        focus = partnership.focuses.get()
        review = reverse("review_focus", args=[partnership.slug, 2, focus.aspect_slug])
        soon = (timezone.localdate() + timedelta(days=9)).isoformat()
        before = timezone.now()
        wanda.post(at("look_back", pair, number=2), self.EXTRA | {"went_well": "I waited."})
        wanda.post(review, self.EXTRA | {"act": "rate", "level": 4})
        sam.post(review, self.EXTRA | {"act": "observe", "saw": "You waited.", "level": 4})
        sam.post(at("promise_make", pair, number=2), self.EXTRA | {"promise": "Listen.", "due_on": soon})
        sam.post(at("session_congratulate", pair, number=2), self.EXTRA | {"congratulation": "You waited."})
        terms = {
            "purpose": "To learn.",
            "readers": "Two.",
            "concerns": "Aloud.",
            "rhythm": "weekly",
            "minutes": "60",
        }
        sam.post(at("agreement_draft", pair), self.EXTRA | terms | {"act": "sign"})

        reflection, rating = Reflection.objects.get(), SelfRating.objects.get(session=pair)
        observation, promise = Observation.objects.get(), Promise.objects.get()
        assert (reflection.author, rating.author) == (partnership.worker,) * 2
        assert (observation.author, promise.keeper, Congratulation.objects.get().author) == (
            partnership.supervisor,
        ) * 3
        assert min(reflection.shared_at, rating.shared_at, observation.shared_at) > before
        proposed = partnership.agreements.get(number=2)
        assert (proposed.proposed_by, proposed.worker_signed_at) == (partnership.supervisor, None)
        assert proposed.supervisor_signed_at > before


class TestStoredScript:
    def test_a_script_in_any_field_is_shown_as_the_text_it_is(self, pair, client_for):
        partnership = pair.partnership
        worker, supervisor = partnership.worker, partnership.supervisor
        focus, goal = partnership.focuses.get(), partnership.goals.get()
        for stage, fields in (("purpose", ("words",)), ("feedback", ("plus", "delta"))):
            for field in fields:
                for person in (worker, supervisor):
                    pair.say(stage, by=person, field=field, text=SCRIPT, revision=0)
        steps.practise(goal)[0].write_line(by=worker, text=SCRIPT, share=True)
        Promise.make(pair, by=worker, text=SCRIPT, due_on=timezone.localdate())
        draft = AgreementDraft.begin(partnership, by=supervisor)
        draft.put(
            by=supervisor,
            rhythm="weekly",
            minutes=60,
            place=SCRIPT,
            purpose=SCRIPT,
            readers=SCRIPT,
            concerns=SCRIPT,
        )
        draft.sign(by=supervisor)
        Goal.set(
            focus,
            by=worker,
            by_on=timezone.localdate(),
            verb="Use",
            practice=SCRIPT[:60],
            unit=SCRIPT[:60],
            count=2,
        )
        Draft.put(pair, by=supervisor, field="saw", text=SCRIPT, revision=0, focus=focus)

        share_reflection(pair, by=worker, went_well=SCRIPT, differently=SCRIPT)
        share_self_rating(pair, focus, by=worker, level=4, because=SCRIPT)
        share_observation(pair, focus, by=supervisor, saw=SCRIPT, try_next=SCRIPT)
        decide(pair, focus, by=worker, choice="carry_on")
        Congratulation.give(partnership, by=supervisor, text=SCRIPT, session=pair, focus=focus)

        slug = partnership.slug
        urls = [
            "/",
            "/practice/",
            *(at(name, pair) for name in ("partnership", "goals", "agreement", "celebrations", "progress")),
        ]
        urls += [
            reverse("stage", args=[slug, 2, stage])
            for stage in ("purpose", "content", "next_steps", "feedback")
        ]
        urls += [
            at("session", pair, number=2),
            at("look_back", pair, number=2),
            at("agreement_version", pair, number=2),
        ]
        urls += [reverse("review_focus", args=[slug, 2, focus.aspect_slug])]
        shown = 0
        for person in (worker, supervisor):
            client = client_for(person)
            for url in urls:
                page = client.get(url).content.decode()
                assert '<script>alert("x")' not in page, url
                assert not re.search(r"<img[^>]*onerror", page), url
                shown += page.count("&lt;script&gt;alert")
        assert shown > 25
