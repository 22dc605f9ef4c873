"""Counts: what administrators see of coaching, and that nobody can work out more than that."""

import csv
import json
import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import product

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from coaching.groups.models import Group, GroupSeat, GroupSession
from coaching.models import CoachingSession, Focus, Partnership
from coaching.statistics.disclosure_control import FEWEST, LEAST_SPARE, kept_together
from coaching.statistics.models import Snapshot
from coaching.statistics.quarters import Quarter
from profiles.models import SkillAspect
from sopcoach.models import Unit, User
from tests.architecture.routes import all_routes
from tests.coaching import steps
from tests.factories import UnitFactory, UserFactory
from tests.limits import MOST_QUERIES
from tests.roles import before_the_wall

SUMMER = Quarter(2026, 3)
IN_SUMMER = datetime(2026, 8, 12, 10, tzinfo=UTC)
IN_AUTUMN = datetime(2026, 11, 24, 10, tzinfo=UTC)

pytestmark = [pytest.mark.usefixtures("_autumn"), pytest.mark.both_databases]


@pytest.fixture
def _autumn():
    with time_machine.travel(IN_AUTUMN, tick=False):
        yield


def unit_of(name: str, workers: int) -> Unit:
    unit = UnitFactory(name=name)
    for number in range(workers):
        UserFactory(name=f"{name} Worker{number}", unit=unit)
    return unit


def coach(
    edition, supervisor: User, unit: Unit, pairs: int, *, sessions: int = 1, when: datetime = IN_SUMMER
) -> list[Partnership]:
    """As many of the unit's workers in formal coaching, each with some sessions held."""
    made = []
    for worker in User.objects.filter(unit=unit, may_supervise=False).order_by("pk")[:pairs]:
        pair = Partnership.objects.create(
            worker=worker, supervisor=supervisor, edition=edition, formal_on=when.date(), begun_at=when
        )
        hold(pair, sessions, when)
        made.append(pair)
    return made


def hold(pair: Partnership, sessions: int, when: datetime = IN_SUMMER) -> None:
    first = pair.sessions.count() + 1
    for number in range(first, first + sessions):
        CoachingSession.objects.create(
            partnership=pair,
            number=number,
            kind="progress",
            opened_at=when,
            closed_at=when + timedelta(hours=1),
        )


def hold_groups(supervisor: User, people: list[User], times: int, when: datetime = IN_SUMMER) -> None:
    group = Group.objects.create(facilitator=supervisor, title="Mapping")
    for number in range(1, times + 1):
        session = GroupSession.objects.create(
            group=group,
            number=number,
            facilitator=supervisor,
            opened_at=when,
            closed_at=when + timedelta(hours=1),
        )
        for place, person in enumerate([supervisor, *people], start=1):
            GroupSeat.objects.create(group=group, session=session, person=person, place=place)


def take(*args: str) -> str:
    printed = StringIO()
    with before_the_wall():
        call_command("take_snapshot", *args, stdout=printed)
    return printed.getvalue()


def page_of(client) -> str:
    return " ".join(client.get(reverse("manage_counts")).content.decode().split())


def cells_of(page: str) -> list[list[str]]:
    """The rows of the page's tables, as texts."""
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in re.findall(r"<tr>.*?</tr>", page)
    ]


@pytest.fixture
def agency(cast, edition):
    """South, Valley and River, each with five or more who are coached, and everybody else in the North unit."""
    User.objects.filter(unit=None).update(unit=cast.unit)
    units = {name: unit_of(name, workers) for name, workers in (("South", 10), ("Valley", 12), ("River", 14))}
    coach(edition, cast.sam, units["South"], 5, sessions=3)
    coach(edition, cast.sam, units["Valley"], 7, sessions=2)
    coach(edition, cast.sam, units["River"], 8)
    return units


# What is shown


def test_numbers_of_closed_quarters_are_shown_for_the_agency_and_for_units(cast, edition, client_for):
    User.objects.filter(unit=None).update(unit=cast.unit)
    for number in range(6):
        UserFactory(name=f"North Worker{number}", unit=cast.unit)
    coach(edition, cast.sam, cast.unit, 6, sessions=2)
    coach(edition, cast.sam, unit_of("South", 9), 7, sessions=3)
    take()

    rows = cells_of(page_of(client_for(cast.ada)))

    assert ["Partnerships", "13"] in rows
    assert ["Sessions held", "33"] in rows
    assert ["North unit", "6", "12"] in rows
    assert ["South", "7", "21"] in rows


