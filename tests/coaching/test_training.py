from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from coaching.models import CarriedItem, Placement, carry
from coaching.training.models import Cohort, Trainee, TrainingNote
from profiles.models import SkillAspect
from sopcoach.words.refusal import Refused
from tests.coaching import steps
from tests.limits import MOST_QUERIES
from tests.profiles.factories import small_edition

pytestmark = pytest.mark.both_databases


def text_of(response):
    return " ".join(response.content.decode().split())


def set_up(cast, edition, **parts) -> Cohort:
    today = timezone.localdate()
    parts = {
        "title": "New workers, spring",
        "audience": Cohort.Audience.WORKERS,
        "edition": edition,
        "facilitator": cast.nia,
        "starts_on": today - timedelta(days=2),
        "ends_on": today + timedelta(days=5),
    } | parts
    cohort = Cohort(**parts)
    cohort.keep(by=cast.ada)
    return cohort


@pytest.fixture
def cohort(cast, edition) -> Cohort:
    """Nia leads, Wanda and Petra learn."""
    cohort = set_up(cast, edition)
    cohort.enrol([cast.wanda, cast.petra], by=cast.ada)
    return cohort


@pytest.fixture
def aspect(edition) -> SkillAspect:
    return SkillAspect.objects.get(slug="listening-opening")


def form_of(cast, edition, **parts):
    return {
        "title": "New workers, spring",
        "audience": "workers",
        "edition": edition.pk,
        "facilitator": cast.nia.pk,
        "starts_on": "2030-03-04",
        "ends_on": "2030-03-15",
    } | parts


# Administrators


def test_an_administrator_sets_up_a_cohort_and_puts_people_in_by_a_list_of_emails(client_for, cast, edition):
    ada = client_for(cast.ada)
    assert "No cohort yet, and that’s fine" in text_of(ada.get("/manage/cohorts/"))
    response = ada.post("/manage/cohorts/new/", form_of(cast, edition))
    cohort = Cohort.objects.get()
    assert response.headers["Location"] == f"/manage/cohorts/{cohort.slug}/people/"
    response = ada.post(
        response.headers["Location"],
        {"emails": "WANDA.reyes@agency.example, petra.lindqvist@agency.example\n"},
    )
    assert response.headers["Location"] == f"/manage/cohorts/{cohort.slug}/"
    assert {trainee.person for trainee in cohort.trainees.all()} == {cast.wanda, cast.petra}
    page = text_of(ada.get(f"/manage/cohorts/{cohort.slug}/"))
    assert "Wanda Reyes" in page
    assert cohort.code in page
    assert "New workers, spring" in text_of(ada.get("/manage/cohorts/"))


def test_people_are_found_by_name_and_ticked(client_for, cast, cohort):
    ada = client_for(cast.ada)
    address = f"/manage/cohorts/{cohort.slug}/people/"
    page = text_of(ada.post(address, {"people_words": "ortiz", "act": "find"}))
    assert f'name="people" value="{cast.sam.pk}"' in page
    assert "Wanda Reyes" not in text_of(ada.post(address, {"people_words": "wanda", "act": "find"}))
    ada.post(address, {"people": [cast.sam.pk]})
    assert cohort.trainees.filter(person=cast.sam).exists()


def test_an_unknown_email_is_named_and_the_list_stays_in_its_field(client_for, cast, cohort):
    ada = client_for(cast.ada)
    typed = "sam.ortiz@agency.example nobody@agency.example"
    response = ada.post(f"/manage/cohorts/{cohort.slug}/people/", {"emails": typed})
    assert response.status_code == 200
    assert "Nobody with an active account has nobody@agency.example." in text_of(response)
    assert f"{typed}</textarea>" in text_of(response)
    assert cohort.trainees.count() == 2
    response = ada.post(f"/manage/cohorts/{cohort.slug}/people/", {"emails": " "})
    assert "Tick somebody, or write an e-mail" in text_of(response)
    response = ada.post(f"/manage/cohorts/{cohort.slug}/people/", {"people": ["x"]})
    assert "Choose people with an active account." in text_of(response)


