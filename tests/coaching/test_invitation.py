"""Inviting a worker, and answering."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from coaching.models import AccessRecord, Invitation, Partnership, engagement
from sopcoach.words import dates
from sopcoach.words.refusal import Refused
from tests.coaching import steps
from tests.factories import UserFactory

pytestmark = pytest.mark.both_databases


@pytest.fixture
def invitation(cast, edition):
    return Invitation.send(by=cast.sam, to=cast.wanda, words="Would you like company in trying them?")


def at(invitation):
    return reverse("partnership", args=[invitation.slug])


def answer_at(invitation):
    return reverse("invitation_answer", args=[invitation.slug])


def test_a_supervisor_invites_a_worker_by_name(cast, client_for):
    client = client_for(cast.sam)
    listed = client.get(reverse("invite")).text
    assert "<bdi>Wanda Reyes</bdi>" in listed
    assert "North unit</span>" in listed
    assert " checked" not in listed
    response = client.post(reverse("invite"), {"to": cast.wanda.pk, "words": "Shall we?"}, follow=True)
    sent = Invitation.objects.get()
    assert (sent.supervisor, sent.worker, sent.words) == (cast.sam, cast.wanda, "Shall we?")
    assert "Your invitation is with Wanda Reyes." in response.text
    assert response.redirect_chain[-1][0] == reverse("home")


def test_the_list_leaves_out_oneself_those_one_coaches_those_asked_and_closed_accounts(
    cast, edition, client_for
):
    steps.begin(cast.wanda, cast.sam)
    Invitation.send(by=cast.sam, to=cast.petra)
    UserFactory(name="Gone Person", is_active=False)
    page = client_for(cast.sam).get(reverse("invite")).text
    choices = page[page.index("<legend") : page.index("</fieldset>")]
    for name in ("Sam Ortiz", "Wanda Reyes", "Petra Lindqvist", "Gone Person"):
        assert name not in choices
    assert "Nia Okafor" in choices


def test_a_worker_who_is_asked_by_another_supervisor_stays_on_the_list(cast, edition, client_for):
    steps.begin(cast.wanda, cast.nia)
    Invitation.send(by=cast.nia, to=cast.petra)
    page = client_for(cast.sam).get(reverse("invite")).text
    assert "Wanda Reyes" in page
    assert "Petra Lindqvist" in page


def test_with_nobody_to_invite_the_page_says_so(cast, client_for):
    type(cast.sam).objects.exclude(pk=cast.sam.pk).update(is_active=False)
    assert "Nobody to invite just now" in client_for(cast.sam).get(reverse("invite")).text


@pytest.mark.parametrize("name", ["wanda", "petra"])
def test_people_who_may_not_supervise_are_told_whom_to_ask(cast, client_for, name):
    client = client_for(getattr(cast, name))
    for response in (client.get(reverse("invite")), client.post(reverse("invite"), {"to": cast.wanda.pk})):
        assert response.status_code == 403
        assert "An administrator marks who may coach others." in response.text
    assert not Invitation.objects.exists()


def test_an_invitation_without_a_person_keeps_its_words(cast, client_for):
    response = client_for(cast.sam).post(reverse("invite"), {"words": "Shall we?"})
    assert response.status_code == 200
    assert "Choose at least one colleague." in response.text
    assert "Shall we?" in response.text


def test_a_supervisor_invites_several_at_once_and_each_stands_alone(cast, client_for):
    people = [cast.wanda.pk, cast.petra.pk]
    response = client_for(cast.sam).post(reverse("invite"), {"to": people, "words": "Shall we?"}, follow=True)
    assert "Your invitations are with" in response.text
    to_wanda, to_petra = (Invitation.objects.get(worker=person) for person in (cast.wanda, cast.petra))
    page = client_for(cast.wanda).get(at(to_wanda)).text
    assert "Shall we?" in page
    assert "Petra" not in page
    assert client_for(cast.wanda).get(at(to_petra)).status_code == 404


def test_when_one_of_several_cannot_be_asked_nobody_is_and_the_ticks_stay(cast, client_for):
    Invitation.send(by=cast.sam, to=cast.petra)
    people = [cast.wanda.pk, cast.petra.pk]
    response = client_for(cast.sam).post(reverse("invite"), {"to": people})
    assert "Choose somebody from the list." in response.text
    assert f'value="{cast.wanda.pk}" id="id_to_{cast.wanda.pk}" checked' in response.text
    assert Invitation.objects.count() == 1


def test_words_with_an_identifier_are_stopped_and_kept(cast, client_for):
    words = "Remember case 18-20417?"
    response = client_for(cast.sam).post(reverse("invite"), {"to": cast.wanda.pk, "words": words})
    assert response.status_code == 200
    assert "looks like a case number" in response.text
    assert words in response.text
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("to", ["nonsense", "999999", "-1"])
def test_somebody_who_is_not_on_the_list_cannot_be_invited(cast, client_for, to):
    response = client_for(cast.sam).post(reverse("invite"), {"to": to})
    assert response.status_code == 200
    assert "Choose somebody from the list." in response.text


def test_a_second_click_sends_no_second_invitation(cast, client_for):
    client = client_for(cast.sam)
    for _ in range(2):
        client.post(reverse("invite"), {"to": cast.wanda.pk})
    assert Invitation.objects.count() == 1


def test_the_worker_reads_the_invitation_with_nothing_chosen_beforehand(cast, client_for, invitation):
    page = client_for(cast.wanda).get(at(invitation)).text
    assert "Sam Ortiz would like to learn with you" in page
    assert "Would you like company in trying them?" in page
    assert "Only you and Sam Ortiz can read this page and your answer." in page
    assert "a week later nobody sees it any more" in page
    assert " checked" not in page


def test_the_supervisor_sees_what_was_sent_and_cannot_answer(cast, client_for, invitation):
    client = client_for(cast.sam)
    page = client.get(at(invitation)).text
    assert "You’ve invited Wanda Reyes" in page
    assert "There is no answer yet." in page
    assert "Send my answer" not in page
    response = client.post(answer_at(invitation), {"answer": "formal"})
    assert response.status_code == 403
    assert "Only Wanda can answer this." in response.text
    assert client.post(answer_at(invitation), {}).status_code == 403
    assert not Partnership.objects.exists()


@pytest.mark.parametrize("name", ["nia", "petra", "olaf", "ada", "root"])
def test_nobody_else_learns_that_there_is_an_invitation(cast, client_for, invitation, name):
    client = client_for(getattr(cast, name))
    assert client.get(at(invitation)).status_code == 404
    assert client.post(answer_at(invitation), {"answer": "formal"}).status_code == 404


def test_a_yes_begins_the_partnership_at_the_same_address(cast, client_for, invitation):
    client = client_for(cast.wanda)
    response = client.post(answer_at(invitation), {"answer": "formal", "words": "Gladly."})
    assert response.status_code == 302
    assert response.url == at(invitation)
    partnership = Partnership.objects.get()
    assert (partnership.slug, partnership.worker, partnership.supervisor) == (
        invitation.slug,
        cast.wanda,
        cast.sam,
    )
    again = client.post(answer_at(invitation), {"answer": "formal"})
    assert again.status_code == 302
    assert Partnership.objects.count() == 1


def test_not_now_shows_plainly_to_both_and_a_second_click_changes_nothing(cast, client_for, invitation):
    client = client_for(cast.wanda)
    for _ in range(2):
        response = client.post(answer_at(invitation), {"answer": "not_now", "words": "After the summer."})
        assert response.url == at(invitation)
    assert not Partnership.objects.exists()
    gone_on = dates.day(timezone.localtime() + timedelta(days=30))
    for person, heading in ((cast.sam, "Wanda Reyes says: not now"), (cast.wanda, "You answered “not now”")):
        page = client_for(person).get(at(invitation)).text
        assert heading in page
        assert "After the summer." in page
        assert f"gone from both pages on {gone_on}" in page
        assert "Send my answer" not in page


def test_an_answer_cannot_be_turned_round_from_an_old_page(cast, client_for, invitation):
    client = client_for(cast.wanda)
    client.post(answer_at(invitation), {"answer": "not_now"})
    response = client.post(answer_at(invitation), {"answer": "formal"})
    assert response.status_code == 403
    assert "has been answered already" in response.text


def test_not_now_is_gone_after_thirty_days_and_an_invitation_without_an_answer_a_week_later(
    cast, client_for, invitation
):
    other = Invitation.send(by=cast.sam, to=cast.petra)
    other.reply(by=cast.petra, answer="not_now")
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        for person in (cast.petra, cast.sam):
            assert client_for(person).get(at(other)).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=38), tick=False):
        for person in (cast.wanda, cast.sam):
            assert client_for(person).get(at(invitation)).status_code == 404
        assert client_for(cast.wanda).post(answer_at(invitation), {"answer": "formal"}).status_code == 404


@pytest.mark.parametrize("answer", ["", "perhaps"])
def test_without_an_answer_the_word_is_kept_and_the_page_says_what_to_do(
    cast, client_for, invitation, answer
):
    response = client_for(cast.wanda).post(
        answer_at(invitation), {"answer": answer, "words": "Let me think."}
    )
    assert response.status_code == 200
    assert "Choose one of these. Each is a good answer." in response.text
    assert "Let me think." in response.text


def test_a_word_with_an_identifier_keeps_the_chosen_answer(cast, client_for, invitation):
    response = client_for(cast.wanda).post(
        answer_at(invitation), {"answer": "not_now", "words": "Ring me on 916-555-0134."}
    )
    assert response.status_code == 200
    assert "looks like a phone number" in response.text
    assert 'value="not_now" aria-describedby="m-not_now" checked' in response.text
    invitation.refresh_from_db()
    assert invitation.is_open


def test_before_any_edition_is_published_a_yes_is_refused_and_nothing_is_recorded(cast, client_for):
    invitation = Invitation.send(by=cast.sam, to=cast.wanda)
    response = client_for(cast.wanda).post(answer_at(invitation), {"answer": "formal"})
    assert response.status_code == 403
    assert "No practice profiles are published yet." in response.text
    invitation.refresh_from_db()
    assert invitation.is_open


@pytest.mark.parametrize("answer", ["observing", "trying_on", "formal", "not_now"])
def test_the_worker_is_offered_four_answers_and_each_does_what_it_says(cast, client_for, invitation, answer):
    client = client_for(cast.wanda)
    assert f'value="{answer}"' in client.get(at(invitation)).text
    client.post(answer_at(invitation), {"answer": answer})
    begun = Partnership.objects.filter(worker=cast.wanda).first()
    assert (begun.engagement if begun else "not_now") == answer
    sessions = begun.sessions.count() if begun else 0
    assert sessions == (1 if answer == "formal" else 0)


def test_trying_on_goes_to_the_day_that_the_worker_sets_or_thirty_days(cast, client_for, invitation):
    day = timezone.localdate() + timedelta(days=12)
    client_for(cast.wanda).post(answer_at(invitation), {"answer": "trying_on", "until": day.isoformat()})
    assert Partnership.objects.get().until_on == day
    other = Invitation.send(by=cast.nia, to=cast.wanda)
    client_for(cast.wanda).post(answer_at(other), {"answer": "trying_on"})
    assert Partnership.objects.get(supervisor=cast.nia).until_on == timezone.localdate() + timedelta(days=30)


@pytest.mark.parametrize("day", ["2020-01-01", "2190-01-01", "soon"])
def test_a_day_that_cannot_be_keeps_the_answer_and_begins_nothing(cast, client_for, invitation, day):
    response = client_for(cast.wanda).post(answer_at(invitation), {"answer": "trying_on", "until": day})
    assert response.status_code == 200
    assert 'value="trying_on" aria-describedby="m-trying_on" checked' in response.text
    assert day in response.text
    assert not Partnership.objects.exists()


def test_a_day_left_in_its_field_does_no_harm_to_another_answer(cast, client_for, invitation):
    client_for(cast.wanda).post(answer_at(invitation), {"answer": "observing", "until": "2020-01-01"})
    assert Partnership.objects.get().until_on is None


def test_whoever_said_not_now_is_left_in_peace_and_may_ask_on_any_day(cast, edition, client_for, invitation):
    invitation.reply(by=cast.wanda, answer="not_now")
    assert f'value="{cast.wanda.pk}"' not in client_for(cast.sam).get(reverse("invite")).text
    with pytest.raises(ValidationError, match="can ask you on any day"):
        Invitation.send(by=cast.sam, to=cast.wanda)
    assert Invitation.ask(by=cast.wanda, to=cast.sam, wish="observing").is_open
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert f'value="{cast.wanda.pk}"' in client_for(cast.sam).get(reverse("invite")).text


@pytest.fixture
def asked(cast, edition):
    return Invitation.ask(
        by=cast.wanda, to=cast.sam, wish="trying_on", words="I’d like to try it alone first."
    )


def test_a_worker_asks_a_supervisor_and_says_how_far_to_come_in(cast, edition, client_for):
    client = client_for(cast.wanda)
    page = client.get(reverse("ask")).text
    assert "Sam Ortiz" in page
    assert "Petra Lindqvist" not in page
    response = client.post(
        reverse("ask"), {"to": cast.sam.pk, "wish": "observing", "words": "May I?"}, follow=True
    )
    row = Invitation.objects.get()
    assert (row.asker, row.answerer, row.wish, row.words) == (cast.wanda, cast.sam, "observing", "May I?")
    assert "Sam Ortiz can read it now." in response.text
    assert "Whom you’ve asked" in response.text
    assert "Sam Ortiz" not in client.get(reverse("ask")).text


@pytest.mark.parametrize("sent", [{}, {"to": "nonsense", "wish": "everything"}, {"wish": "formal"}])
def test_a_question_that_lacks_something_keeps_its_words(cast, edition, client_for, sent):
    response = client_for(cast.wanda).post(reverse("ask"), sent | {"words": "May I?"})
    assert response.status_code == 200
    assert "May I?" in response.text
    assert not Invitation.objects.exists()


def test_somebody_who_does_not_coach_cannot_be_asked(cast, edition, client_for):
    response = client_for(cast.wanda).post(reverse("ask"), {"to": cast.petra.pk, "wish": "formal"})
    assert "Choose somebody from the list." in response.text
    with pytest.raises(ValidationError, match="doesn’t coach at the moment"):
        Invitation.ask(by=cast.wanda, to=cast.petra, wish="formal")


def test_the_supervisor_finds_who_asks_and_answers_yes_or_not_now(cast, client_for, asked):
    client = client_for(cast.sam)
    home = client.get(reverse("home")).text
    assert "Asked to work with you" in home
    assert "Would like: try on." in home
    page = client.get(at(asked)).text
    assert "Wanda Reyes would like to work with you" in page
    assert "I’d like to try it alone first." in page
    assert 'value="formal"' not in page
    assert client.post(answer_at(asked), {"answer": "formal"}).status_code == 200
    client.post(answer_at(asked), {"answer": "trying_on"})
    begun = Partnership.objects.get()
    assert (begun.worker, begun.supervisor, begun.engagement) == (cast.wanda, cast.sam, "trying_on")
    assert begun.until_on == timezone.localdate() + timedelta(days=30)


def test_whoever_asks_cannot_answer_themselves(cast, client_for, asked):
    client = client_for(cast.wanda)
    assert "You’ve asked Sam Ortiz" in client.get(at(asked)).text
    response = client.post(answer_at(asked), {"answer": "trying_on"})
    assert response.status_code == 403
    assert "Only Sam can answer this." in response.text
    assert not Partnership.objects.exists()


def test_a_supervisors_not_now_shows_to_both_and_is_gone_after_thirty_days(cast, client_for, asked):
    client_for(cast.sam).post(answer_at(asked), {"answer": "not_now", "words": "After the summer."})
    for person in (cast.wanda, cast.sam):
        assert "After the summer." in client_for(person).get(at(asked)).text
    with pytest.raises(ValidationError, match="said “not now” a short while ago"):
        Invitation.ask(by=cast.wanda, to=cast.sam, wish="formal")
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert client_for(cast.wanda).get(at(asked)).status_code == 404
        assert Invitation.ask(by=cast.wanda, to=cast.sam, wish="formal").is_open


@pytest.mark.parametrize("name", ["nia", "petra", "olaf", "ada", "root"])
def test_nobody_else_learns_that_somebody_has_asked(cast, client_for, asked, name):
    client = client_for(getattr(cast, name))
    assert client.get(at(asked)).status_code == 404
    assert client.post(answer_at(asked), {"answer": "trying_on"}).status_code == 404
    assert "Wanda" not in client.get(reverse("home")).text


def test_two_who_have_a_question_open_do_not_ask_each_other_again(cast, edition, asked):
    with pytest.raises(ValidationError, match="Wanda has asked you already"):
        Invitation.send(by=cast.sam, to=cast.wanda)
    with pytest.raises(ValidationError, match="You have asked Sam"):
        Invitation.ask(by=cast.wanda, to=cast.sam, wish="formal")
    Invitation.send(by=cast.nia, to=cast.wanda)
    with pytest.raises(ValidationError, match="Nia has invited you already"):
        Invitation.ask(by=cast.wanda, to=cast.nia, wish="formal")


def test_a_yes_on_an_old_page_begins_nothing_twice(cast, edition, asked):
    first = Invitation.objects.create(supervisor=cast.sam, worker=cast.wanda)
    first.reply(by=cast.wanda, answer="observing")
    with pytest.raises(Refused, match="You work together already"):
        asked.reply(by=cast.sam, answer="trying_on")
    assert Partnership.objects.count() == 1


def test_the_words_of_a_yes_are_read_by_whoever_asked_and_stay_readable_to_both(cast, client_for, invitation):
    client_for(cast.wanda).post(answer_at(invitation), {"answer": "formal", "words": "Gladly, I am curious."})
    home = client_for(cast.sam).get(reverse("home")).text
    assert "Wanda said yes, with a word to you." in home
    assert f'href="{at(invitation)}#began"' in home
    assert "I am curious" not in home
    assert "with a word to you" not in client_for(cast.wanda).get(reverse("home")).text
    for person in (cast.sam, cast.wanda):
        page = client_for(person).get(at(invitation)).text
        assert "Would you like company in trying them?" in page
        assert "Formal coaching.<br>Gladly, I am curious." in page


def test_a_worker_who_asked_reads_what_the_supervisor_says_with_the_yes(cast, client_for, asked):
    client_for(cast.sam).post(answer_at(asked), {"answer": "trying_on", "words": "It would be a joy."})
    assert "Sam said yes, with a word to you." in client_for(cast.wanda).get(reverse("home")).text
    for person in (cast.sam, cast.wanda):
        page = client_for(person).get(at(asked)).text
        assert "I’d like to try it alone first." in page
        assert "Yes, gladly.<br>It would be a joy." in page


def test_that_the_supervisor_opened_the_words_is_told_to_the_worker(cast, client_for, invitation):
    invitation.reply(by=cast.wanda, answer="trying_on", words="Gladly.")
    client_for(cast.wanda).get(at(invitation))
    assert not AccessRecord.objects.exists()
    client_for(cast.sam).get(at(invitation))
    assert AccessRecord.objects.get().label == "What you wrote when you began"
    me = client_for(cast.wanda).get(reverse("me")).text
    assert "What you wrote when you began" in me
    assert "Pass it on" not in me


def test_where_the_worker_wrote_nothing_there_is_nothing_to_tell(cast, client_for, invitation):
    invitation.reply(by=cast.wanda, answer="formal")
    page = client_for(cast.sam).get(at(invitation)).text
    assert "Would you like company in trying them?" in page
    assert not AccessRecord.objects.exists()
    assert "with a word to you" not in client_for(cast.sam).get(reverse("home")).text


def test_a_yes_without_any_words_leaves_no_section(cast, edition, client_for):
    invitation = Invitation.send(by=cast.sam, to=cast.wanda)
    invitation.reply(by=cast.wanda, answer="formal")
    assert "How you began" not in client_for(cast.sam).get(at(invitation)).text


def test_the_words_of_the_beginning_go_once_the_first_session_is_closed(cast, client_for, invitation):
    partnership = invitation.reply(by=cast.wanda, answer="formal", words="Gladly.")
    session = steps.open_session(partnership)
    assert "with a word to you" not in client_for(cast.sam).get(reverse("home")).text
    assert "Gladly." in client_for(cast.sam).get(at(invitation)).text
    steps.close(session)
    assert "Gladly." not in client_for(cast.sam).get(at(invitation)).text


def test_the_words_of_the_beginning_go_after_thirty_days(cast, client_for, invitation):
    invitation.reply(by=cast.wanda, answer="observing", words="Gladly.")
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        for person in (cast.sam, cast.wanda):
            assert "Gladly." not in client_for(person).get(at(invitation)).text
        assert "with a word to you" not in client_for(cast.sam).get(reverse("home")).text


def test_once_it_has_ended_the_words_of_the_beginning_are_the_workers_alone(cast, invitation):
    partnership = invitation.reply(by=cast.wanda, answer="formal", words="Gladly.")
    engagement.end(partnership, by=cast.wanda)
    assert Invitation.objects.visible_to(cast.wanda).get().answer_words == "Gladly."
    assert not Invitation.objects.visible_to(cast.sam).exists()


@pytest.mark.parametrize("name", ["nia", "petra", "olaf", "ada", "root"])
def test_nobody_else_reads_the_words_of_a_beginning(cast, invitation, name):
    invitation.reply(by=cast.wanda, answer="formal", words="Gladly.")
    assert not Invitation.objects.visible_to(getattr(cast, name)).exists()