def test_a_number_under_five_is_not_shown_and_its_cell_says_why(cast, edition, client_for):
    coach(edition, cast.sam, unit_of("South", 6), 4, sessions=9)
    take()

    page = page_of(client_for(cast.ada))

    assert ["Partnerships", "Fewer than 5, or nearly everybody"] in cells_of(page)
    assert ["Sessions held", "Fewer than 5 people"] in cells_of(page)
    assert ["South", "Kept with others"] in cells_of(page)
    assert "36" not in json.dumps(Snapshot.objects.get().counted)


def test_many_sessions_of_few_people_are_not_shown(cast, edition):
    pairs = coach(edition, cast.sam, unit_of("South", 6), 6, sessions=0)
    for pair in pairs[:4]:
        hold(pair, 5)
    take()

    assert Snapshot.objects.get().figures.agency.model_dump() == {
        "partnerships": 6,
        "sessions": None,
        "groups": None,
    }


def test_a_unit_of_fewer_than_five_workers_is_never_shown(cast, edition, client_for):
    User.objects.filter(unit=None).update(unit=cast.unit)
    small = unit_of("Harbor", 4)
    coach(edition, cast.sam, small, 4)
    for worker in User.objects.filter(unit=small):
        Partnership.objects.create(
            worker=worker, supervisor=cast.nia, edition=edition, formal_on=IN_SUMMER.date()
        )
    coach(edition, cast.sam, unit_of("South", 9), 9)
    take()

    assert ["Harbor", "Fewer than 5 workers: never shown"] in cells_of(page_of(client_for(cast.ada)))


def test_what_is_kept_together_stands_for_five_or_more(cast, edition, agency, client_for):
    coach(edition, cast.sam, unit_of("Hill", 4), 2)
    take()

    rows = cells_of(page_of(client_for(cast.ada)))

    # the fewest workers cover first: South has none to spare, and Valley two
    assert ["Partnerships", "22"] in rows
    assert ["South", "Kept with others"] in rows
    assert ["Valley", "Kept with others"] in rows
    assert ["River", "8", "8"] in rows
    assert ["All that’s kept together", "14", "31"] in rows


@pytest.mark.parametrize("coached", [7, 6])
def test_where_all_of_a_unit_are_coached_or_all_but_one_nobody_learns_it_of_each(
    cast, edition, agency, client_for, coached
):
    UserFactory(name="Noor Haddad", unit=cast.unit)
    coach(edition, cast.sam, cast.unit, 1)
    coach(edition, cast.sam, unit_of("Hill", 7), coached, sessions=2)
    take()

    rows = cells_of(page_of(client_for(cast.ada)))

    for name in ("Hill", "South", "Valley", "River"):
        assert [name, "Kept with others"] in rows
    assert ["Partnerships", str(21 + coached)] in rows
    assert "All that’s kept together" not in [row[0] for row in rows]


def test_where_everybody_in_the_agency_is_coached_no_number_says_so(cast, edition, client_for):
    User.objects.filter(unit=None).update(unit=cast.unit)
    User.objects.filter(unit=cast.unit).update(may_supervise=True)
    pairs = coach(edition, cast.sam, unit_of("South", 6), 6)
    aspect = SkillAspect.objects.filter(edition=edition).select_related("profile").first()
    for pair in pairs:
        Focus.objects.create(
            partnership=pair, aspect=aspect, aspect_slug=aspect.slug, slot=1, opened_at=IN_SUMMER
        )
    take()

    page = page_of(client_for(cast.ada))

    assert ["Partnerships", "Fewer than 5, or nearly everybody"] in cells_of(page)
    assert ["South", "Kept with others"] in cells_of(page)
    assert aspect.profile.title not in page


def test_groups_are_counted_from_five_people_and_five_groups_on(cast, edition):
    people = [UserFactory() for _ in range(4)]
    hold_groups(cast.sam, people, 4)
    take()
    assert Snapshot.objects.get().figures.agency.groups is None

    hold_groups(cast.sam, people, 6, when=IN_SUMMER - timedelta(days=90))
    take("--quarter", "2026Q2")
    assert Snapshot.objects.get(quarter_number=2).figures.agency.groups == 6


