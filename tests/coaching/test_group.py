"""Groups: the list, the link, and each one's own yes."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from coaching.groups.models import Group, GroupMember, GroupSeat, GroupSession
from coaching.groups.turns import suggest_parts
from profiles.models import Edition
from sopcoach.words.refusal import Refused
from tests.coaching import gathering
from tests.factories import UserFactory
from tests.limits import MOST_QUERIES
from tests.pages import live_address

pytestmark = [pytest.mark.usefixtures("edition"), pytest.mark.both_databases]


@pytest.fixture
def people(cast):
    return gathering.peers(cast)


@pytest.fixture
def group(cast, people) -> Group:
    return gathering.open_group(cast.sam, people)


def link_of(group: Group) -> str:
    return reverse("group_join", args=[group.link.token])


# ------------------------------------------------------------ opening one


def test_only_those_who_may_supervise_open_a_group(cast, client_for):
    with pytest.raises(Refused, match="An administrator marks"):
        Group.open(by=cast.wanda, title="Ours")
    answer = client_for(cast.wanda).get("/groups/new/")
    assert answer.status_code == 403
    assert "An administrator marks who may coach others" in answer.text


def test_a_supervisor_opens_a_group_and_asks_people_from_a_list(cast, people, client_for):
    answer = client_for(cast.sam).post(
        "/groups/new/",
        {"title": "Mapping on Tuesdays", "people": [cast.wanda.pk, cast.petra.pk]},
        follow=True,
    )
    group = Group.objects.get()
    assert answer.redirect_chain == [(f"/groups/{group.slug}/", 302)]
    assert "Mapping on Tuesdays" in answer.text
    assert set(group.members.values_list("person__name", flat=True)) == {
        "Sam Ortiz",
        "Wanda Reyes",
        "Petra Lindqvist",
    }


def test_nobody_is_ticked_beforehand_and_the_own_unit_stands_first(cast, people, client_for):
    page = client_for(cast.sam).get("/groups/new/").text
    assert "checked" not in page
    assert page.index("Wanda Reyes") < page.index("Olaf Berg")


def test_a_group_without_a_name_gets_a_sentence_and_keeps_who_was_ticked(cast, people, client_for):
    answer = client_for(cast.sam).post("/groups/new/", {"title": "", "people": [cast.wanda.pk]})
    assert answer.status_code == 200
    assert "Give the group a name" in answer.text
    assert f'value="{cast.wanda.pk}" id="id_people_{cast.wanda.pk}" checked' in answer.text
    assert not Group.objects.exists()


@pytest.mark.parametrize("title", ["Case 18-20417", "x" * 81])
def test_a_name_that_holds_an_identifier_or_is_too_long_is_refused(cast, client_for, title):
    answer = client_for(cast.sam).post("/groups/new/", {"title": title})
    assert answer.status_code == 200
    assert title in answer.text
    assert not Group.objects.exists()


@pytest.mark.parametrize("people", [["abc"], ["999999"], ["1", "x"], ["99999999999999999999"]])
def test_somebody_who_is_not_on_the_list_of_people_is_refused_with_a_sentence(cast, client_for, people):
    answer = client_for(cast.sam).post("/groups/new/", {"title": "Ours", "people": people})
    assert answer.status_code == 200
    assert not Group.objects.exists()


# ------------------------------------------------------------ who sees it


def test_the_list_shows_groups_to_those_who_are_on_them(cast, group, client_for):
    gathering.plan(group)
    for person in (cast.sam, cast.wanda):
        page = client_for(person).get("/groups/").text
        assert "Mapping on Tuesdays" in page
        assert "Listening, together" in page
    assert "Mapping on Tuesdays" not in client_for(cast.olaf).get("/groups/").text


def test_home_says_what_is_ahead_in_ones_groups_and_nothing_else_of_them(cast, people, group, client_for):
    session = gathering.plan(group)
    page = client_for(cast.wanda).get("/").text
    assert "Listening, together" in page
    assert "Your choice" in page
    assert "In your groups" not in client_for(cast.olaf).get("/").text
    gathering.gather(session, people)
    assert "You’re in" in client_for(cast.wanda).get("/").text
    late = UserFactory(name="Late Comer")
    group.ask([late], by=cast.sam)
    session.begin(by=cast.sam)
    assert "Going on" in client_for(cast.wanda).get("/").text
    assert "Listening, together" not in client_for(late).get("/").text
    session.close(by=cast.sam)
    assert "Listening, together" not in client_for(cast.wanda).get("/").text


def test_empty_pages_say_what_to_do(cast, client_for):
    assert "Open a group" in client_for(cast.sam).get("/groups/").text
    page = client_for(cast.wanda).get("/groups/").text
    assert "Being asked commits you to nothing" in page
    assert "Open a group" not in page


def test_to_outsiders_and_administrators_there_is_no_group(cast, group, client_for):
    gathering.plan(group)
    for person in (cast.olaf, cast.nia, cast.ada, cast.root):
        client = client_for(person)
        for address in ("", "ask/", "sessions/1/", "sessions/1/purpose/", "sessions/1/screen/"):
            assert client.get(f"/groups/{group.slug}/{address}").status_code == 404
        for address in (
            "link/",
            "leave/",
            "sessions/",
            "sessions/1/join/",
            "sessions/1/parts/",
            "sessions/1/begin/",
        ):
            assert client.post(f"/groups/{group.slug}/{address}").status_code == 404


def test_only_the_one_who_looks_after_it_sees_who_has_been_asked(cast, group, client_for):
    gathering.plan(group)
    assert "Dele Adeyemi" in client_for(cast.sam).get(f"/groups/{group.slug}/").text
    page = client_for(cast.wanda).get(f"/groups/{group.slug}/").text
    assert "Dele Adeyemi" not in page
    assert group.link.token not in page


def test_pages_of_groups_ask_little_of_the_database(
    cast, people, group, client_for, django_assert_max_num_queries
):
    session = gathering.plan(group)
    gathering.gather(session, people)
    for number in range(3):
        gathering.open_group(cast.sam, people, title=f"Another {number}")
    client = client_for(cast.wanda)
    for address in ("/groups/", f"/groups/{group.slug}/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(address)


# ------------------------------------------------------------ the list and the link


def test_more_people_can_be_asked_and_nobody_twice(cast, group, client_for):
    new = UserFactory(name="Tomas Novak")
    client = client_for(cast.sam)
    page = client.get(f"/groups/{group.slug}/ask/").text
    assert "Tomas Novak" in page
    assert "Dele Adeyemi" not in page
    answer = client.post(f"/groups/{group.slug}/ask/", {"people": [new.pk]}, follow=True)
    assert "One more is on the list" in answer.text
    assert group.ask([new], by=cast.sam) == 0
    assert group.members.filter(person=new).count() == 1


def test_asking_nobody_gets_a_sentence(cast, group, client_for):
    assert "Please choose at least one." in client_for(cast.sam).post(f"/groups/{group.slug}/ask/").text


def test_only_the_one_who_looks_after_it_asks_plans_and_renews_the_link(cast, group, client_for):
    client = client_for(cast.wanda)
    for address in ("ask/", "link/", "sessions/"):
        answer = client.post(f"/groups/{group.slug}/{address}")
        assert answer.status_code == 403
        assert "Sam looks after this group" in answer.text


def test_somebody_with_the_link_joins_the_list_by_their_own_yes(cast, group, client_for):
    client = client_for(cast.olaf)
    page = client.get(link_of(group)).text
    assert "Mapping on Tuesdays" in page
    assert "Sam Ortiz has given you a link" in page
    assert not group.members.filter(person=cast.olaf).exists()
    answer = client.post(link_of(group), follow=True)
    assert answer.redirect_chain == [(f"/groups/{group.slug}/", 302)]
    assert answer.status_code == 200
    client.post(link_of(group))
    assert group.members.filter(person=cast.olaf).count() == 1
    assert client.get(link_of(group)).url == f"/groups/{group.slug}/"


def test_a_renewed_link_closes_the_old_one(cast, group, client_for):
    old = link_of(group)
    answer = client_for(cast.sam).post(f"/groups/{group.slug}/link/", follow=True)
    group.refresh_from_db()
    assert old not in answer.text
    assert client_for(cast.olaf).get(old).status_code == 404
    assert client_for(cast.olaf).post(old).status_code == 404
    with pytest.raises(Refused, match="has been closed"):
        Group.join(old.split("/")[-2], by=cast.olaf)


def test_everybody_comes_off_the_list_by_themselves(cast, group, client_for):
    session = gathering.plan(group)
    GroupSeat.join(session, by=cast.wanda)
    answer = client_for(cast.wanda).post(f"/groups/{group.slug}/leave/", follow=True)
    assert "You’re off that group’s list" in answer.text
    assert not group.members.filter(person=cast.wanda).exists()
    assert not session.seats.filter(person=cast.wanda).exists()
    assert client_for(cast.wanda).get(f"/groups/{group.slug}/").status_code == 404


def test_the_one_who_looks_after_it_takes_somebody_off_but_stays(cast, group, client_for):
    client = client_for(cast.sam)
    client.post(f"/groups/{group.slug}/leave/", {"member": group.members.get(person=cast.wanda).pk})
    assert not group.members.filter(person=cast.wanda).exists()
    assert client.post(f"/groups/{group.slug}/leave/").status_code == 403
    with pytest.raises(Refused, match="by themselves"):
        group.members.get(person=cast.petra).leave(by=cast.wanda)


@pytest.mark.parametrize("member", ["abc", "", "00000000-0000-0000-0000-000000000000"])
def test_taking_off_nobody_is_not_found(cast, group, client_for, member):
    assert client_for(cast.sam).post(f"/groups/{group.slug}/leave/", {"member": member}).status_code == 404


def test_a_peer_cannot_take_another_off_by_naming_them(cast, group, client_for):
    answer = client_for(cast.wanda).post(
        f"/groups/{group.slug}/leave/", {"member": group.members.get(person=cast.petra).pk}
    )
    assert answer.status_code == 404
    assert group.members.filter(person=cast.petra).exists()


# ------------------------------------------------------------ the lobby


def test_a_session_is_planned_on_a_profile_or_as_a_conversation(cast, group, client_for):
    client = client_for(cast.sam)
    profile = Edition.objects.get().profiles.all()[1]
    client.post(f"/groups/{group.slug}/sessions/", {"about": profile.pk, "day": "", "at": ""})
    session = group.sessions.get()
    assert (session.number, session.profile, session.facilitator) == (1, profile, cast.sam)
    assert session.seats.get().person == cast.sam
    again = client.post(f"/groups/{group.slug}/sessions/", {"about": "conversation"})
    assert again.status_code == 200
    assert "Nothing is planned" not in again.text
    with pytest.raises(ValidationError, match="has a session ahead already"):
        gathering.plan(group)


def test_a_plain_conversation_has_a_button_of_its_own(cast, group, client_for):
    page = client_for(cast.sam).get(f"/groups/{group.slug}/").text
    assert "Plan a plain conversation" in page
    # the list of profiles is sent along with the button, and the button comes last
    client_for(cast.sam).post(
        f"/groups/{group.slug}/sessions/", {"about": ["", "conversation"], "day": "", "at": ""}
    )
    assert not group.sessions.get().is_consultation


def test_a_plan_that_does_not_fit_gets_sentences_and_keeps_what_was_typed(cast, group, client_for):
    client = client_for(cast.sam)
    address = f"/groups/{group.slug}/sessions/"
    assert "Choose a practice profile, or a plain conversation." in client.post(address, {"about": "99"}).text
    half = client.post(address, {"about": "conversation", "day": "2030-01-02"})
    assert "Choose an hour, or leave the day open as well." in half.text
    assert 'value="2030-01-02"' in half.text
    past = client.post(address, {"about": "conversation", "day": "2020-01-02", "at": "10:00"})
    assert "Choose a day that is still to come, or leave it open." in past.text
    assert not group.sessions.exists()


def test_each_says_yes_for_themselves_and_can_step_out_again(cast, group, client_for):
    session = gathering.plan(group)
    client = client_for(cast.wanda)
    page = client.get(f"/groups/{group.slug}/").text
    assert "I’m in, on these terms" in page
    assert "Speak for yourself." in page
    assert "No fact that could point to a family" in page
    client.post(f"/groups/{group.slug}/sessions/1/join/")
    client.post(f"/groups/{group.slug}/sessions/1/join/")
    assert session.seats.filter(person=cast.wanda).count() == 1
    assert "You’re in." in client.get(f"/groups/{group.slug}/").text
    client.post(f"/groups/{group.slug}/sessions/1/join/", {"act": "out"})
    assert not session.seats.filter(person=cast.wanda).exists()


def test_an_eleventh_person_besides_the_facilitator_does_not_fit(cast, group):
    more = [UserFactory(name=f"Peer Number{n}") for n in range(7)]
    group.ask(more, by=cast.sam)
    session = gathering.plan(group)
    everybody = [member.person for member in group.members.all() if member.person != cast.sam]
    assert len(everybody) == 11
    for person in everybody[:10]:
        GroupSeat.join(session, by=person)
    with pytest.raises(Refused, match="Ten are in already"):
        GroupSeat.join(session, by=everybody[10])
    assert session.seats.count() == 11


def test_it_begins_with_four_besides_the_facilitator_and_a_presenter(cast, people, group, client_for):
    session = gathering.plan(group)
    for person in people[:3]:
        GroupSeat.join(session, by=person)
    assert "One more to come before you can begin." in client_for(cast.sam).get(f"/groups/{group.slug}/").text
    assert "sessions/1/begin/" not in client_for(cast.sam).get(f"/groups/{group.slug}/").text
    answer = client_for(cast.sam).post(f"/groups/{group.slug}/sessions/1/begin/")
    assert answer.status_code == 403
    assert "at least four people besides Sam" in answer.text
    GroupSeat.join(session, by=people[3])
    with pytest.raises(Refused, match="say who presents"):
        session.begin(by=cast.sam)
    session.take_part("presenter", by=people[0])
    with pytest.raises(Refused, match="Sam leads this session"):
        session.begin(by=people[0])
    assert "sessions/1/begin/" in client_for(cast.sam).get(f"/groups/{group.slug}/").text
    session.begin(by=cast.sam)
    session.begin(by=cast.sam)
    assert session.is_open


def test_nobody_comes_in_or_steps_out_once_it_has_begun(cast, people, client_for):
    session = gathering.begin(cast, people)
    late = UserFactory(name="Late Comer")
    session.group.ask([late], by=cast.sam)
    slug = session.group.slug
    assert client_for(late).post(f"/groups/{slug}/sessions/1/join/").status_code == 403
    assert client_for(late).get(f"/groups/{slug}/sessions/1/").status_code == 403
    assert "has begun with those who are in" in client_for(late).get(f"/groups/{slug}/").text
    assert client_for(cast.wanda).post(f"/groups/{slug}/sessions/1/join/", {"act": "out"}).status_code == 403
    assert client_for(cast.wanda).post(f"/groups/{slug}/leave/").status_code == 403
    assert GroupSeat.objects.count() == 5


# ------------------------------------------------------------ the parts


def test_a_free_part_is_taken_by_oneself_and_a_taken_one_is_not(cast, group, people, client_for):
    session = gathering.plan(group)
    for person in people:
        GroupSeat.join(session, by=person)
    client_for(cast.petra).post(f"/groups/{group.slug}/sessions/1/parts/", {"act": "presenter"})
    session.refresh_from_db()
    assert session.presenter == cast.petra
    answer = client_for(cast.wanda).post(f"/groups/{group.slug}/sessions/1/parts/", {"act": "presenter"})
    assert answer.status_code == 403
    assert "Petra has taken that part" in answer.text
    client_for(cast.petra).post(f"/groups/{group.slug}/sessions/1/parts/", {"act": "observer"})
    session.refresh_from_db()
    assert session.presenter is None


def test_the_facilitator_says_who_presents_and_who_advises(cast, group, people, client_for):
    session = gathering.plan(group)
    for person in people:
        GroupSeat.join(session, by=person)
    client = client_for(cast.sam)
    address = f"/groups/{group.slug}/sessions/1/parts/"
    twice = client.post(address, {"presenter": cast.petra.pk, "advisor": cast.petra.pk})
    assert twice.status_code == 200
    assert "Each takes one part. Choose two people." in twice.text
    stranger = client.post(address, {"presenter": cast.olaf.pk})
    assert "Choose somebody who is in." in stranger.text
    client.post(address, {"presenter": cast.petra.pk, "advisor": cast.wanda.pk})
    session.refresh_from_db()
    assert (session.presenter, session.advisor) == (cast.petra, cast.wanda)
    assert client_for(cast.wanda).post(address, {"presenter": cast.wanda.pk}).status_code == 403


def test_leading_goes_round_among_those_who_may_supervise(cast, group, people, client_for):
    group.ask([cast.nia], by=cast.sam)
    session = gathering.plan(group)
    for person in [*people, cast.nia]:
        GroupSeat.join(session, by=person)
    with pytest.raises(Refused):
        session.lead(by=cast.wanda)
    client_for(cast.nia).post(f"/groups/{group.slug}/sessions/1/parts/", {"act": "lead"})
    session.refresh_from_db()
    assert session.facilitator == cast.nia
    assert cast.sam in session.participants()
    session.seat_of(cast.nia).step_out(by=cast.nia)
    session.refresh_from_db()
    assert session.facilitator == cast.sam


def test_parts_are_suggested_to_whoever_has_not_had_them_for_longest(cast, group, people):
    for _ in range(5):
        session = gathering.plan(group)
        for person in people:
            GroupSeat.join(session, by=person)
        suggested = suggest_parts(session, session.people(), list(group.sessions.exclude(pk=session.pk)))
        session.give_parts(by=cast.sam, presenter=suggested.presenter, advisor=suggested.advisor)
        session.begin(by=cast.sam)
        session.close(by=cast.sam)
    held = list(group.sessions.order_by("number"))
    assert {session.presenter for session in held[:4]} == set(people)
    assert held[4].presenter == held[0].presenter
    assert all(session.presenter != session.advisor for session in held)
    assert {session.advisor for session in held[:4]} == set(people)


def test_the_lobby_says_who_had_which_part_last_time(cast, people, client_for):
    session = gathering.begin(cast, people)
    session.close(by=cast.sam)
    following = gathering.plan(session.group)
    GroupSeat.join(following, by=cast.petra)
    page = client_for(cast.wanda).get(f"/groups/{session.group.slug}/").text
    assert "last time Wanda presented and Petra advised, and Sam led" in page
    assert "it could be Petra’s turn" in page


def test_a_waiting_lobby_shows_who_comes_and_goes_on_when_it_begins(cast, people, group, client_for):
    session = gathering.plan(group)
    gathering.gather(session, people)
    client = client_for(cast.wanda)
    asked = live_address(client.get(f"/groups/{group.slug}/").text)
    live = client.get(asked, headers={"X-Live": "1"})
    assert "Petra Lindqvist" in live.text
    assert "<html" not in live.text
    early = client.get(asked.replace("True", "False"), headers={"X-Live": "1"}).json()
    assert early == {"news": "It can begin now.", "is_same_page": True}
    session.begin(by=cast.sam)
    begun = client.get(asked, headers={"X-Live": "1"}).json()
    assert begun == {"news": "The session has begun: go in.", "is_same_page": True}


def test_seats_are_as_many_as_the_database_allows(cast, group):
    session = gathering.plan(group)

    with pytest.raises(IntegrityError, match="group_seat_eleven_at_most"), transaction.atomic():
        GroupSeat.objects.create(session=session, group=group, person=cast.wanda, place=12)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupSession.objects.create(group=group, number=2, facilitator=cast.sam)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupMember.objects.create(group=group, facilitator=cast.sam, person=cast.wanda)
