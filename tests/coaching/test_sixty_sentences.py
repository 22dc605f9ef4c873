"""Sixty goals as people say them, and how each is read: nothing is guessed, and what is open the form asks for.

On Tuesday, December 1, 2026; the two meet next on Thursday, December 17. "This week", "next week" and "the end of the
week" name a day that only people know; twice and "5 times" name no place where to count; "10-12" is no number yet.
"""

from datetime import date

import pytest

from coaching.rules.goal_days import quick_days
from coaching.rules.goal_sentence import read_sentence
from coaching.rules.named_focus import focus_named

TODAY = date(2026, 12, 1)
DAYS = quick_days(TODAY, next_session_on=date(2026, 12, 17))

SENTENCES = [
    # sentence; verb, what, with whom, joiner, how many, of what, by when
    ("Use Three Questions with caregivers on 5 cases in next 30 days", "Use", "Three Questions", "caregivers", "on", "5", "cases", "2026-12-31"),
    ("Use the Three Questions with caregivers on 5 cases in the next 30 days.", "Use", "the Three Questions", "caregivers", "on", "5", "cases", "2026-12-31"),
    ("three questions on 5 cases by 12/25", "", "three questions", "", "on", "5", "cases", "2026-12-25"),
    ("Three Houses with two kids by next Friday", "", "Three Houses", "", "with", "two", "kids", "2026-12-11"),
    ("Ask solution-focused questions in 3 visits over the next two weeks", "Ask", "solution-focused questions", "", "in", "3", "visits", "2026-12-15"),
    ("I will use the Safety House with 2 children before our next meeting", "Use", "the Safety House", "", "with", "2", "children", "2026-12-17"),
    ("I'll try scaling questions on 4 home visits next 30 days", "Try", "scaling questions", "", "on", "4", "home visits", "2026-12-31"),
    ("Write behaviorally based harm statements on 3 cases in the next month", "Write", "behaviorally based harm statements", "", "on", "3", "cases", "2027-01-01"),
    ("write a danger statement for 2 families by tomorrow", "Write", "a danger statement", "", "with", "2", "families", "2026-12-02"),
    ("Use Three Houses with the kids in 3 cases by the end of the month", "Use", "Three Houses", "the kids", "in", "3", "cases", "2026-12-31"),
    ("Do a safety map on one case by Friday", "Do", "a safety map", "", "on", "one", "case", "2026-12-04"),
    ("Do a genogram with 3 families within 2 weeks", "Do", "a genogram", "", "with", "3", "families", "2026-12-15"),
    ("Use genograms in 3 families in two weeks", "Use", "genograms", "", "in", "3", "families", "2026-12-15"),
    ("Ask about exceptions in every visit this week", "Ask", "about exceptions", "", "in", "every", "visit", ""),
    ("Use three questions with all my families", "Use", "three questions", "", "with", "all", "my families", ""),
    ("use 3 questions w/ 5 families by 1/15", "Use", "3 questions", "", "with", "5", "families", "2027-01-15"),
    ("Use appreciative inquiry with 4 foster parents by January 15", "Use", "appreciative inquiry", "", "with", "4", "foster parents", "2027-01-15"),
    ("Use appreciative inquiry with 4 foster parents by Jan. 15th", "Use", "appreciative inquiry", "", "with", "4", "foster parents", "2027-01-15"),
    ("Ask \"what else?\" on five visits before our next session", "Ask", "\"what else?\"", "", "on", "five", "visits", "2026-12-17"),
    ("Try the Safety Circles on 2 cases until Dec 20", "Try", "the Safety Circles", "", "on", "2", "cases", "2026-12-20"),
    ("Use circles of support with 3 families by 20 December", "Use", "circles of support", "", "with", "3", "families", "2026-12-20"),
    ("Map a case with my supervisor once a week for the next month", "", "Map a case", "my supervisor once a week", "", "", "", "2027-01-01"),
    ("I want to use Three Houses with 2 children by the next session", "Use", "Three Houses", "", "with", "2", "children", "2026-12-17"),
    ("My goal is to ask scaling questions on 5 cases in 30 days", "Ask", "scaling questions", "", "on", "5", "cases", "2026-12-31"),
    ("Scaling questions, 5 cases, 30 days", "", "Scaling questions", "", "on", "5", "cases", "2026-12-31"),
    ("5 cases with Three Questions in the next 30 days", "", "Three Questions", "", "on", "5", "cases", "2026-12-31"),
    ("Two danger statements by Friday", "", "Two danger statements", "", "", "", "", "2026-12-04"),
    ("Write 3 harm and danger statements by 12/18", "Write", "3 harm and danger statements", "", "", "", "", "2026-12-18"),
    ("Write 3 danger statements in plain words by next Friday", "Write", "3 danger statements in plain words", "", "", "", "", "2026-12-11"),
    ("Watch two colleagues hold a family meeting by December 18", "Watch", "two colleagues hold a family meeting", "", "", "", "", "2026-12-18"),
    ("Watch a colleague's visit once in the next 2 weeks", "Watch", "a colleague's visit once", "", "", "", "", "2026-12-15"),
    ("Use the words of the family in 4 court reports by the end of next month", "Use", "the words of the family", "", "in", "4", "court reports", "2027-01-31"),
    ("Use the family's own words in 3 case notes over the next 10 days", "Use", "the family's own words", "", "in", "3", "case notes", "2026-12-11"),
    ("Ask the child what they would like to see happen in 3 visits in the next three weeks", "Ask", "the child what they would like to see happen", "", "in", "3", "visits", "2026-12-22"),
    ("Explain safety planning in plain language to 2 caregivers by the 15th", "", "Explain safety planning in plain language", "", "with", "2", "caregivers", "2026-12-15"),
    ("Talk about safety networks with 3 caregivers in the next 6 weeks", "", "Talk about safety networks", "", "with", "3", "caregivers", "2027-01-12"),
    ("Invite 2 network members to meetings before the next time we meet", "", "Invite 2 network members to meetings", "", "", "", "", "2026-12-17"),
    ("Use Three Houses on 3 cases before Christmas", "Use", "Three Houses", "", "on", "3", "cases", "2026-12-25"),
    ("Use Three Houses with teenagers on 2 cases by end of year", "Use", "Three Houses", "teenagers", "on", "2", "cases", "2026-12-31"),
    ("Three Houses on 2 cases by next week", "", "Three Houses", "", "on", "2", "cases", ""),
    ("Use Safety House on 2 cases by the end of the week", "Use", "Safety House", "", "on", "2", "cases", ""),
    ("Use Three Questions on 5 cases in 30 days, with caregivers", "Use", "Three Questions", "caregivers", "on", "5", "cases", "2026-12-31"),
    ("Do solution focused interviews on 6 cases during the next 30 days", "Do", "solution focused interviews", "", "on", "6", "cases", "2026-12-31"),
    ("Use Three Questions on 5 cases for the next month", "Use", "Three Questions", "", "on", "5", "cases", "2027-01-01"),
    ("Ask caregivers the Three Questions on 5 cases by 12/25/2026", "Ask", "caregivers the Three Questions", "", "on", "5", "cases", "2026-12-25"),
    ("Ask caregivers the Three Questions on 5 cases by 12-25", "Ask", "caregivers the Three Questions", "", "on", "5", "cases", "2026-12-25"),
    ("On 5 cases, use Three Questions in the next 30 days", "Use", "Three Questions", "", "on", "5", "cases", "2026-12-31"),
    ("In the next 30 days, use Three Questions with caregivers on 5 cases", "Use", "Three Questions", "caregivers", "on", "5", "cases", "2026-12-31"),
    ("By Friday, write one danger statement", "Write", "one danger statement", "", "", "", "", "2026-12-04"),
    ("Within the next month I will use Three Houses with 3 children", "Use", "Three Houses", "", "with", "3", "children", "2027-01-01"),
    ("Use Three Questions with caregivers at least 5 times in 30 days", "Use", "Three Questions", "caregivers 5 times", "", "", "", "2026-12-31"),
    ("Use Three Questions with caregivers 5 times by next Friday", "Use", "Three Questions", "caregivers 5 times", "", "", "", "2026-12-11"),
    ("Ask for the child's view twice before our next coaching session", "Ask", "for the child's view twice", "", "", "", "", "2026-12-17"),
    ("Practice cultural humility with 3 families in the coming month", "", "Practice cultural humility", "", "with", "3", "families", "2027-01-01"),
    ("Be more curious", "", "Be more curious", "", "", "", "", ""),
    ("Do better with safety plans", "Do", "better", "safety plans", "", "", "", ""),
    ("Use Three Questions with caregivers on a dozen cases in a month", "Use", "Three Questions", "caregivers", "on", "12", "cases", "2027-01-01"),
    ("Use Three Questions on 10-12 cases in the next 60 days", "Use", "Three Questions", "", "on", "10-12", "cases", "2027-01-30"),
    ("Use Three Questions with caregivers on 5 cases by 25.12.", "Use", "Three Questions", "caregivers", "on", "5", "cases", "2026-12-25"),
    ("Use Three Questions w caregivers on 5 cases in next 30 days", "Use", "Three Questions", "caregivers", "on", "5", "cases", "2026-12-31"),
]  # fmt: skip