def test_two_who_meet_often_as_a_group_are_not_counted(cast, edition):
    hold_groups(cast.sam, [cast.wanda], 8)
    take()
    assert Snapshot.objects.get().figures.agency.groups is None


def test_practice_profiles_are_named_from_five_partnerships_on(cast, edition, client_for):
    pairs = coach(edition, cast.sam, unit_of("South", 8), 8)
    by_profile = defaultdict(list)
    for aspect in SkillAspect.objects.filter(edition=edition).select_related("profile"):
        by_profile[aspect.profile].append(aspect)
    (first, firsts), (second, seconds) = list(by_profile.items())[:2]
    for place, pair in enumerate(pairs):
        chosen = firsts[:2] if place < 6 else []
        for slot, aspect in enumerate(chosen + (seconds[:1] if place < 4 else []), start=1):
            Focus.objects.create(
                partnership=pair, aspect=aspect, aspect_slug=aspect.slug, slot=slot, opened_at=IN_SUMMER
            )
    take()

    page = page_of(client_for(cast.ada))

    assert f"<strong>{first.title}</strong>, 6 partnerships" in page
    assert second.title not in page
    others = len(by_profile) - 1
    assert f"{others} more {'profile' if others == 1 else 'profiles, each'} in fewer than 5" in page


def test_observing_and_trying_on_are_not_counted(cast, edition):
    pairs = coach(edition, cast.sam, unit_of("South", 6), 6, sessions=0)
    Partnership.objects.filter(pk=pairs[0].pk).update(engagement="observing", formal_on=None)
    take()
    assert Snapshot.objects.get().figures.agency.partnerships == 5


def test_an_end_that_was_brought_about_without_a_meeting_is_no_session(cast, edition):
    for pair in coach(edition, cast.sam, unit_of("South", 6), 6):
        CoachingSession.objects.create(partnership=pair, number=2, kind="progress", closed_at=IN_SUMMER)
    take()
    assert Snapshot.objects.get().figures.agency.sessions == 6


def test_coaching_that_ended_before_the_quarter_or_began_after_it_is_not_in_it(cast, edition):
    pairs = coach(edition, cast.sam, unit_of("South", 8), 8, when=IN_SUMMER - timedelta(days=90))
    ended = pairs[:2]
    Partnership.objects.filter(pk__in=[pair.pk for pair in ended]).update(
        engagement="ended", ended_at=datetime(2026, 6, 30, 12, tzinfo=UTC)
    )
    coach(edition, cast.nia, unit_of("Valley", 6), 6, when=IN_AUTUMN)
    take()

    assert [(str(one.quarter), one.figures.agency.partnerships) for one in Snapshot.objects.all()] == [
        ("2026Q3", 6),
        ("2026Q2", 8),
    ]


# Closed quarters, frozen


def test_a_quarter_that_is_not_over_cannot_be_counted(cast, edition):
    coach(edition, cast.sam, unit_of("South", 6), 6, when=IN_AUTUMN)

    assert "Nothing to count" in take()
    with pytest.raises(CommandError, match="October to December 2026 isn’t over yet"):
        take("--quarter", "2026Q4")
    with pytest.raises(ValidationError):
        Snapshot.take(Quarter(2026, 4))
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("text", ["", "2026", "Q3", "2026Q5", "2026Q0", "0000Q1", "9999Q4", "٢٠٢٦Q1"])
def test_what_is_no_quarter_gets_a_sentence(db, text):
    with pytest.raises(CommandError, match="is no quarter"):
        take("--quarter", text or " ")


def test_a_second_run_writes_nothing_and_changes_nothing(cast, edition):
    pairs = coach(edition, cast.sam, unit_of("South", 8), 6)
    assert "July to September 2026 is counted." in take()
    before = Snapshot.objects.values().get()
    hold(pairs[0], 5)
    coach(edition, cast.nia, unit_of("Valley", 6), 6)

    assert "Nothing to count" in take()
    assert "Nothing to count" in take("--quarter", "2026Q3")
    assert Snapshot.objects.values().get() == before


