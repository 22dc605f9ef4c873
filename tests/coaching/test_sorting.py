"""A blind sort: cards without a ladder, sorters without names, and results from five on (docs/editions.md, ADR 40)."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from coaching.sorting.cards import packets
from coaching.sorting.models import BlindSort, Sorter, SortResult, SortTally
from coaching.sorting.models.result import close, remove
from coaching.sorting.models.sorter import ChangedMeanwhile
from coaching.sorting.models.tally import so_far
from coaching.sorting.reading import ResultRead
from coaching.training.models import Cohort
from profiles.models import LevelDescriptor, SkillAspect
from sopcoach.words.refusal import Refused
from tests.coaching.sorting import name_cards, open_sort, sort_cards
from tests.factories import UserFactory

LADDER = [1, 2, 3, 4, 5, 6, 7]
TURNED = [1, 2, 3, 5, 4, 6, 7]


@pytest.fixture
def sort(cast, edition) -> BlindSort:
    return open_sort(edition, by=cast.ada)


@pytest.fixture
def sorters(db):
    return UserFactory.create_batch(12)


@pytest.fixture
def cohort(cast, edition) -> Cohort:
    today = timezone.localdate()
    made = Cohort(
        title="New supervisors",
        audience=Cohort.Audience.SUPERVISORS,
        edition=edition,
        facilitator=cast.nia,
        starts_on=today,
        ends_on=today + timedelta(days=4),
    )
    made.keep(by=cast.ada)
    made.enrol([cast.wanda, cast.sam], by=cast.ada)
    return made


def shown(sort: BlindSort) -> list[int]:
    return sorted(SortResult.objects.filter(sort=sort).values_list("sorters", flat=True))


def read(sort: BlindSort) -> ResultRead:
    result = SortResult.objects.filter(sort=sort).order_by("-sorters")[0]
    aspect = SkillAspect.objects.with_ladder().get(edition=sort.edition, slug=result.aspect_slug)
    titles = dict(sort.edition.aspects.values_list("slug", "title"))
    return ResultRead(result, aspect, titles)


def in_order(sort: BlindSort, person):
    return sort_order(sort), packets(Sorter.of(sort, person))[0]


def sort_order(sort: BlindSort, slug: str = "") -> str:
    return reverse("sort_order", args=[sort.slug, slug or sort.aspects[0]])


def lies(page: str) -> list[str]:
    return re.search(r'name="seen" value="([^"]*)"', page)[1].split(",")


# Opening


def test_an_administrator_opens_a_sort_and_nobody_else_does(cast, edition):
    with pytest.raises(Refused):
        open_sort(edition, by=cast.sam)
    assert open_sort(edition, by=cast.ada).is_open


def test_a_sort_is_of_an_edition_whose_words_stay(cast, edition):
    edition.retire(by=cast.ada)
    with pytest.raises(Refused, match="Only an edition in use"):
        open_sort(edition, by=cast.ada)


def test_an_aspect_of_another_edition_is_refused(cast, edition):
    with pytest.raises(ValidationError, match="at least one aspect"):
        open_sort(edition, by=cast.ada, aspects=["not-here"])


def test_a_last_day_that_is_gone_is_refused(cast, edition):
    with pytest.raises(ValidationError, match="still to come"):
        open_sort(edition, by=cast.ada, days=-1)


def test_after_its_last_day_nothing_is_sorted_any_more(cast, sort, time_machine):
    name_cards(sort, cast.wanda)
    time_machine.move_to(timezone.now() + timedelta(days=8))
    sort.refresh_from_db()
    assert sort.is_past
    with pytest.raises(Refused, match="over"):
        sort_cards(sort, cast.wanda)


# The cards


def test_each_person_has_an_order_of_their_own_and_keeps_it(cast, sort):
    def order(person):
        return [card.mark for card in packets(Sorter.of(sort, person))[0].cards]

    assert order(cast.wanda) == order(cast.wanda)
    assert order(cast.wanda) != order(cast.sam)


def test_no_page_of_a_sorter_says_a_level(cast, sort, client_for):
    """Neither a number nor a name nor a key of the catalogue, in words, ids or addresses."""
    name_cards(sort, cast.wanda)
    client = client_for(cast.wanda)
    packet = packets(Sorter.of(sort, cast.wanda))[0]
    pages = [
        client.get(reverse("sort_name", args=[sort.slug, packet.profile.slug, 1])),
        client.get(sort_order(sort)),
    ]
    names = list(sort.edition.levels.values_list("name", flat=True))
    keys = {
        str(key)
        for key in LevelDescriptor.objects.filter(aspect__edition=sort.edition).values_list("pk", flat=True)
    }
    for page in pages:
        text = page.text[page.text.index("<main") :]
        assert not re.search(r"[Ll]evel", re.sub(r"(?s)<p[^>]*>.*?</p>", "", text))
        assert not [name for name in names if f">{name}<" in text]
        marks = set(re.findall(r'(?:name|id|value)="[a-z-]*?([0-9a-f]+)"', text))
        assert not marks & (keys - {str(place) for place in range(51)})


def test_cards_of_the_whole_profile_are_named_before_any_is_put_in_order(cast, sort, client_for):
    client = client_for(cast.wanda)
    packet = packets(Sorter.of(sort, cast.wanda))[0]
    assert {card.aspect for card in packet.cards} == {aspect.slug for aspect in packet.profile.aspects.all()}
    assert client.get(sort_order(sort)).headers["Location"] == reverse(
        "sort_name", args=[sort.slug, packet.profile.slug, 1]
    )


def test_what_was_begun_is_there_again_and_nobody_else_sees_it(cast, sort, client_for):
    name_cards(sort, cast.wanda)
    order, _ = in_order(sort, cast.wanda)
    client = client_for(cast.wanda)
    marks = lies(client.get(order).text)
    client.post(f"{order}?card={marks[0]}", {"act": "down", "seen": ",".join(marks)})
    assert lies(client.get(order).text)[:2] == [marks[1], marks[0]]
    assert not Sorter.objects.visible_to(cast.sam).exists()
    assert not Sorter.objects.visible_to(cast.ada).exists()


def test_a_card_goes_to_the_place_that_is_chosen_for_it(cast, sort, client_for):
    name_cards(sort, cast.wanda)
    order, _ = in_order(sort, cast.wanda)
    client = client_for(cast.wanda)
    marks = lies(client.get(order).text)
    client.post(order, {"act": "arrange", "seen": ",".join(marks), f"place-{marks[6]}": "2"})
    assert lies(client.get(order).text) == [marks[0], marks[6], *marks[1:6]]


def test_two_cards_at_one_place_are_refused_with_what_was_chosen_kept(cast, sort, client_for):
    name_cards(sort, cast.wanda)
    order, _ = in_order(sort, cast.wanda)
    client = client_for(cast.wanda)
    marks = lies(client.get(order).text)
    chosen = {f"place-{marks[5]}": "2", f"place-{marks[6]}": "2"}
    page = client.post(order, {"act": "keep", "seen": ",".join(marks), **chosen})
    assert page.status_code == 200
    assert "Two cards were given place 2." in page.text
    assert page.text.count('<option value="2" selected>') == 3
    assert not SortTally.objects.exists()


def test_an_older_window_keeps_nothing_that_its_sorter_has_not_seen(cast, sort, client_for):
    name_cards(sort, cast.wanda)
    order, _ = in_order(sort, cast.wanda)
    client = client_for(cast.wanda)
    marks = lies(client.get(order).text)
    client.post(f"{order}?card={marks[0]}", {"act": "down", "seen": ",".join(marks)})
    page = client.post(order, {"act": "keep", "seen": ",".join(marks)})
    assert "moved cards in another window" in page.text
    assert lies(page.text)[:2] == [marks[1], marks[0]]
    assert not SortTally.objects.exists()


def test_after_one_aspect_comes_the_next_and_after_the_last_thanks(cast, edition, client_for):
    two = [aspect.slug for aspect in edition.aspects.all()[:2]]
    sort = open_sort(edition, by=cast.ada, aspects=two)
    name_cards(sort, cast.wanda)
    client = client_for(cast.wanda)
    led = []
    for slug in two:
        seen = ",".join(lies(client.get(sort_order(sort, slug)).text))
        led.append(client.post(sort_order(sort, slug), {"act": "keep", "seen": seen}).headers["Location"])
    assert led == [sort_order(sort, two[1]), reverse("sort", args=[sort.slug])]
    assert "Thank you" in client.get(led[1]).text


def test_a_card_without_an_answer_is_asked_again(cast, sort, client_for):
    address = reverse("sort_name", args=[sort.slug, packets(Sorter.of(sort, cast.wanda))[0].profile.slug, 1])
    page = client_for(cast.wanda).post(address, {})
    assert page.status_code == 200
    assert "I can’t tell”" in page.text


def test_what_was_begun_can_be_thrown_away(cast, sort, client_for):
    name_cards(sort, cast.wanda)
    client_for(cast.wanda).post(reverse("sort", args=[sort.slug]), {"act": "withdraw"})
    assert not Sorter.objects.exists()


# Without names


def test_what_is_kept_is_a_number_and_the_row_of_its_sorter_is_empty(cast, sort):
    sort_cards(sort, cast.wanda, TURNED)
    sorter = Sorter.objects.get()
    assert (sorter.named, sorter.orders, sorter.alike) == ({}, {}, {})
    assert sorter.kept == sort.aspects
    tally = SortTally.objects.get()
    assert tally.counts["places"]["5"] == {"4": 1}
    assert {field.name for field in SortTally._meta.concrete_fields} == {
        "id",
        "sort",
        "aspect_slug",
        "counts",
    }


def test_no_row_of_a_sort_has_a_moment(db):
    for model in (BlindSort, Sorter, SortTally, SortResult):
        assert "DateTimeField" not in {field.get_internal_type() for field in model._meta.concrete_fields}


def test_the_counts_say_nothing_of_the_order_in_which_people_came(cast, sort, sorters, edition):
    other = open_sort(edition, by=cast.ada)
    orders = [LADDER, TURNED, TURNED, LADDER[::-1]]
    for person, order in zip(sorters, orders, strict=False):
        sort_cards(sort, person, order)
    for person, order in zip(sorters, orders[::-1], strict=False):
        sort_cards(other, person, order)
    first, second = SortTally.objects.get(sort=sort), SortTally.objects.get(sort=other)
    assert str(first.counts) == str(second.counts)


def test_cards_are_sorted_once(cast, sort):
    sort_cards(sort, cast.wanda)
    with pytest.raises(Refused, match="can’t be changed or taken back"):
        sort_cards(sort, cast.wanda)
    assert so_far(sort)[sort.aspects[0]] == 1


def test_whoever_administers_or_leads_the_training_does_not_sort(cast, edition, cohort):
    theirs = open_sort(edition, by=cast.ada, cohort=cohort)
    for person in (cast.ada, cast.nia):
        with pytest.raises(Refused):
            name_cards(theirs, person)


def test_a_training_s_sort_is_there_for_its_people_alone(cast, edition, cohort):
    theirs = open_sort(edition, by=cast.ada, cohort=cohort)
    seen = [person for person in cast.everybody if theirs in BlindSort.objects.visible_to(person)]
    assert seen == [cast.wanda, cast.sam, cast.nia, cast.ada, cast.root]


# From five on


@pytest.mark.parametrize(("number", "results"), [(4, []), (5, [5]), (7, [7])])
def test_nothing_is_shown_of_fewer_than_five(cast, sort, sorters, number, results):
    for person in sorters[:number]:
        sort_cards(sort, person)
    close(sort, by=cast.ada)
    assert shown(sort) == results


def test_before_it_is_closed_nobody_reads_what_comes_out(cast, sort, sorters, client_for):
    for person in sorters[:5]:
        sort_cards(sort, person)
    assert not SortResult.objects.exists()
    page = client_for(cast.ada).get(reverse("manage_sort", args=[sort.edition.slug, sort.slug])).text
    assert "5 have sorted it. Shown once the sort is closed." in page
    assert client_for(sorters[0]).get(reverse("sort_results", args=[sort.slug])).status_code == 403


def test_below_five_an_administrator_sees_how_many_and_nothing_else(cast, sort, sorters, client_for):
    for person in sorters[:3]:
        sort_cards(sort, person)
    close(sort, by=cast.ada)
    client = client_for(cast.ada)
    page = client.get(reverse("sort_results", args=[sort.slug])).text
    assert "3 of 5 so far." in page
    assert client.get(reverse("sort_result", args=[sort.slug, sort.aspects[0]])).status_code == 404
    assert client.get(reverse("sort_results_csv", args=[sort.slug])).text.count("\n") == 1


def test_a_sixth_changes_nothing_that_is_shown_until_five_more_have_come(cast, sort, sorters):
    for person in sorters[:5]:
        sort_cards(sort, person)
    close(sort, by=cast.ada)
    for number, results in ((6, [5]), (9, [5]), (10, [5, 10])):
        sort.reopen(by=cast.ada, closes_on=timezone.localdate())
        for person in sorters[so_far(sort)[sort.aspects[0]] : number]:
            sort_cards(sort, person)
        close(sort, by=cast.ada)
        assert shown(sort) == results


def test_closing_forgets_what_nobody_has_finished(cast, sort):
    name_cards(sort, cast.wanda)
    close(sort, by=cast.ada)
    assert not Sorter.objects.exists()
    sort.reopen(by=cast.ada, closes_on=timezone.localdate())
    assert sort.is_open


def test_a_sort_that_somebody_has_sorted_stays(cast, sort):
    sort_cards(sort, cast.wanda)
    with pytest.raises(Refused, match="already"):
        remove(sort, by=cast.ada)


def test_a_sort_that_nobody_has_sorted_can_be_deleted_with_what_was_begun(cast, sort):
    name_cards(sort, cast.wanda)
    remove(sort, by=cast.ada)
    assert not BlindSort.objects.exists()
    assert not Sorter.objects.exists()


# What came out


def test_what_came_out_is_read_by_those_who_sorted_and_by_administrators(cast, sort, sorters, client_for):
    for person in sorters[:5]:
        sort_cards(sort, person)
    close(sort, by=cast.ada)
    address = reverse("sort_result", args=[sort.slug, sort.aspects[0]])
    assert [client_for(who).get(address).status_code for who in (cast.ada, sorters[0], cast.wanda)] == [
        200,
        200,
        403,
    ]


def test_a_training_reads_what_came_out_of_its_own(cast, edition, cohort, sorters, client_for):
    theirs = open_sort(edition, by=cast.ada, cohort=cohort)
    cohort.enrol(sorters[:5], by=cast.ada)
    for person in sorters[:5]:
        sort_cards(theirs, person)
    close(theirs, by=cast.ada)
    address = reverse("sort_result", args=[theirs.slug, theirs.aspects[0]])
    found = [
        client_for(who).get(address).status_code for who in (cast.nia, cast.wanda, sorters[0], cast.olaf)
    ]
    assert found == [200, 200, 200, 404]


def test_the_page_says_what_stands_out_and_never_reliable(cast, sort, sorters, client_for):
    for number, person in enumerate(sorters[:5]):
        sort_cards(sort, person, TURNED if number < 2 else LADDER, alike=[4, 5] if number < 2 else ())
    close(sort, by=cast.ada)
    page = client_for(cast.ada).get(reverse("sort_result", args=[sort.slug, sort.aspects[0]])).text
    assert "2 of 5 put this card after Partnering. Is it a step, or the same act told twice?" in page
    assert "2 of 5 said that it reads like Partnering." in page
    assert "Levels 4 and 5 need another look." in page
    assert "reliab" not in page.lower()
    assert not [person.name for person in sorters if person.name in page]


def test_a_card_that_is_taken_for_another_aspect_is_said(cast, sort, sorters):
    other = sort.edition.aspects.all()[1]
    for number, person in enumerate(sorters[:5]):
        sort_cards(sort, person, as_what=other.slug if number < 3 else "none" if number == 3 else "")
    close(sort, by=cast.ada)
    card = read(sort).cards[0]
    assert (card.own, card.others, card.none) == (1, 3, 1)
    assert card.notes == (f"3 of 5 named another aspect, all of them “{other.title}”.",)


def test_the_file_has_a_line_for_each_card_and_no_people(cast, sort, sorters, client_for):
    for person in sorters[:5]:
        sort_cards(sort, person)
    close(sort, by=cast.ada)
    text = client_for(cast.ada).get(reverse("sort_results_csv", args=[sort.slug])).text
    lines = text.splitlines()
    assert len(lines) == 8
    assert ",5," in lines[1]
    assert not [person.name for person in sorters if person.name in text]


def test_a_training_that_nobody_is_in_takes_its_sort_along(cast, edition, cohort):
    theirs = open_sort(edition, by=cast.ada, cohort=cohort)
    name_cards(theirs, cast.wanda)
    for trainee in cohort.trainees.all():
        trainee.leave(by=trainee.person)
    cohort.remove(by=cast.ada)
    assert not BlindSort.objects.exists()
    assert not Sorter.objects.exists()


def test_moving_in_the_domain_asks_what_was_seen(cast, sort):
    sorter = name_cards(sort, cast.wanda)
    sorter.put_order(sort.aspects[0], by=cast.wanda, order=TURNED, seen=LADDER)
    with pytest.raises(ChangedMeanwhile):
        sorter.put_order(sort.aspects[0], by=cast.wanda, order=LADDER[::-1], seen=LADDER)