def test_bad_values_get_a_sentence_each_and_stay_typed(client_for, cast, edition):
    ada = client_for(cast.ada)
    response = ada.post(
        "/manage/cohorts/new/",
        form_of(cast, edition, title="", audience="x", facilitator="", ends_on="2030-03-01")
        | {"edition": "9999"},
    )
    page = text_of(response)
    assert response.status_code == 200
    assert "Give it a name" in page
    assert "Choose one of the two." in page
    assert "Choose an edition that is published." in page
    assert "The last day comes after the first, or is the same." in page
    assert 'value="2030-03-01"' in page
    response = ada.post("/manage/cohorts/new/", form_of(cast, edition, title="a\x07b", starts_on="soon"))
    assert "Write a day such as 2026-12-08." in text_of(response)
    response = ada.post("/manage/cohorts/new/", form_of(cast, edition, title="a\u200bb"))
    assert "characters that can’t be shown" in text_of(response)
    assert not Cohort.objects.exists()


def test_a_facilitator_is_no_trainee_of_the_same_cohort(client_for, cast, cohort, edition):
    with pytest.raises(ValidationError, match="leads this training"):
        cohort.enrol([cast.nia], by=cast.ada)
    response = client_for(cast.ada).post(
        f"/manage/cohorts/{cohort.slug}/", form_of(cast, edition, facilitator=cast.wanda.pk)
    )
    assert "Wanda is a trainee here. Choose somebody else." in text_of(response)


def test_another_facilitator_sees_who_has_joined_and_the_earlier_one_nothing(
    client_for, cast, cohort, edition
):
    client_for(cast.ada).post(
        f"/manage/cohorts/{cohort.slug}/", form_of(cast, edition, facilitator=cast.sam.pk)
    )
    assert "Wanda Reyes" in text_of(client_for(cast.sam).get(f"/training/{cohort.slug}/"))
    assert client_for(cast.nia).get(f"/training/{cohort.slug}/").status_code == 404


def test_somebody_is_taken_out_and_an_empty_cohort_deleted(client_for, cast, cohort):
    ada = client_for(cast.ada)
    with pytest.raises(Refused, match="Take them out first"):
        cohort.remove(by=cast.ada)
    for person in (cast.wanda, cast.petra):
        ada.post(f"/manage/cohorts/{cohort.slug}/people/", {"take_out": person.pk})
    for asked in ("x", "99999", "٣", "9" * 40):
        response = ada.post(f"/manage/cohorts/{cohort.slug}/people/", {"take_out": asked})
        assert response.status_code == 404
    assert ada.post(f"/manage/cohorts/{cohort.slug}/remove/").headers["Location"] == "/manage/cohorts/"
    assert not Cohort.objects.exists()


def test_nobody_but_an_administrator_looks_after_cohorts(client_for, cast, cohort, edition):
    for user in (cast.nia, cast.wanda, cast.olaf):
        client = client_for(user)
        for address in ("", "new/", f"{cohort.slug}/", f"{cohort.slug}/people/"):
            assert client.get(f"/manage/cohorts/{address}").status_code == 403
        for address in ("code/", "remove/"):
            assert client.post(f"/manage/cohorts/{cohort.slug}/{address}").status_code == 403
    for verb in (
        lambda: cohort.keep(by=cast.nia),
        lambda: cohort.enrol([cast.olaf], by=cast.nia),
        lambda: cohort.renew_code(by=cast.nia),
        lambda: cohort.remove(by=cast.nia),
    ):
        with pytest.raises(Refused):
            verb()
    assert client_for(cast.ada).get("/manage/cohorts/nothing/").status_code == 404


# Joining


def test_somebody_joins_by_the_code_however_it_is_typed(client_for, cast, cohort):
    olaf = client_for(cast.olaf)
    response = olaf.post("/training/", {"code": f" {cohort.code.replace('-', ' ').upper()} "})
    assert response.headers["Location"] == f"/training/{cohort.slug}/"
    olaf.post("/training/", {"code": cohort.code})
    assert cohort.trainees.filter(person=cast.olaf).count() == 1
    assert "New workers, spring" in text_of(olaf.get("/training/"))


def test_a_code_that_is_wrong_renewed_or_over_lets_nobody_in_and_says_so(client_for, cast, cohort):
    olaf = client_for(cast.olaf)
    earlier = cohort.code
    cohort.renew_code(by=cast.ada)
    for code in (earlier, "nothing", "-", "x" * 50, "\x00"):
        response = olaf.post("/training/", {"code": code})
        assert response.status_code == 200, code
    assert "No training has this code now." in text_of(olaf.post("/training/", {"code": earlier}))
    assert "Type the code that you were given." in text_of(olaf.post("/training/", {"code": ""}))
    Cohort.objects.update(starts_on="2020-01-01", ends_on="2020-01-02")
    assert "No training has this code now." in text_of(olaf.post("/training/", {"code": cohort.code}))
    assert not cohort.trainees.filter(person=cast.olaf).exists()