def test_a_missed_quarter_is_made_up_for(cast, edition):
    coach(edition, cast.sam, unit_of("South", 8), 6, when=datetime(2026, 2, 3, tzinfo=UTC))
    take()
    assert [str(one.quarter) for one in Snapshot.objects.all()] == ["2026Q3", "2026Q2", "2026Q1"]


def test_a_snapshot_never_changes_and_never_goes(cast, edition):
    snapshot = Snapshot.take(SUMMER)
    assert snapshot
    for act in (
        snapshot.save,
        snapshot.delete,
        Snapshot.objects.all().delete,
        lambda: Snapshot.objects.update(counted={}),
    ):
        with pytest.raises(TypeError):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(year=2026, quarter_number=3, counted={})


def test_a_snapshot_holds_no_person(cast, edition, agency):
    take()
    kept = json.dumps(Snapshot.objects.get().counted)
    for person in User.objects.all():
        assert person.name not in kept
        assert person.email not in kept


def test_quarters_follow_each_other():
    assert Quarter.of(date(2026, 12, 31)).following == Quarter(2027, 1)
    assert (Quarter(2026, 1).first_on, Quarter(2026, 1).last_on) == (date(2026, 1, 1), date(2026, 3, 31))
    assert Quarter.read("2026q4").last_on == date(2026, 12, 31)


# Nobody can work out more


type World = tuple[int, ...]
LARGEST = 13


def shown(world: World, never: frozenset[int], spare: dict[int, int] | None = None) -> tuple:
    """What a page says of units with so many people: each, those kept together, and all."""
    together = kept_together(dict(enumerate(world)), never=never, spare=spare)
    total = sum(world)
    if total < FEWEST or (spare and sum(spare.values()) < LEAST_SPARE):
        return (tuple(None for _ in world), None)
    return (tuple(None if unit in together else size for unit, size in enumerate(world)), total)


@pytest.mark.parametrize(
    ("units", "never"), [(2, ()), (3, ()), (4, ()), (2, (0,)), (3, (0,)), (3, (0, 1)), (4, (1, 2))]
)
def test_whoever_knows_the_rule_and_the_page_cannot_tell_a_number_under_five(units, never):
    """Every agency there could be, sorted by the page that it gives: no page leaves fewer than four possibilities."""
    never = frozenset(never)
    largest = LARGEST if units < 4 else 10
    by_page = defaultdict(list)
    for world in product(range(largest + 1), repeat=units):
        by_page[shown(world, never)].append(world)
    checked = 0
    for (cells, total), worlds in by_page.items():
        if total is not None and total > largest:
            continue  # the agencies that would look the same are larger than those tried here
        for unit, cell in enumerate(cells):
            possible = {world[unit] for world in worlds}
            if cell is not None:
                assert cell >= FEWEST
            elif min(possible) < FEWEST:
                assert len(possible) >= 4, (cells, total, worlds)
                checked += 1
    assert checked


@pytest.mark.parametrize(
    "workers", [(7,), (5, 6), (3, 12, 13), (6, 7, 8), (5, 5, 20), (2, 4, 8, 9), (6, 7, 8, 12), (12, 13, 14)]
)
def test_whoever_knows_how_many_work_in_each_unit_learns_no_more(workers):
    """Every number of coached people there could be in such units: no page says of one that nearly everybody is, nor
    leaves fewer than four possibilities for a number under five."""
    never = frozenset(unit for unit, size in enumerate(workers) if size < FEWEST)
    by_page = defaultdict(list)
    for world in product(*(range(size + 1) for size in workers)):
        spare = {unit: workers[unit] - coached for unit, coached in enumerate(world)}
        by_page[shown(world, never, spare)].append(spare)
    for (cells, total), possible in by_page.items():
        for unit, size in enumerate(workers) if total is not None else ():
            left = {spare[unit] for spare in possible}
            assert max(left) >= LEAST_SPARE, (cells, total, possible)
            if size - min(left) < FEWEST and any(cells):
                assert len(left) >= min(4, size + 1), (cells, total, possible)
    assert len(by_page) > 1


def test_a_group_that_is_too_small_is_never_shown_alone_and_never_the_only_one_hidden():
    for world in product(range(9), repeat=3):
        together = kept_together(dict(enumerate(world)))
        assert len(together) != 1
        assert all(world[unit] >= FEWEST for unit in range(3) if unit not in together)
        if 0 < len(together) < 3:
            assert sum(world[unit] for unit in together) >= 2 * FEWEST - 1


