"""A measurable goal: a number of times by a day, and never every case, which leaves no room for a hard day.

"Set goals as measurable behaviors over a specified amount of time rather than seek strategy usage on every case" (FAQ, goal
setting, 2). What it says and by when stands on `coaching.models.goal`; how it is read from a sentence, in `goal_sentence`.
"""

from django.core.exceptions import ValidationError

from coaching.rules.plain_text import as_read, as_typed, pattern

FEWEST, MOST = 1, 100
"""Times. A goal without a number can't be reached."""


def always_words(text: str) -> tuple[str, ...]:
    """Words in a goal that ask for every case instead of a number, as they were typed, in reading order."""
    plain, places = as_read(text)
    return tuple(as_typed(text, places, *match.span()) for match in ALWAYS.finditer(plain))


def refuse_every(text: str) -> None:
    """Raise a ValidationError when a goal leaves no room for a hard day.

    The source asks for measurable behaviors "over a specified amount of time rather than seek strategy usage on
    every case" (FAQ, goal setting, 2).
    """
    found = always_words(text)
    if found:
        quoted = found[0][0].upper() + found[0][1:]
        raise ValidationError(
            f"“{quoted}” leaves no room for a hard day. Pick a number you can reach, such as “5 cases in the next"
            " 30 days”.",
            code="every",
        )


_PEOPLE_AND_OCCASIONS = r"""(?:case|famil(?:y|ies)|client|child(?:ren)?|kid|youth|teen|caregiver|parent|mother|father|
    mom|dad|sibling\ group|relative|household|visit|call|contact|interview|meeting|conversation|hearing|referral|
    investigation|assessment|occasion|time|caseload)s?\b"""
_BETWEEN = r"""(?:(?:and\ every|single|of|my|our|the|these|those|his|her|their|new|open|current|ongoing|active|assigned|
    first|home|court|safety|phone|intake|emergency|and|any)\ ){0,4}"""
# "Each child in 2 sibling groups" has its number.
_COUNTED = r"""\ (?:in|of|from|on)\ (?:\d{1,3}|one|two|three|four|five)\ (?:famil|case|sibling|household|home|visit|meeting)"""
ALWAYS = pattern(
    rf"""\b(?:every|each|all)\ {_BETWEEN}{_PEOPLE_AND_OCCASIONS}(?!{_COUNTED})
        | \b(?:whole|entire)\ caseload\b
        | (?<!not\ )(?<!n't\ )\balways\b
        | \b(?:without\ (?:any\ )?exceptions?|no\ exceptions?)\b
        | (?<![\d.,])100\ ?(?:%|per\ ?cent\b)|\b(?:a|one)\ hundred\ per\ ?cent\b"""
)