def test_a_trainee_may_leave_and_keeps_what_is_theirs(client_for, cast, cohort, aspect):
    Placement.place(aspect, by=cast.wanda, level=2)
    TrainingNote.write(by=cast.wanda, text="Ask what else.", revision=0)
    wanda = client_for(cast.wanda)
    assert wanda.post(f"/training/{cohort.slug}/", {"leave": "1"}).headers["Location"] == "/training/"
    assert wanda.get(f"/training/{cohort.slug}/").status_code == 404
    assert "Ask what else." in text_of(wanda.get("/training/"))
    assert Placement.objects.visible_to(cast.wanda).count() == 1
    wanda.post("/training/", {"forget_note": "1"})
    assert not TrainingNote.objects.exists()


# The way through the profiles


def test_a_trainee_goes_through_the_profiles_in_learning_order(client_for, cast, cohort, aspect):
    wanda = client_for(cast.wanda)
    page = text_of(wanda.get(f"/training/{cohort.slug}/"))
    assert page.index("Listening") < page.index("Mapping") < page.index("Planning")
    assert f'href="/placements/listening/?training={cohort.slug}">Read it and find where I am' in page
    address = f"/placements/listening/?training={cohort.slug}&aspect=listening-opening"
    response = wanda.post(address, {"level": "2"})
    assert response.headers["Location"] == (
        f"/placements/listening/?aspect=listening-following&training={cohort.slug}"
    )
    response = wanda.post(response.headers["Location"], {"level": "1"})
    assert response.headers["Location"] == f"/training/{cohort.slug}/"
    page = text_of(wanda.get(f"/training/{cohort.slug}/"))
    assert "2 placements, for you only" in page
    assert f'href="/placements/mapping/?training={cohort.slug}">Read it and find where I am' in page


def test_a_training_keeps_its_own_edition(client_for, cast, cohort):
    newer = small_edition(name="2", profiles=1)
    wanda = client_for(cast.wanda)
    page = text_of(wanda.get(f"/training/{cohort.slug}/"))
    assert "Three profiles, in learning order" in page
    assert f"/profiles/mapping/print/?edition={cohort.edition.slug}" in page
    assert wanda.get(f"/profiles/mapping/print/?edition={cohort.edition.slug}").status_code == 200
    assert wanda.get(f"/placements/mapping/?training={cohort.slug}").status_code == 200
    assert wanda.get("/placements/mapping/").status_code == 404
    assert wanda.get(f"/profiles/mapping/print/?edition={newer.slug}").status_code == 404


def test_nobody_else_finds_their_way_by_a_training(client_for, cast, cohort):
    assert client_for(cast.olaf).get(f"/placements/listening/?training={cohort.slug}").status_code == 404


def test_the_note_saves_itself_and_is_its_owners_alone(client_for, cast, cohort):
    wanda = client_for(cast.wanda)
    address = f"/training/{cohort.slug}/"
    response = wanda.post(
        address,
        {"field": "note", "text": "Ask what else.", "revision": "0"},
        headers={"X-Autosave": "1"},
    )
    assert response.json()["status"].startswith("Saved at")
    assert "Ask what else.</textarea>" in text_of(wanda.get(address))
    for user in (cast.nia, cast.petra):
        assert "Ask what else." not in text_of(client_for(user).get(address))
    assert not TrainingNote.objects.visible_to(cast.nia).exists()


def test_the_note_works_without_javascript_and_keeps_what_was_typed(client_for, cast, cohort):
    wanda = client_for(cast.wanda)
    address = f"/training/{cohort.slug}/"
    response = wanda.post(address, {"note": "Call 916-555-0142.", "revision_note": "0"})
    assert response.status_code == 200
    assert "Call 916-555-0142.</textarea>" in text_of(response)
    assert wanda.post(address, {"note": "Ask.", "revision_note": "0"}).status_code == 302
    response = wanda.post(address, {"note": "Listen.", "revision_note": "0"})
    assert "Ask." in text_of(response)
    assert "Listen.</textarea>" in text_of(response)
    assert TrainingNote.objects.get().text == "Ask."


def test_the_facilitator_sees_who_has_joined_and_nothing_else(client_for, cast, cohort, aspect):
    Placement.place(aspect, by=cast.wanda, level=2, note="Mine alone.")
    nia = client_for(cast.nia)
    page = text_of(nia.get(f"/training/{cohort.slug}/"))
    assert "Wanda Reyes" in page
    assert cohort.code in page
    assert "placement" not in page
    assert "Mine alone." not in page
    response = nia.post(f"/training/{cohort.slug}/", {"note": "x"})
    assert response.status_code == 403
    assert "You lead this training." in text_of(response)


