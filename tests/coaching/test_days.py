from datetime import date

import pytest

from coaching.rules.goal_days import day_meant, next_friday, number, quick_days

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "today",
    [date(2026, 11, day) for day in range(23, 30)],
    ids=["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
)
def test_next_friday_is_the_friday_of_next_week(today):
    assert next_friday(today) == date(2026, 12, 4)


def test_the_monday_after_moves_next_friday_on_by_a_week():
    assert next_friday(date(2026, 11, 30)) == date(2026, 12, 11)


def test_the_quick_days_are_next_friday_two_weeks_and_thirty_days_as_a_goal_says_them():
    assert [(day.key, day.label, day.phrase, day.on) for day in quick_days(TUESDAY)] == [
        ("friday", "Next Friday", "by next Friday", date(2026, 12, 4)),
        ("two_weeks", "In 2 weeks", "in the next 2 weeks", date(2026, 12, 8)),
        ("thirty_days", "In 30 days", "in the next 30 days", date(2026, 12, 24)),
    ]


def test_the_next_session_is_a_quick_day_once_it_is_planned():
    last = quick_days(TUESDAY, date(2026, 12, 8))[-1]
    assert (last.key, last.label, last.phrase, last.on) == (
        "session",
        "Next session",
        "by the next session",
        date(2026, 12, 8),
    )


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("in next 30 days", date(2026, 12, 24)),
        ("in the next 3 weeks", date(2026, 12, 15)),
        ("within two months", date(2027, 1, 24)),
        ("by Friday", date(2026, 11, 27)),
        ("by next Friday", date(2026, 12, 4)),
        ("by Friday of next week", date(2026, 12, 4)),
        ("by the 20th", date(2026, 12, 20)),
        ("by the 31st", date(2026, 12, 31)),
        ("by month end", date(2026, 11, 30)),
        ("by the end of next month", date(2026, 12, 31)),
        ("by the end of the quarter", date(2026, 12, 31)),
        ("by 4 January", date(2027, 1, 4)),
        ("by December 4", date(2026, 12, 4)),
        ("by the next coaching session", date(2026, 12, 8)),
        ("by the next session", date(2026, 12, 8)),
        ("before the next time we meet", date(2026, 12, 8)),
        ("until today", TUESDAY),
        ("by tomorrow", date(2026, 11, 25)),
        ("within a week", date(2026, 12, 1)),
        ("over the next day", date(2026, 11, 25)),
        ("in an hour", None),
        ("by the end of the month", date(2026, 11, 30)),
        ("by the end of this month", date(2026, 11, 30)),
        ("by month’s end", date(2026, 11, 30)),
        ("by month's end", date(2026, 11, 30)),
        ("by the end of this quarter", date(2026, 12, 31)),
        ("by quarter end", date(2026, 12, 31)),
        ("by Tuesday", TUESDAY),
        ("by Monday", date(2026, 11, 30)),
        ("by next Monday", date(2026, 11, 30)),
        ("by Sunday of next week", date(2026, 12, 6)),
        ("  By   Friday. ", date(2026, 11, 27)),
        ("by the 24th", TUESDAY),
        ("by the 23rd", date(2026, 12, 23)),
        ("by 24 November", TUESDAY),
        ("by the 1st of March", date(2027, 3, 1)),
        ("by 4 January 2028", date(2028, 1, 4)),
        ("by Jan. 4, 2028", date(2028, 1, 4)),
        ("by 12/4", date(2026, 12, 4)),
        ("by 11/23", date(2027, 11, 23)),
        ("by 2/29/2028", date(2028, 2, 29)),
        ("by the next family meeting", None),
        ("by 31 February", None),
        ("soon", None),
    ],
)
def test_what_people_say_of_a_day_means_a_date(phrase, meant):
    assert day_meant(phrase, TUESDAY, date(2026, 12, 8)) == meant


@pytest.mark.parametrize(
    ("today", "phrase", "meant"),
    [
        (date(2027, 1, 31), "in the next month", date(2027, 2, 28)),
        (date(2027, 1, 31), "in 1 month", date(2027, 2, 28)),
        (date(2026, 12, 31), "by the end of next month", date(2027, 1, 31)),
        (date(2026, 10, 1), "by the end of the quarter", date(2026, 12, 31)),
        (date(2027, 1, 15), "by the end of the quarter", date(2027, 3, 31)),
        (date(2027, 1, 30), "by the 30th", date(2027, 1, 30)),
    ],
)
def test_a_short_month_and_a_new_year_move_no_day_past_the_end(today, phrase, meant):
    assert day_meant(phrase, today) == meant


def test_numbers_may_be_written_as_words_up_to_ten():
    found = [number(text) for text in ("5", "five", " Ten ", "eleven", "", "-1", "1.5", "٣", "9999999")]
    assert found == [5, 5, 10, None, None, None, None, None, None]
