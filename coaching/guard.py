"""What coaching words must not hold: anything that points to a client, and goals without a number.

Coaching is about the worker's practice. A case number or an address in it would turn a private record into a case
file, so such text is stopped before it is stored, with the very words quoted and general ones suggested
(product.md, 4, steps 5 and 6). Look-alikes of the field's own language (W&I 300, by 12/24, Title IV-E) pass.

Every pattern starts at a fixed landmark and repeats a bounded number of times (or takes its characters for good),
so that a long or hostile text costs no more than its length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError


class Kind(StrEnum):
    """What a piece of text looks like. The value is how a sentence calls it."""

    CASE_NUMBER = "a case number"
    CLIENT_NUMBER = "a client number"
    REFERRAL_NUMBER = "a referral number"
    DATE_OF_BIRTH = "a date of birth"
    PHONE = "a phone number"
    EMAIL = "an e-mail address"
    SSN = "a Social Security number"
    ADDRESS = "a street address"


SAY_INSTEAD = {
    Kind.CASE_NUMBER: "Say who it is in general, such as “a caregiver”.",
    Kind.CLIENT_NUMBER: "Say who it is in general, such as “a caregiver”.",
    Kind.REFERRAL_NUMBER: "Say what it was about in general, such as “a new referral”.",
    Kind.DATE_OF_BIRTH: "Say the age in general, such as “a school-age child”.",
    Kind.PHONE: "Say who was called in general, such as “a grandparent”.",
    Kind.EMAIL: "Say who was written to in general, such as “a teacher”.",
    Kind.SSN: "Say who it is in general, such as “a parent”.",
    Kind.ADDRESS: "Say where it was in general, such as “at their home”.",
}


@dataclass(frozen=True)
class Finding:
    """One piece of text that looks like an identifier: `quoted` as it was typed, from character `start` on."""

    kind: Kind
    quoted: str
    start: int

    @property
    def sentence(self) -> str:
        return f"“{self.quoted}” looks like {self.kind}, so we’ve stopped here. {SAY_INSTEAD[self.kind]}"


def find_identifiers(text: str) -> tuple[Finding, ...]:
    """Everything in `text` that looks like a client identifier, in reading order.

    A date alone passes; a date that is said to be somebody's birth doesn't. Names can't be told from other words
    and pass as well: the pages ask people to leave them out.
    """
    plain = text.translate(SAME_LENGTH)
    taken = bytearray(len(plain))
    findings = []
    for kind, start, end in _candidates(plain):
        if any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        findings.append(Finding(kind, " ".join(text[start:end].split()), start))
    return tuple(sorted(findings, key=lambda finding: finding.start))


def refuse_identifiers(text: str) -> None:
    """Raise a ValidationError with one sentence for each different thing that looks like an identifier."""
    sentences = dict.fromkeys(finding.sentence for finding in find_identifiers(text))
    if sentences:
        raise ValidationError([ValidationError(sentence, code="identifier") for sentence in sentences])


def always_words(text: str) -> tuple[str, ...]:
    """Words in a goal that ask for every case instead of a number, as they were typed, in reading order."""
    return tuple(
        " ".join(text[m.start() : m.end()].split()) for m in ALWAYS.finditer(text.translate(SAME_LENGTH))
    )


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


# Dashes and spaces as word processors write them, one character for one, so that places in the text stay right.
SAME_LENGTH = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u202f\t\r\n", " ")
    | {"’": "'", "：": ":", "＠": "@", "．": "."}
)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


# ---------------------------------------------------------------- dates and times

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
YEAR = r"(?:19|20)\d\d"
MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
NUMERIC_DATE = rf"(?:{YEAR}[-/.]{DAY}[-/.]{DAY}|{DAY}[-/.]{DAY}[-/.](?:{YEAR}|\d\d))"
SPOKEN_DATE = rf"""(?:
      (?:the\ )?{DAY}(?:st|nd|rd|th)?\ (?:of\ )?{MONTH}(?:,?\ {YEAR})?
    | {MONTH}\ (?:the\ )?{DAY}(?:st|nd|rd|th)?(?!\d)(?:,?\ {YEAR})?
    | {MONTH}\ (?:of\ )?{YEAR}
)"""

# What is no number of anything: dates, ranges of dates, years and months, times of day.
_TIME_WORD = rf"(?:{NUMERIC_DATE}|{YEAR}[-/](?:{YEAR}|\d\d)|{MONTH_NUMBER}[-/.]{YEAR}|{DAY}/{DAY}|{YEAR}|\d{{1,2}}:\d\d)"
HARMLESS = _pattern(rf"(?<![\w$])(?<!\w[-/.:]){_TIME_WORD}(?:\ ?-\ ?{_TIME_WORD})?(?!\w|[-/]\w|[.:]\d)")

BIRTHDAY = r"(?:d\.?\ ?o\.?\ ?b\b\.?|(?:date|day)\ of\ birth|birth[\ -]?(?:date|day))"
BIRTH = _pattern(
    rf"""\b(?:born|{BIRTHDAY})(?:\ ?[:=,(-]|\ (?:is|was|on|in|the|about|around|of)\b){{0,3}}\ {{0,2}}
        (?:(?:{NUMERIC_DATE}|{DAY}/{DAY}|{MONTH_NUMBER}[/-]{YEAR})(?![\w]|[-/.]\d)|{SPOKEN_DATE}(?!\w))"""
)
BIRTH_AFTER = _pattern(
    rf"""(?<![\w])(?<!\d[-/.])(?:{NUMERIC_DATE}|{SPOKEN_DATE})
        (?:\ ?[:=,(-]|\ (?:is|was|as|her|his|their|the|my|a|child's|mother's|father's)\b){{0,3}}\ {{0,2}}{BIRTHDAY}"""
)

# ---------------------------------------------------------------- numbers of people

EMAIL = _pattern(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\ ?[\[(]at[\])]\ ?)[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){0,4}\.[a-z]{2,24}\b"
)

SSN = _pattern(r"(?<![\w.-])(?:\d{3}([- .])\d{2}\1|(?:xxx|\*\*\*)([- .])(?:xx|\*\*)\2)\d{4}(?!\w|[-.]\d)")
SSN_SAID = _pattern(
    r"""\b(?:ssn|social\ security(?:\ (?:number|no\.?|\#))?)(?:\ ?[:=\#]|\ (?:is|was|ends|ending|ended|in|with|last|four)\b)
        {0,4}\ ?(?P<value>\d{3}[- ]?\d{2}[- ]?\d{4}|\d{4})(?!\w)"""
)

PHONE = _pattern(
    r"""(?<![\w$])(?<!\d[-/.])(?:
          (?:\+?1[\ .-]?)?\([2-9]\d{2}\)[\ .-]{0,2}\d{3}[\ .-]?\d{4}
        | (?:\+?1[\ .-]?)?[2-9]\d{2}[\ ./-]\d{3}[\ .-]?\d{4}
        | (?:\+?1)?[2-9]\d{9}
        | [2-9]\d{2}[.-]\d{4}
        | \+[1-9]\d{0,2}(?:[\ .()-]{1,2}\d{2,4}){2,5}
    )(?!\w|[-/.]\d)"""
)
PHONE_SAID = _pattern(
    r"\b(?:phone|cell|mobile|tel)\b\.?(?:\ (?:number|no\.?|is))?\ ?[:\#]?\ ?(?P<value>[2-9]\d{2}[\ .-]?\d{4})(?!\w|[-/.]\d)"
)

# A number after a word that says whose it is. "Case no. 417" is one; "case 3 of 5" and "client 2" are not.
_WHOSE = r"(?P<whose>case|client|referral|petition|docket|file|record|index|incident|intake|cws|cms|cin|mrn|id|medi-?cal|family|participant)"
_VALUE = r"[a-z]{0,4}[-/.]?\d[a-z\d]{0,20}(?:[-/.][a-z\d]{1,20}|\ \d{2,20}){0,5}"
SAID_NUMBER = _pattern(
    rf"""\b{_WHOSE}s?(?:\ id)?\ ?
        (?P<marker>(?:\#|(?:number|num\b|nr\b|no\b|id\b)\.?)\ ?(?:is\b|was\b)?|[:=])\ ?[:=\#]?\ ?(?P<value>{_VALUE})(?!\w)"""
)
SAID_PLAIN = _pattern(
    rf"\b{_WHOSE}\ (?P<value>(?:[a-z]{{1,3}}-?)?\d{{4,20}}(?:[-/][a-z\d]{{1,20}}|\ \d{{2,20}}){{0,5}})(?!\w)"
)
FOUR_GROUPS = _pattern(r"(?<![\w-])\d{4}([- ])\d{4}\1\d{4}\1\d{7}(?!\w)")
TOKEN = _pattern(r"(?<![\w$/-])[a-z\d]++(?:[-/_][a-z\d]++)*+")

# ---------------------------------------------------------------- addresses

_NO_NAME = r"""(?:a|an|and|as|at|by|down|each|for|from|in|into|is|my|near|next|no|not|of|off|on|one|or|our|out|over|
    that|the|their|this|to|two|up|we|with|bumpy|cases?|families|family|child|children|kids?|youth|siblings?|visits?|
    calls?|sessions?|seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|miles?|times?|people|parents?|
    workers?|caregivers?|questions?|steps?|levels?|long|quick|short|safety|juvenile|superior|dependency|district|drug|
    tribal|wellness|criminal|training|staff|bedroom|more|new|other|good|different|better)\b"""
_HOUSE = (
    r"(?<![\w$])(?<!\d[-/.:,])\d{1,6}[a-z]?(?:\ 1/2)?,?\ (?:[nsew]{1,2}\.?\ |(?:north|south|east|west)\ )?"
)
_STREET_WORD = rf"(?!{_NO_NAME})(?:[a-z][\w'-]{{1,24}}|\d{{1,3}}(?:st|nd|rd|th))\.?"
_STREET = r"(?:street|st|avenue|ave|boulevard|blvd|road|rd|lane|ln|highway|hwy|parkway|pkwy|terrace)"
_STREET_OR_NOT = r"(?:drive|dr|court|ct|place|way|circle|cir|trail|square|loop|alley|plaza)"
ADDRESS = _pattern(rf"{_HOUSE}(?:{_STREET_WORD}\ ){{1,3}}{_STREET}\b(?!\ (?:work|outreach))")
# "Drive" and "Court" are also plain words: here the name has to be written as one.
ADDRESS_WITH_CAPITALS = re.compile(
    rf"(?ix) {_HOUSE}(?:(?-i:(?=[A-Z\d])){_STREET_WORD}\ ){{1,3}}(?-i:(?=[A-Z])){_STREET_OR_NOT}\b"
    r"(?!\ (?:hearing|report|order|date|with))"
)
PO_BOX = _pattern(
    r"\bp\.?\ ?o\.?\ box\ \#?\d{1,8}\b|\bapartment\ \#?\d{1,5}[a-z]?\b|\bapt\.?\ \#?\d{1,5}[a-z]?\b"
)
ZIP = re.compile(r"\b(?:CA|Calif\.?|California|NV|OR|AZ),? \d{5}(?:-\d{4})?(?!\w)")

# ---------------------------------------------------------------- goals

_PEOPLE_AND_OCCASIONS = r"""(?:case|famil(?:y|ies)|client|child(?:ren)?|kid|youth|teen|caregiver|parent|mother|father|
    mom|dad|sibling\ group|relative|household|visit|call|contact|interview|meeting|conversation|hearing|referral|
    investigation|assessment|occasion|time|caseload)s?\b"""
_BETWEEN = r"""(?:(?:and\ every|single|of|my|our|the|these|those|his|her|their|new|open|current|ongoing|active|assigned|
    first|home|court|safety|phone|intake|emergency|and|any)\ ){0,4}"""
# "Each child in 2 sibling groups" has its number.
_COUNTED = r"""\ (?:in|of|from|on)\ (?:\d{1,3}|one|two|three|four|five)\ (?:famil|case|sibling|household|home|visit|meeting)"""
ALWAYS = _pattern(
    rf"""\b(?:every|each|all)\ {_BETWEEN}{_PEOPLE_AND_OCCASIONS}(?!{_COUNTED})
        | \b(?:whole|entire)\ caseload\b
        | (?<!not\ )(?<!n't\ )\balways\b
        | \b(?:without\ (?:any\ )?exceptions?|no\ exceptions?)\b
        | (?<![\d.,])100\ ?(?:%|per\ ?cent\b)|\b(?:a|one)\ hundred\ per\ ?cent\b"""
)


def _candidates(plain: str) -> Iterator[tuple[Kind, int, int]]:
    """(kind, start, end) of everything that may be one; an earlier candidate wins over a later one at its place."""
    for match in EMAIL.finditer(plain):
        yield Kind.EMAIL, *match.span()
    for match in SSN_SAID.finditer(plain):
        yield Kind.SSN, *match.span("value")
    for match in SSN.finditer(plain):
        yield Kind.SSN, *match.span()
    for pattern in (BIRTH, BIRTH_AFTER):
        for match in pattern.finditer(plain):
            yield Kind.DATE_OF_BIRTH, *match.span()
    without_dates = HARMLESS.sub(lambda match: "~" * len(match[0]), plain)
    for match in SAID_NUMBER.finditer(without_dates):
        if _digits(match["value"]) >= 3:
            yield _whose(match["whose"]), *match.span("value")
    for match in SAID_PLAIN.finditer(without_dates):
        yield _whose(match["whose"]), *match.span("value")
    for pattern in (ADDRESS, ADDRESS_WITH_CAPITALS, PO_BOX, ZIP):
        for match in pattern.finditer(plain):
            yield Kind.ADDRESS, *match.span()
    for match in FOUR_GROUPS.finditer(plain):
        yield Kind.CASE_NUMBER, *match.span()
    for match in PHONE_SAID.finditer(without_dates):
        yield Kind.PHONE, *match.span("value")
    for match in PHONE.finditer(without_dates):
        yield Kind.PHONE, *match.span()
    for match in TOKEN.finditer(without_dates):
        if _looks_numbered(match[0]):
            yield Kind.CASE_NUMBER, *match.span()


def _whose(word: str) -> Kind:
    return {"client": Kind.CLIENT_NUMBER, "referral": Kind.REFERRAL_NUMBER}.get(
        word.lower(), Kind.CASE_NUMBER
    )


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)


def _looks_numbered(token: str) -> bool:
    """Whether a word of digits, letters and dashes looks like a number that an agency or a court gives out.

    Forms, bills and letters of the field (JV-220, AB-2083, ACL 21-147, 31-320) are shorter and pass.
    """
    runs = re.findall(r"\d+|[^\W\d_]+", token)
    digit_runs = [len(run) for run in runs if run.isdigit()]
    longest = max(digit_runs, default=0)
    if longest >= 6 or (longest == 5 and len(runs) > 1):
        return True
    return longest == 4 and len(digit_runs) > 1 and sum(digit_runs) >= 6
