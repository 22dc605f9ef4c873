"""What coaching words must not hold: anything that points to a client.

Coaching is about the worker's practice. A case number or an address in it would turn a private record into a case
file, so such text is stopped before it is stored, with the very words quoted and general ones suggested
(product.md, 4.5 and 4.6). Look-alikes of the field's own language (W&I 300, by 12/24, Title IV-E) pass.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError

from coaching.rules.identifier_addresses import ADDRESS, ADDRESS_WITH_CAPITALS, BARE_STREET, PO_BOX, ZIP
from coaching.rules.identifier_contacts import (
    EMAIL,
    HANDLE,
    PHONE,
    PHONE_ENDS,
    PHONE_IN_TOWN,
    PHONE_SAID,
    SPOKEN_NUMBER,
    SSN,
    SSN_LAST,
    SSN_SAID,
)
from coaching.rules.identifier_dates import (
    AGE_AND_DATE,
    BIRTH,
    BIRTH_AFTER,
    CLOCK,
    COUNTED,
    HARMLESS,
    INITIALS_AND_DATE,
    SAID_HARMLESS,
    TOLD_TOGETHER,
    TOLL_FREE,
)
from coaching.rules.identifier_numbers import (
    COURT_NUMBER,
    FOUR_GROUPS,
    LETTERED,
    PLATE,
    SAID_AFTER,
    SAID_NUMBER,
    SAID_PLAIN,
    TOKEN,
    digits_in,
    fewest_digits,
    looks_numbered,
)
from coaching.rules.plain_text import as_read, as_typed


class IdentifierKind(StrEnum):
    """What a piece of text looks like. The value is how a sentence calls it."""

    CASE_NUMBER = "a case number"
    CLIENT_NUMBER = "a client number"
    REFERRAL_NUMBER = "a referral number"
    DATE_OF_BIRTH = "a date of birth"
    PHONE = "a phone number"
    EMAIL = "an e-mail address"
    SSN = "a Social Security number"
    ADDRESS = "a street address"
    HANDLE = "a name on social media"


SAY_INSTEAD = {
    IdentifierKind.CASE_NUMBER: "Say who it is in general, such as “a caregiver”.",
    IdentifierKind.CLIENT_NUMBER: "Say who it is in general, such as “a caregiver”.",
    IdentifierKind.REFERRAL_NUMBER: "Say what it was about in general, such as “a new referral”.",
    IdentifierKind.DATE_OF_BIRTH: "Say the age in general, such as “a school-age child”.",
    IdentifierKind.PHONE: "Say who was called in general, such as “a grandparent”.",
    IdentifierKind.EMAIL: "Say who was written to in general, such as “a teacher”.",
    IdentifierKind.SSN: "Say who it is in general, such as “a parent”.",
    IdentifierKind.ADDRESS: "Say where it was in general, such as “at their home”.",
    IdentifierKind.HANDLE: "Say who it is in general, such as “a mother”.",
}


@dataclass(frozen=True)
class Finding:
    """One piece of text that looks like an identifier: `quoted` as it was typed, from character `start` on."""

    kind: IdentifierKind
    quoted: str
    start: int

    @property
    def sentence(self) -> str:
        return f"“{self.quoted}” looks like {self.kind}, so we’ve stopped here. {SAY_INSTEAD[self.kind]}"


def find_identifiers(text: str) -> tuple[Finding, ...]:
    """Everything in `text` that looks like a client identifier, in reading order.

    A date alone passes; a date that is said to be somebody's birth, or stands behind initials or an age, doesn't. Names
    pass: whether one is somebody's of a family or a colleague's can't be told, so they are only asked about
    (coaching/rules/noticing.py).
    """
    plain, places = as_read(text)
    taken = bytearray(len(plain))
    findings = []
    for kind, start, end in _candidates(plain):
        if any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        findings.append(Finding(kind, as_typed(text, places, start, end), places[start]))
    return tuple(sorted(findings, key=lambda finding: finding.start))


def refuse_identifiers(text: str) -> None:
    """Raise a ValidationError with one sentence for each different thing that looks like an identifier."""
    sentences = dict.fromkeys(finding.sentence for finding in find_identifiers(text))
    if sentences:
        raise ValidationError([ValidationError(sentence, code="identifier") for sentence in sentences])


# ---------------------------------------------------------------- dates and times


# ---------------------------------------------------------------- numbers of people


# ---------------------------------------------------------------- addresses


# ---------------------------------------------------------------- goals


type Sure = Callable[[re.Match[str]], IdentifierKind | None]
"""What a match is, or nothing where it is too little to be one."""


def _is(kind: IdentifierKind) -> Sure:
    return lambda match: kind


def _whose(match: re.Match[str]) -> IdentifierKind:
    return {"client": IdentifierKind.CLIENT_NUMBER, "referral": IdentifierKind.REFERRAL_NUMBER}.get(
        match["whose"].lower(), IdentifierKind.CASE_NUMBER
    )


def _said(match: re.Match[str]) -> IdentifierKind | None:
    return _whose(match) if digits_in(match["value"]) >= fewest_digits(match) else None


def _of_a_court(match: re.Match[str]) -> IdentifierKind | None:
    return IdentifierKind.CASE_NUMBER if digits_in(match["value"]) > 1 else None


def _numbered(match: re.Match[str]) -> IdentifierKind | None:
    return IdentifierKind.CASE_NUMBER if looks_numbered(match[0]) else None


class Text(StrEnum):
    """In which text one looks: as it is read, or with what means nobody crossed out, more of it each time."""

    READ = "as it is read"
    PLACES = "without telephones of everybody’s, times and counts told together"
    NUMBERS = "without numbers of the field as well"
    NO_DATES = "without dates and counted things as well"


LOOKS: tuple[tuple[Text, Sure, str | int, tuple[re.Pattern[str], ...]], ...] = (
    (Text.READ, _is(IdentifierKind.EMAIL), 0, (EMAIL,)),
    (Text.READ, _is(IdentifierKind.SSN), "value", (SSN_SAID, SSN_LAST)),
    (Text.READ, _is(IdentifierKind.HANDLE), 0, (HANDLE,)),
    (Text.READ, _is(IdentifierKind.SSN), 0, (SSN,)),
    (Text.READ, _is(IdentifierKind.DATE_OF_BIRTH), 0, (BIRTH, BIRTH_AFTER, INITIALS_AND_DATE, AGE_AND_DATE)),
    (Text.NO_DATES, _said, "value", (SAID_NUMBER,)),
    (Text.NO_DATES, _whose, "value", (SAID_PLAIN, SAID_AFTER)),
    (Text.NO_DATES, _of_a_court, "value", (COURT_NUMBER, PLATE)),
    (Text.NO_DATES, _is(IdentifierKind.CLIENT_NUMBER), "value", (LETTERED,)),
    (Text.PLACES, _is(IdentifierKind.ADDRESS), 0, (ADDRESS, ADDRESS_WITH_CAPITALS, PO_BOX, BARE_STREET, ZIP)),
    (Text.NUMBERS, _is(IdentifierKind.CASE_NUMBER), 0, (FOUR_GROUPS,)),
    (Text.NUMBERS, _is(IdentifierKind.PHONE), "value", (PHONE_SAID, PHONE_ENDS)),
    (Text.NUMBERS, _is(IdentifierKind.PHONE), 0, (SPOKEN_NUMBER, PHONE)),
    (Text.NO_DATES, _is(IdentifierKind.PHONE), 0, (PHONE_IN_TOWN,)),
    (Text.NO_DATES, _numbered, 0, (TOKEN,)),
)
"""What is looked for, in which text, what it is, and which part of the match; an earlier one wins over a later one."""


def _candidates(plain: str) -> Iterator[tuple[IdentifierKind, int, int]]:
    """(kind, start, end) of everything that may be one; an earlier candidate wins over a later one at its place."""
    texts = _texts(plain)
    for text, sure, part, patterns in LOOKS:
        for match in (match for one in patterns for match in one.finditer(texts[text])):
            if kind := sure(match):
                yield kind, *match.span(part)


def _texts(plain: str) -> dict[Text, str]:
    places = plain
    for harmless in (TOLL_FREE, TOLD_TOGETHER, CLOCK):
        places = _without(harmless, places)
    numbers = _without(SAID_HARMLESS, places, "value")
    no_dates = _without(COUNTED, _without(HARMLESS, numbers))
    return {Text.READ: plain, Text.PLACES: places, Text.NUMBERS: numbers, Text.NO_DATES: no_dates}


def _without(harmless: re.Pattern[str], plain: str, group: str | int = 0) -> str:
    """The text with what is harmless, or that group of it, crossed out."""

    def crossed_out(match: re.Match[str]) -> str:
        start, end = (place - match.start() for place in match.span(group))
        return match[0][:start] + "~" * (end - start) + match[0][end:]

    return harmless.sub(crossed_out, plain)
