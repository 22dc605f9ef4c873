"""How people say a goal, put into the order in which a goal is read: doing, with whom, on how many, by when. Pure."""

import re

from coaching.rules.goal_days import NUMBER_WORDS, SPAN, UNTIL

TOOLS_WITH_A_NUMBER = r"(?! (?:questions?|houses?|columns?|circles?)\b)"
"""A number that counts nothing: it belongs to the name of a tool, as in "Three Houses"."""
NUMBER = rf"(?:\d+(?: ?(?:-|–|to) ?\d+)?(?![\d/-])|(?:{'|'.join(NUMBER_WORDS)})\b){TOOLS_WITH_A_NUMBER}"

_WHEN = rf"(?:{SPAN}|{UNTIL})"
_OPENING = re.compile(
    r"^(?:my goal (?:is|will be) to|goal: ?|i(?:’|')m going to|i am going to|i(?:’|')d like to|i would like to|i want to"
    r"|i plan to|i(?:’|')ll|i will|to) ",
    re.IGNORECASE,
)
_PLAIN_WORDS = (
    (re.compile(r"\bw/ ?|\bw (?=\w)", re.IGNORECASE), "with "),
    (re.compile(r"\ba dozen\b", re.IGNORECASE), "12"),
    (re.compile(r"\ba couple of\b|\ba couple\b", re.IGNORECASE), "2"),
    (re.compile(r"\b(?:at least|a minimum of) (?=\d)", re.IGNORECASE), ""),
)
_DAY_FIRST = re.compile(rf"^(?P<when>{_WHEN}),? (?P<rest>.+)$", re.IGNORECASE)
_DAY_IN_BETWEEN = re.compile(
    rf"^(?P<before>.+?),? (?P<when>{_WHEN}), ?(?P<after>(?:with|on|in) .+)$", re.IGNORECASE
)
_COUNT_FIRST = re.compile(rf"^(?P<counted>(?:on|with|in) {NUMBER} [^,]+), ?(?P<rest>.+)$", re.IGNORECASE)
_COUNTED_FIRST = re.compile(
    rf"^(?P<counted>{NUMBER} (?:cases|families|children|visits|meetings|calls)) (?:with|of) (?P<rest>.+)$",
    re.IGNORECASE,
)
_BY_COMMAS = re.compile(
    rf"^(?P<what>[^,]+), ?(?:on )?(?P<counted>{NUMBER} [^,\d]+), ?(?:in )?(?:the )?(?:next )?(?P<span>\d+ (?:day|week|month)s?)$",
    re.IGNORECASE,
)
_SO_MANY = re.compile(rf"\b(?:on|with|in) {NUMBER} (?!(?:more )?(?:day|week|month)s?\b)", re.IGNORECASE)
"""What is counted is said already: a "for 3" beside it belongs to the doing, as in "ask for 3 examples in 2 visits"."""
_FOR_SO_MANY = re.compile(
    rf"\b(?:for|to) (?={NUMBER} (?!(?:more )?(?:day|week|month|time)s?\b))", re.IGNORECASE
)


def in_order(sentence: str) -> str:
    """The sentence with its parts where a goal has them. What isn't understood stays as it was typed."""
    text = " ".join(sentence.split()).rstrip(" .")
    for worn, plain in _PLAIN_WORDS:
        text = worn.sub(plain, text)
    if found := _BY_COMMAS.match(text):
        text = f"{found['what']} on {found['counted']} in {found['span']}"
    if found := _DAY_FIRST.match(text):
        text = f"{found['rest']} {found['when']}"
    text = _OPENING.sub("", text)
    if found := _DAY_IN_BETWEEN.match(text):
        text = f"{found['before']} {found['after']} {found['when']}"
    if found := _COUNTED_FIRST.match(text):
        text = f"{_without_day(found['rest'])[0]} on {found['counted']} {_without_day(found['rest'])[1]}"
    elif found := _COUNT_FIRST.match(text):
        rest, when = _without_day(found["rest"])
        text = f"{rest} {found['counted']} {when}"
    if not _SO_MANY.search(text):
        text = _FOR_SO_MANY.sub("with ", text)
    return text.strip()


_ENDS_IN_A_DAY = re.compile(rf"^(?P<rest>.*?),? (?P<when>{_WHEN})$", re.IGNORECASE)


def _without_day(text: str) -> tuple[str, str]:
    found = _ENDS_IN_A_DAY.match(text)
    return (found["rest"], found["when"]) if found else (text, "")