def test_outsiders_and_administrators_find_no_training(client_for, cast, cohort):
    for user in (cast.olaf, cast.sam, cast.ada, cast.root):
        client = client_for(user)
        assert client.get(f"/training/{cohort.slug}/").status_code == 404
        assert client.post(f"/training/{cohort.slug}/", {"note": "x"}).status_code == 404
        assert "New workers, spring" not in text_of(client.get("/training/"))


def test_on_the_last_day_the_page_asks_what_becomes_of_the_placements(client_for, cast, cohort, aspect):
    wanda = client_for(cast.wanda)
    assert "Until then there’s nothing to do." in text_of(wanda.get(f"/training/{cohort.slug}/"))
    Cohort.objects.update(ends_on=timezone.localdate())
    Placement.place(aspect, by=cast.wanda, level=2)
    page = text_of(wanda.get(f"/training/{cohort.slug}/"))
    assert "Today is the last day" in page
    assert "Once somebody coaches you" in page
    partnership = steps.begin(cast.wanda, cast.sam)
    page = text_of(wanda.get(f"/training/{cohort.slug}/"))
    assert f'href="/coaching/{partnership.slug}/bring/">Take some into coaching with Sam Ortiz' in page
    assert 'href="/placements/?delete=all"' in page


def test_who_has_placed_nothing_has_nothing_to_decide_once_it_is_over(client_for, cast, cohort):
    yesterday = timezone.localdate() - timedelta(days=1)
    Cohort.objects.update(ends_on=yesterday)
    assert "You have placed nothing" in text_of(client_for(cast.wanda).get(f"/training/{cohort.slug}/"))


def test_in_a_training_of_one_day_the_way_begins_before_anything_is_to_be_decided(client_for, cast, edition):
    today = timezone.localdate()
    cohort = set_up(cast, edition, starts_on=today, ends_on=today)
    cohort.enrol([cast.wanda], by=cast.ada)
    page = text_of(client_for(cast.wanda).get(f"/training/{cohort.slug}/"))
    assert "Next on your way" in page
    assert "nothing to decide" not in page


def test_where_somebody_stood_in_other_words_isnt_counted_on_the_way(client_for, cast, edition, aspect):
    Placement.place(aspect, by=cast.wanda, level=3)
    newer = small_edition(name="2", top=5)
    cohort = set_up(cast, newer)
    cohort.enrol([cast.wanda], by=cast.ada)
    page = text_of(client_for(cast.wanda).get(f"/training/{cohort.slug}/"))
    assert "1 placement, for you only" not in page
    Placement.place(newer.aspects.get(slug=aspect.slug), by=cast.wanda, level=3)
    assert "1 placement, for you only" in text_of(client_for(cast.wanda).get(f"/training/{cohort.slug}/"))


def test_an_edition_without_stories_says_so_before_the_class_meets(client_for, cast, edition):
    cohort = set_up(cast, edition, audience=Cohort.Audience.SUPERVISORS)
    cohort.enrol([cast.wanda], by=cast.ada)
    none = "says them differently, so there is none to place here"
    assert none in text_of(client_for(cast.ada).get(f"/manage/cohorts/{cohort.slug}/"))
    assert none in text_of(client_for(cast.nia).get(f"/training/{cohort.slug}/"))
    assert "Levelling together" not in text_of(client_for(cast.wanda).get(f"/training/{cohort.slug}/"))


def test_the_pages_stay_within_their_queries(client_for, cast, cohort, django_assert_max_num_queries):
    for aspect in SkillAspect.objects.all():
        Placement.place(aspect, by=cast.wanda, level=2, note="A note.")
    TrainingNote.write(by=cast.wanda, text="Ask what else.", revision=0)
    Cohort.objects.update(ends_on=timezone.localdate())
    for user, address in (
        (cast.wanda, "/training/"),
        (cast.wanda, f"/training/{cohort.slug}/"),
        (cast.wanda, f"/placements/listening/?training={cohort.slug}"),
        (cast.nia, f"/training/{cohort.slug}/"),
    ):
        client = client_for(user)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200


# Bringing along


