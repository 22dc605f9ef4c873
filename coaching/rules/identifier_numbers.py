"""Numbers that an agency or a court gives out."""

import re

from coaching.rules.plain_text import pattern

# A number after a word that says whose it is. "Case no. 417" is one; "case 3 of 5", "client 2" and "case #2" are not.
_WHOSE = r"(?P<whose>case|client|referral|petition|docket|file|record|index|incident|intake|cps|dcfs|cws|cms|cin|mrn|id|medi-?cal|family|fam|participant|ref|cl\.?)"
_VALUE = r"[a-z]{0,4}[-/.]?\d[a-z\d]{0,20}(?:[-/.][a-z\d]{1,20}|\ \d{2,20}){0,5}"
SAID_NUMBER = pattern(
    rf"""\b{_WHOSE}s?(?P<id>\ id)?\ ?
        (?P<marker>(?:\#|(?:number|num\b|nr\b|no\b|id\b)\.?)\ ?(?:is\b|was\b)?|[:=])\ ?[:=\#]?\ ?(?P<value>{_VALUE})(?!\w)"""
)
SAID_PLAIN = pattern(
    rf"""\b{_WHOSE}\ (?P<value>(?:(?:[a-z]{{1,3}}-?)?\d{{4,20}}|\d{{2}}[-/]\d{{3,20}}|[a-z]{{1,3}}-\d{{2}}-\d{{1,20}})
        (?:[-/][a-z\d]{{1,20}}|\ \d{{2,20}}){{0,5}})(?!\w)"""
)
SAID_AFTER = pattern(
    r"""\b(?:the|that|my|our|this|on|in|her|his|their)\ (?P<value>(?:[a-z]{1,3}-?)?\d{4,10}[a-z]?|\d{2}-\d{3,8})
        \ (?P<whose>case|family|referral|client|petition|kids|children|siblings)\b(?!\ (?:load|loads|managers?|aides?|workers?|code)\b)"""
)
COURT_NUMBER = pattern(rf"\bcourt\ (?:number|no\.?|\#)\ ?:?\ ?(?P<value>{_VALUE})(?!\w)")
PLATE = pattern(
    r"\b(?:license\ )?plates?(?:\ (?:number|no\.?|is|was))?\ ?[:\#]?\ ?(?P<value>(?=[a-z]{0,7}\d)[a-z\d]{5,8})(?!\w)"
)
LETTERED = re.compile(
    r"(?<!\w)(?:(?i:client|child|minor|youth|parent|mother|father|family)|cl\.)\ [A-Z]\ ?\((?P<value>\d{3,10})\)"
)
FOUR_GROUPS = pattern(r"(?<![\w-])\d{4}([- ])\d{4}\1\d{4}\1\d{7}(?!\w)")
TOKEN = pattern(r"(?<![\w$/-])[a-z\d]++(?:[-/_][a-z\d]++)*+")


def fewest_digits(said: re.Match[str]) -> int:
    """How many digits make a number of it: the clearer it is said to be one, the fewer."""
    if said["id"] or said["marker"].lower().startswith("id"):
        return 1
    return 2 if re.match(r"\#|number|num|nr|no\.", said["marker"], re.IGNORECASE) else 3


def digits_in(text: str) -> int:
    return sum(char.isdigit() for char in text)


def looks_numbered(token: str) -> bool:
    """Whether a word of digits, letters and dashes looks like a number that an agency or a court gives out.

    Forms, bills and letters of the field (JV-220, AB-2083, ACL 21-147, 31-320) are shorter and pass.
    """
    runs = re.findall(r"\d+|[^\W\d_]+", token)
    digit_runs = [len(run) for run in runs if run.isdigit()]
    longest = max(digit_runs, default=0)
    if longest >= 6 or (longest == 5 and len(runs) > 1):
        return True
    return longest == 4 and len(digit_runs) > 1 and sum(digit_runs) >= 6