def test_there_are_sixty():
    assert len({row[0] for row in SENTENCES}) == 60


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row[0])
def test_a_goal_is_read_as_it_was_meant(row):
    sentence, verb, practice, with_whom, joiner, count, unit, by = row
    parts = read_sentence(sentence, TODAY, DAYS)
    chosen = next((day.on for day in DAYS if day.key == parts.by), parts.day)
    read = (parts.verb, parts.practice, parts.with_whom, parts.joiner, parts.count, parts.unit)
    assert read == (verb, practice, with_whom, joiner, count, unit)
    assert chosen == (date.fromisoformat(by) if by else None)


@pytest.mark.parametrize(
    ("sentence", "practice", "count", "by"),
    [
        ("Ask for 3 examples in 2 visits by Friday", "for 3 examples", "2", "2026-12-04"),
        ("Use mapping on 2 cases in 0 days", "mapping", "2", ""),
        ("Use mapping on 2 cases by 12/25/26", "mapping", "2", "2026-12-25"),
        ("Use mapping with two kids in a week", "mapping", "two", "2026-12-08"),
    ],
)
def test_no_word_is_put_for_another_and_no_day_made_up(sentence, practice, count, by):
    parts = read_sentence(sentence, TODAY)
    assert (parts.practice, parts.count, parts.day) == (
        practice,
        count,
        date.fromisoformat(by) if by else None,
    )


FOCUSES = [
    ("Detail and impact", "Three Questions"),
    ("Working alongside the child", "Three Houses"),
    ("Plain behavioral language", "Danger Statements"),
    ("Finding people", "Circles of Safety and Support"),
]


@pytest.mark.parametrize(
    ("sentence", "focus"),
    [
        ("Use Three Houses with 2 children by next Friday", 1),
        ("use 3 houses with two kids by Friday", 1),
        ("try the three-houses tool on 2 cases", 1),
        ("Ask the Three Questions on 5 cases", 0),
        ("Write 3 danger statements by 12/18", 2),
        ("work alongside the child in 3 visits", None),
        ("Working alongside the child in 3 visits", 1),
        ("Do circles of support with 3 families", None),
        ("Do Circles of Safety & Support with 3 families", 3),
        ("Finding people for 2 families", 3),
        ("Use Three Houses and Three Questions on 2 cases", None),
        ("Be more curious", None),
    ],
)
def test_a_sentence_goes_to_the_focus_that_it_names_and_to_none_by_a_guess(sentence, focus):
    assert focus_named(sentence, FOCUSES) == focus