def test_who_covers_does_not_follow_from_the_numbers():
    """Hiding the next smallest would give an upper bound for it, and so a lower one for the small one."""
    assert kept_together({"a": 30, "b": 2, "c": 6}) == {"a", "b"}
    assert kept_together({"c": 6, "b": 2, "a": 30}) == {"a", "b", "c"}


def test_whom_one_count_keeps_together_the_other_does_too():
    partnerships = {"a": 9, "b": 2, "c": 8}
    sessions = {"a": 9, "b": 6, "c": 8}
    hidden = kept_together(partnerships)
    assert hidden <= kept_together(sessions, already=hidden)


# Who sees it


def test_only_administrators_see_counts(cast, edition, client_for):
    take("--quarter", "2026Q3")
    for name in ("manage_counts", "manage_counts_csv"):
        for person in (cast.wanda, cast.sam, cast.olaf):
            assert client_for(person).get(reverse(name)).status_code == 403
        for person in (cast.ada, cast.root):
            assert client_for(person).get(reverse(name)).status_code == 200
    for person in (cast.wanda, cast.sam):
        assert not Snapshot.objects.visible_to(person).exists()


def test_the_page_says_when_the_first_count_comes(cast, client_for):
    page = page_of(client_for(cast.ada))
    assert "No quarter has been counted yet, and that’s fine" in page
    assert "October to December 2026 is running and is counted after December 31, 2026" in page


def test_the_page_stays_small_however_many_quarters_there_are(
    cast, edition, client_for, django_assert_max_num_queries
):
    coach(edition, cast.sam, unit_of("South", 8), 6, when=datetime(2024, 2, 3, tzinfo=UTC))
    take()
    client = client_for(cast.ada)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = page_of(client)
    assert page.count("<details") == 3


def test_the_download_says_what_the_page_says_and_calculates_nothing(cast, edition, client_for):
    User.objects.filter(unit=None).update(unit=cast.unit)
    coach(edition, cast.sam, unit_of("=South", 9), 9)
    coach(edition, cast.sam, unit_of("Valley", 9), 4)
    take()

    text = client_for(cast.ada).get(reverse("manage_counts_csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))

    assert ["2026Q3", "The whole agency", "Partnerships", "13"] in rows
    assert ["2026Q3", "'=South", "Partnerships", "Kept with others"] in rows
    assert ["2026Q3", "North unit", "Partnerships", "Fewer than 5 workers"] in rows
    assert not [row for row in rows[1:] if row[3].isdigit() and int(row[3]) < FEWEST]


# No appraisal


def test_no_page_of_several_people_shows_a_level_of_anybody(cast, edition, client_for):
    """Whoever coaches two people sees no level of theirs anywhere but in the coaching with each."""
    for worker in (cast.wanda, cast.petra):
        session = steps.ready_for_review(worker, cast.sam)
        session.open(by=cast.sam)
        steps.review(session)
    client = client_for(cast.sam)
    seen = 0
    for route in all_routes():
        if "<" in route.address or route.address.startswith(("accounts/", "profiles/", "placements/")):
            continue
        response = client.get("/" + route.address)
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            page = response.content.decode()
            assert not re.search(r'class="n n\d|class="chart|class="ladder|\bLevel \d', page), route.name
            seen += 1
    assert seen > 5


# The demo


def test_the_demo_has_something_to_count_and_nobody_more_to_enter_as(db, settings, edition):
    settings.SOPCOACH_DEMO = True
    with before_the_wall():
        call_command("demo_county")
        people = User.objects.count()
        call_command("demo_county")
    take()

    figures = Snapshot.objects.get(quarter_number=3).figures
    assert figures.agency.partnerships == 18
    assert [unit.partnerships for unit in figures.units] == [9, 9]
    assert User.objects.count() == people
    assert not User.objects.filter(email__endswith="@demo.example").exists()
    assert [row.figures.agency.partnerships for row in Snapshot.objects.all()] == [18, 14, 8, None]


def test_the_demo_s_county_is_for_the_demo_only(db, settings):
    settings.SOPCOACH_DEMO = False
    with pytest.raises(CommandError, match="for the demo only"):
        call_command("demo_county")
    assert not User.objects.exists()