def test_before_an_agreement_nothing_can_be_brought_along(client_for, cast, partnership, aspect):
    placement = Placement.place(aspect, by=cast.wanda, level=2)
    wanda = client_for(cast.wanda)
    address = f"/coaching/{partnership.slug}/bring/"
    assert "First you agree on how you’ll work together." in text_of(wanda.get(address))
    response = wanda.post(address, {"items": [str(placement.pk)]})
    assert response.status_code == 403
    assert not CarriedItem.objects.exists()


def test_chosen_placements_are_copied_and_the_private_ones_stay(client_for, cast, agreed, aspect):
    chosen = Placement.place(aspect, by=cast.wanda, level=2, note="With a card.")
    kept = Placement.place(
        SkillAspect.objects.get(slug="mapping-opening"), by=cast.wanda, level=4, note="Not this one."
    )
    wanda, sam = client_for(cast.wanda), client_for(cast.sam)
    address = f"/coaching/{agreed.slug}/bring/"
    page = text_of(wanda.get(address))
    assert "checked" not in page
    assert "Sam Ortiz can read too, from then on and as it is." in page
    assert wanda.post(address, {"items": [str(chosen.pk)]}).status_code == 302
    item = CarriedItem.objects.get()
    assert (item.level, item.note, item.author) == (2, "With a card.", cast.wanda)
    assert Placement.objects.count() == 2
    for client in (wanda, sam):
        page = text_of(client.get(f"/coaching/{agreed.slug}/"))
        assert "Brought along" in page
        assert "With a card." in page
        assert "Not this one." not in page
    assert "With a card." not in text_of(wanda.get(address))
    chosen.delete()
    assert "With a card." in text_of(sam.get(f"/coaching/{agreed.slug}/"))
    assert kept.note == "Not this one."


def test_what_was_brought_along_stands_where_the_worker_says_where_they_start(
    client_for, cast, agreed, aspect
):
    carry([Placement.place(aspect, by=cast.wanda, level=2, note="With a card.")], into=agreed, by=cast.wanda)
    steps.walk_through(agreed)
    focus, *_ = steps.focus_on(agreed)
    assert focus.aspect_slug == aspect.slug
    assert "With a card." in text_of(
        client_for(cast.wanda).get(f"/coaching/{agreed.slug}/focuses/{aspect.slug}/start/")
    )


def test_bringing_the_same_twice_copies_it_once_and_a_copy_never_changes(cast, agreed, aspect):
    placement = Placement.place(aspect, by=cast.wanda, level=2)
    (item,) = carry([placement], into=agreed, by=cast.wanda)
    assert carry([placement], into=agreed, by=cast.wanda) == []
    with pytest.raises(TypeError):
        item.save()
    with pytest.raises(TypeError):
        CarriedItem.objects.update(aspect_slug="x")


def test_only_the_worker_brings_along_and_only_what_is_theirs(client_for, cast, agreed, aspect):
    theirs = Placement.place(aspect, by=cast.petra, level=2)
    own = Placement.place(aspect, by=cast.sam, level=2)
    with pytest.raises(Refused, match="the worker’s to choose"):
        carry([own], into=agreed, by=cast.sam)
    with pytest.raises(ValidationError, match="listed below"):
        carry([theirs], into=agreed, by=cast.wanda)
    address = f"/coaching/{agreed.slug}/bring/"
    for response in (client_for(cast.sam).get(address), client_for(cast.sam).post(address)):
        assert response.status_code == 403
        assert "What to bring along is Wanda’s to choose" in text_of(response)
    for user in (cast.olaf, cast.nia, cast.ada, cast.root):
        assert client_for(user).get(address).status_code == 404
        assert client_for(user).post(address).status_code == 404


def test_nothing_ticked_and_wrong_keys_get_a_sentence(client_for, cast, agreed, aspect):
    wanda = client_for(cast.wanda)
    address = f"/coaching/{agreed.slug}/bring/"
    assert "Nothing to bring along, and that’s fine" in text_of(wanda.get(address))
    theirs = Placement.place(aspect, by=cast.petra, level=2)
    Placement.place(aspect, by=cast.wanda, level=2)
    assert "Nothing is ticked" in text_of(wanda.post(address))
    for key in ("x", str(theirs.pk)):
        assert "Choose from what is listed below." in text_of(wanda.post(address, {"items": [key]}))
    assert not CarriedItem.objects.exists()


def test_trainees_of_one_cohort_dont_see_each_other_on_the_list(cast, cohort):
    assert [row.person for row in Trainee.objects.visible_to(cast.wanda)] == [cast.wanda]
    assert Trainee.objects.visible_to(cast.nia).count() == 2
    assert not Trainee.objects.visible_to(cast.olaf).exists()
