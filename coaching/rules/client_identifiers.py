"""What coaching words must not hold: anything that points to a client, and goals without a number.

Coaching is about the worker's practice. A case number or an address in it would turn a private record into a case
file, so such text is stopped before it is stored, with the very words quoted and general ones suggested
(product.md, 4.5 and 4.6). Look-alikes of the field's own language (W&I 300, by 12/24, Title IV-E) pass.

Every pattern starts at a fixed landmark and repeats a bounded number of times (or takes its characters for good),
so that a long or hostile text costs no more than its length.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
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
    HANDLE = "a name on social media"


SAY_INSTEAD = {
    Kind.CASE_NUMBER: "Say who it is in general, such as “a caregiver”.",
    Kind.CLIENT_NUMBER: "Say who it is in general, such as “a caregiver”.",
    Kind.REFERRAL_NUMBER: "Say what it was about in general, such as “a new referral”.",
    Kind.DATE_OF_BIRTH: "Say the age in general, such as “a school-age child”.",
    Kind.PHONE: "Say who was called in general, such as “a grandparent”.",
    Kind.EMAIL: "Say who was written to in general, such as “a teacher”.",
    Kind.SSN: "Say who it is in general, such as “a parent”.",
    Kind.ADDRESS: "Say where it was in general, such as “at their home”.",
    Kind.HANDLE: "Say who it is in general, such as “a mother”.",
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

    A date alone passes; a date that is said to be somebody's birth, or stands behind initials or an age, doesn't. Names
    pass: whether one is somebody's of a family or a colleague's can't be told, so they are only asked about
    (coaching/rules/noticing.py).
    """
    plain, places = _plain(text)
    taken = bytearray(len(plain))
    findings = []
    for kind, start, end in _candidates(plain):
        if any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        findings.append(Finding(kind, _as_typed(text, places, start, end), places[start]))
    return tuple(sorted(findings, key=lambda finding: finding.start))


def refuse_identifiers(text: str) -> None:
    """Raise a ValidationError with one sentence for each different thing that looks like an identifier."""
    sentences = dict.fromkeys(finding.sentence for finding in find_identifiers(text))
    if sentences:
        raise ValidationError([ValidationError(sentence, code="identifier") for sentence in sentences])


def always_words(text: str) -> tuple[str, ...]:
    """Words in a goal that ask for every case instead of a number, as they were typed, in reading order."""
    plain, places = _plain(text)
    return tuple(_as_typed(text, places, *match.span()) for match in ALWAYS.finditer(plain))


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


# Dashes, slashes and quotes as word processors write them.
PLAIN_MARKS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-") | {"’": "'", "\u2044": "/"}
)
MOST_FOLDED = 4
"""No sign of a number stands for more characters, and a text stays as long as what may be typed."""
UNSEEN = frozenset({"Cf", "Mn", "Me"})
"""Categories of characters that take no place of their own on a page, such as a space of no width."""


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """The text as a reader sees it, in plain characters and with single spaces, and where each of them was typed."""
    plain: list[str] = []
    places: list[int] = []
    for place, typed in enumerate(text):
        if typed.isascii():
            folded = typed
        elif unicodedata.category(typed) in UNSEEN:
            continue
        else:
            folded = unicodedata.normalize("NFKC", typed)[:MOST_FOLDED].translate(PLAIN_MARKS)
        for char in folded:
            if not char.isspace():
                plain.append(char)
                places.append(place)
            elif not plain or plain[-1] != " ":
                plain.append(" ")
                places.append(place)
    return "".join(plain), places


def _as_typed(text: str, places: Sequence[int], start: int, end: int) -> str:
    return " ".join(text[places[start] : places[end - 1] + 1].split())


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


# ---------------------------------------------------------------- dates and times

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = r"""(?:(?:twenty|thirty)[\ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third
    |fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth
    |seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"""
SPOKEN_DAY = rf"(?:{DAY}(?:st|nd|rd|th)?(?!\d)|{_ORDINAL}\b)"
YEAR = r"(?:19|20)\d\d"
MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
FULL_NUMERIC = rf"""(?:{YEAR}[-/.]{DAY}[-/.]{DAY}|{DAY}[-/.]{DAY}[-/.](?:{YEAR}|\d\d)
    |{YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"""
SPOKEN_DATE = rf"""(?:
      (?:the\ )?{SPOKEN_DAY}\ (?:of\ )?{MONTH}(?:,?\ {YEAR})?
    | {MONTH}\ (?:the\ )?{SPOKEN_DAY}(?:,?\ {YEAR})?
    | {MONTH}\ (?:of\ )?{YEAR}
)(?!\w)"""
_NUMBER_ENDS = r"(?!\w|[-/.]\d)"
ANY_DATE = rf"(?:(?:{FULL_NUMERIC}|{DAY}/{DAY}|{MONTH_NUMBER}[/-]{YEAR}){_NUMBER_ENDS}|{SPOKEN_DATE})"
WITH_YEAR = rf"(?:(?:{FULL_NUMERIC}|{MONTH_NUMBER}[/-]{YEAR}){_NUMBER_ENDS}|{SPOKEN_DATE}(?<=\d{{4}}))"

# What is no number of anything: dates, ranges of dates, years and months, times of day,
_TIME_WORD = rf"(?:{FULL_NUMERIC}|{YEAR}[-/](?:{YEAR}|\d\d)|{MONTH_NUMBER}[-/.]{YEAR}|{DAY}/{DAY}|{YEAR}|\d{{1,2}}:\d\d)"
HARMLESS = _pattern(rf"(?<![\w$])(?<!\w[-/.:]){_TIME_WORD}(?:\ ?-\ ?{_TIME_WORD})?(?!\w|[-/]\w|[.:]\d)")
# what is counted ("1000-1200 words", "1000 things"),
COUNTED = _pattern(
    r"""(?<![\w$\#])(?<!\d[-/.\ ])(?<!\d\ -\ )(?:
          (?:\d{3,4}\ ?-\ ?\d{3,4}|\d{2,6})\ (?:words|hours|hrs|minutes|mins|seconds|days|steps|pages|miles|characters|dollars)
        | (?:[1-9]\d{0,2}00\ ?-\ ?)?[1-9]\d{0,3}00\ (?:things|times|ways|reasons|ideas|questions|people|families|children|cases|visits|calls)
    )(?!\w)"""
)
# what is said to be a number of something else,
_OF_SOMETHING = r"""(?:polic(?:y|ies)|procedures?|isbn|pp?\.|pp|pages?|slides?|zoom|webex|meeting\ id|conference\ id|passcodes?|access\ codes?
    |pin|ext\.?|extension|room|suite|ste\.?|sections?|sec\.|chapters?|titles?|rules?|modules?|units?|forms?|bills?|acl|acin|cfl|soc|wic|w&i
    |w\ &\ i|cfr|u\.?s\.?c\.?|codes?|division|sessions?|highway|hwy|interstate|route|gate|flight|channel|isbn-13|doi|version|edition
    |grant|budget|invoice|order|model|serial|item|cohort|fy|fiscal\ year|zone|box)"""
SAID_HARMLESS = _pattern(
    rf"""(?<!\w){_OF_SOMETHING}(?:\ (?:no|nr|number|numbers|code|is|id)\b\.?){{0,2}}\ ?[:\#]?\ ?
        (?P<value>(?:[a-z]{{1,4}}-?)?\d{{1,13}}(?:[-./\ ]\d{{1,6}}){{0,4}})(?![\w])"""
)
# times of day without a colon ("0900-1030"),
_CLOCK = r"(?:[01]\d|2[0-3])(?:00|15|30|45)"
CLOCK = _pattern(
    rf"(?<![\w$])(?<!\d[-/.])(?:{_CLOCK}\ ?(?:-|to|until)\ ?{_CLOCK}|(?<=at\ ){_CLOCK}(?=\ (?:sharp|hours|hrs|and|on|we|i|in|today|for|when)\b|[,.;)]|$)|\d{{3,4}}(?=\ ?[ap]\.?m\b))(?!\w|[-/.]\d)"
)
# counts of things that are told apart by nothing ("referrals: 1800 last year"),
TOLD_TOGETHER = _pattern(
    r"""\b(?:cases|referrals|clients|families|petitions|records|files|incidents|intakes|participants):?\ ?\d{1,6}
        (?=\ (?:last|this|a|per|each|in\ total|altogether|so\ far|open|closed|countywide|new|every|for\ the)\b)"""
)
# and numbers that anybody may call, such as a hotline's.
TOLL_FREE = _pattern(
    r"""(?<![\w$])(?<!\d[-/.])(?:\+?1(?:\ ?[-.]\ ?|\ ))?
        (?:\(8(?:00|33|44|55|66|77|88)\)\ ?[-.]?\ ?|8(?:00|33|44|55|66|77|88)(?:\ ?[-./]\ ?|\ ))
        \d{3}(?:\ ?[-.]\ ?|\ )\d{4}(?!\w|[-/.]\d)"""
)

_BIRTH_DATE = r"(?:d\.?\ ?o\.?\ ?b\b\.?|date\ of\ birth|birth[\ -]?date)"
_BIRTHDAY = r"(?:birth[\ -]?day|b[\ '-]?day|day\ of\ birth)"
_TO_THE_DATE = r"(?:\ ?[:=,(-]|\ (?:is|was|on|in|the|about|around|of)\b){0,3}\ {0,2}"
_UP_TO_FOUR_WORDS = r"(?:\ ?[,:=()-]{0,2}\ ?\b[\w']{1,24}){0,4}(?:\ ?[,:=()-]|\ ){1,3}"
# One's own birthday without its year is nobody's identifier: "on my birthday, 5 May".
BIRTH = _pattern(
    rf"""\b(?:
          (?:born|{_BIRTH_DATE}|(?<!\bmy\ ){_BIRTHDAY}){_TO_THE_DATE}{ANY_DATE}
        | {_BIRTH_DATE}{_UP_TO_FOUR_WORDS}{ANY_DATE}
        | {_BIRTH_DATE}{_TO_THE_DATE}(?:{YEAR}|{DAY}[-/.]\d{{1,2}})(?!\w|[-/.]\d)
        | born\b(?!\ to\b){_UP_TO_FOUR_WORDS}{WITH_YEAR}
        | {_BIRTHDAY}(?:{_TO_THE_DATE}|(?=\ ?\(|\ (?:for|of)\b){_UP_TO_FOUR_WORDS}){WITH_YEAR}
    )"""
)
BIRTH_AFTER = _pattern(
    rf"""(?<![\w])(?<!\d[-/.])(?:{FULL_NUMERIC}|{SPOKEN_DATE})
        (?:\ ?[:=,(-]|\ (?:is|was|as|her|his|their|the|a|child's|mother's|father's)\b){{0,3}}\ {{0,2}}
        (?:{_BIRTH_DATE}|{_BIRTHDAY})"""
)

# "J.M. 3/4/2015", "JM (3.4.15)", "age 7 (3/4/18)": initials or an age with a full date are somebody's.
_NO_INITIALS = (
    r"(?!(?i:a\.?m|p\.?m|u\.?s|d\.?c|v\.?s|ok|it|hr|sw|po|ca|ab|sb|er|da|pd|tv|fy|qa|vp|id|rn|mh|su|dv|iv)\b)"
)
INITIALS_AND_DATE = re.compile(
    rf"""(?x)(?<![\w.]){_NO_INITIALS}
        (?:[A-Z]\.\ ?(?:[A-Z]\.\ ?){{1,2}},?\ ?\(?|[A-Z]{{2}},?\ ?\(){FULL_NUMERIC}(?!\w|[-/.]\d)"""
)
AGE_AND_DATE = _pattern(
    rf"""\b(?:aged?\ \d{{1,2}}|\d{{1,2}}\ ?(?:y\.?\ ?o\.?|years?\ old|months?\ old|mos?\.?\ old)),?\ ?[(,:-]\ ?{FULL_NUMERIC}(?!\w|[-/.]\d)"""
)

# ---------------------------------------------------------------- numbers of people

_TLD = r"(?:com|net|org|edu|gov|us|info|biz|mx|ca|uk|es|io|me)\b"
_MAIL_HOST = r"(?:gmail|yahoo|hotmail|outlook|icloud|aol|msn|live|proton(?:mail)?|comcast|sbcglobal)"
_DOT = r"(?:\ ?\.\ ?|\ ?[\[(]dot[\])]\ ?|\ dot\ )"
EMAIL = _pattern(
    rf"""(?<![\w.+-])[\w.+-]{{1,64}}(?:
          (?:@|\ ?[\[(]at[\])]\ ?)[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.[^\W\d_]{{2,24}}\b
        | \ ?(?:@|[\[(]at[\])])\ ?[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,4}}{_DOT}{_TLD}
        | \ at\ [\w-]{{1,63}}(?:\ dot\ [\w-]{{1,63}}){{0,4}}\ dot\ {_TLD}
        | \ at\ {_MAIL_HOST}\.{_TLD}
        | (?<!\blook)(?<!\blooked)(?<!\blooking)(?<!\bwork)(?<!\bmail)(?<!\blog)\ at\ {_MAIL_HOST}\b(?!\.)
    )"""
)
_NOT_A_HANDLE = (
    r"(?!(?:work|home|school|court|the|my|our|their|a|an|noon|night|lunch|intake|office|church|all)\b)"
)
HANDLE = _pattern(
    rf"""(?<![\w.@])@{_NOT_A_HANDLE}(?:(?=[a-z\d.]{{0,30}}[_\d])[a-z][\w.]{{2,30}}
        |[a-z][\w.]{{2,30}}(?=\ (?:on|in|at|via)\ (?:instagram|insta|ig|facebook|fb|tik\ ?tok|snap(?:chat)?|twitter|x|venmo|cash\ ?app|discord|whatsapp)\b))"""
)

SSN = _pattern(
    r"""(?<![\w.-])(?:\d{3}|xxx|\*\*\*)(?:\ ?-\ ?(?:\d\d|xx|\*\*)\ ?-\ ?|\ ?\.\ ?(?:\d\d|xx|\*\*)\ ?\.\ ?|\ (?:\d\d|xx|\*\*)\ )
        \d{4}(?!\w|[-.]\d)"""
)
_SSN_JOINT = r"(?:\ ?[:=\#]|\ (?:is|was|are|ends|ending|ended|in|with|last|four|4|digits|number)\b)"
SSN_SAID = _pattern(
    rf"""\b(?:(?:ssn|social\ security(?:\ (?:number|no\.?|\#))?){_SSN_JOINT}{{0,5}}|social{_SSN_JOINT}{{1,5}})
        \ ?(?P<value>\d{{3}}[- ]?\d{{2}}[- ]?\d{{4}}|\d{{4}})(?!\w)"""
)

SSN_LAST = _pattern(
    rf"""\blast\ (?:4|four)(?:\ digits)?(?:\ (?:of|of\ the|of\ her|of\ his|of\ their))?(?:\ (?:social|ssn|social\ security)){_SSN_JOINT}{{0,3}}
        \ ?(?P<value>\d{{4}})(?!\w)"""
)
_SPOKEN_DIGIT = r"(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine|double)"
SPOKEN_NUMBER = _pattern(rf"(?<!\w){_SPOKEN_DIGIT}(?:[\ ,-]{{1,2}}{_SPOKEN_DIGIT}){{6,15}}(?!\w)")
PHONE_ENDS = _pattern(
    r"\b(?:phone|cell|mobile|number)(?:\ number)?\ (?:that\ )?(?:ends|ending|ended)\ (?:in\ |with\ )?(?P<value>\d{2,4})(?!\w|[-/.:]\d)"
)
_BETWEEN_DIGITS = r"(?:\ ?[.-]\ ?|\ )"
PHONE = _pattern(
    rf"""(?<![\w$])(?<!\d[-/.])(?:
          (?:\+?1{_BETWEEN_DIGITS}?)?\([2-9]\d{{2}}\)\ ?[.-]?\ ?\d{{3}}{_BETWEEN_DIGITS}?\d{{4}}
        | (?:\+?1{_BETWEEN_DIGITS}?)?[2-9]\d{{2}}(?:\ ?[./-]\ ?|\ )\d{{3}}{_BETWEEN_DIGITS}?\d{{4}}
        | (?:\+?1)?[2-9]\d{{9}}
        | \+[1-9]\d{{0,2}}(?:[\ .()-]{{1,3}}\d{{2,4}}){{2,5}}
    )(?!\w|[-/.]\d)"""
)
PHONE_IN_TOWN = _pattern(rf"(?<![\w$])(?<!\d[-/.])[2-9]\d{{2}}{_BETWEEN_DIGITS}\d{{4}}(?!\w|[-/.]\d)")
PHONE_SAID = _pattern(
    rf"""\b(?:phone|cell|mobile|tel)\b\.?(?:\ (?:number|no\.?|is))?\ ?[:\#]?\ ?
        (?P<value>[2-9]\d{{2}}{_BETWEEN_DIGITS}?\d{{4}})(?!\w|[-/.]\d)"""
)

# A number after a word that says whose it is. "Case no. 417" is one; "case 3 of 5", "client 2" and "case #2" are not.
_WHOSE = r"(?P<whose>case|client|referral|petition|docket|file|record|index|incident|intake|cps|dcfs|cws|cms|cin|mrn|id|medi-?cal|family|fam|participant|ref|cl\.?)"
_VALUE = r"[a-z]{0,4}[-/.]?\d[a-z\d]{0,20}(?:[-/.][a-z\d]{1,20}|\ \d{2,20}){0,5}"
SAID_NUMBER = _pattern(
    rf"""\b{_WHOSE}s?(?P<id>\ id)?\ ?
        (?P<marker>(?:\#|(?:number|num\b|nr\b|no\b|id\b)\.?)\ ?(?:is\b|was\b)?|[:=])\ ?[:=\#]?\ ?(?P<value>{_VALUE})(?!\w)"""
)
SAID_PLAIN = _pattern(
    rf"""\b{_WHOSE}\ (?P<value>(?:(?:[a-z]{{1,3}}-?)?\d{{4,20}}|\d{{2}}[-/]\d{{3,20}}|[a-z]{{1,3}}-\d{{2}}-\d{{1,20}})
        (?:[-/][a-z\d]{{1,20}}|\ \d{{2,20}}){{0,5}})(?!\w)"""
)
SAID_AFTER = _pattern(
    r"""\b(?:the|that|my|our|this|on|in|her|his|their)\ (?P<value>(?:[a-z]{1,3}-?)?\d{4,10}[a-z]?|\d{2}-\d{3,8})
        \ (?P<whose>case|family|referral|client|petition|kids|children|siblings)\b(?!\ (?:load|loads|managers?|aides?|workers?|code)\b)"""
)
COURT_NUMBER = _pattern(rf"\bcourt\ (?:number|no\.?|\#)\ ?:?\ ?(?P<value>{_VALUE})(?!\w)")
PLATE = _pattern(
    r"\b(?:license\ )?plates?(?:\ (?:number|no\.?|is|was))?\ ?[:\#]?\ ?(?P<value>(?=[a-z]{0,7}\d)[a-z\d]{5,8})(?!\w)"
)
LETTERED = re.compile(
    r"(?<!\w)(?:(?i:client|child|minor|youth|parent|mother|father|family)|cl\.)\ [A-Z]\ ?\((?P<value>\d{3,10})\)"
)
FOUR_GROUPS = _pattern(r"(?<![\w-])\d{4}([- ])\d{4}\1\d{4}\1\d{7}(?!\w)")
TOKEN = _pattern(r"(?<![\w$/-])[a-z\d]++(?:[-/_][a-z\d]++)*+")

# ---------------------------------------------------------------- addresses

_NO_NAME = r"""(?:a|an|and|as|at|by|down|each|for|from|in|into|is|my|near|next|no|not|of|off|on|one|or|our|out|over|
    that|the|their|this|to|two|up|we|with|bumpy|cases?|families|family|child|children|kids?|youth|siblings?|visits?|
    calls?|sessions?|seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|miles?|times?|people|parents?|
    workers?|caregivers?|questions?|steps?|levels?|long|quick|short|safety|juvenile|superior|dependency|district|drug|
    tribal|wellness|criminal|training|staff|bedroom|more|new|other|good|different|better|way|km|percent|petition|hearings?)\b"""
_HOUSE = r"(?<![\w$])(?<!\d[-/.:,])\d{1,6}[a-z]?(?:-\d{1,6}[a-z]?)?(?:\ 1/2)?,?\ (?:[nsew]{1,2}\.?\ |(?:north|south|east|west)\ )?"
_STREET_WORD = rf"(?!{_NO_NAME})(?:[a-z][\w'-]{{1,24}}|\d{{1,3}}(?:st|nd|rd|th))\.?"
_STREET = r"(?:street|st|avenue|ave|boulevard|blvd|road|rd|lane|ln|highway|hwy|parkway|pkwy|terrace)"
_STREET_OR_NOT = r"(?:drive|dr|court|ct|place|way|circle|cir|trail|square|loop|alley|plaza)"
_NO_PLACE = r"(?!\ (?:work|outreach|visits?|walks?|fairs?|part(?:y|ies))\b)"
ADDRESS = _pattern(
    rf"""{_HOUSE}(?:
          (?:(?:state|county|us|old)\ )?(?:highway|hwy|route|rte|road|rd|avenue|ave)\.?\ (?:\d{{1,4}}|[a-z])\b
        | (?:{_STREET_WORD}\ ){{1,5}}{_STREET}\b{_NO_PLACE}
        | (?:calle|avenida|avda|camino|caminito|paseo)\.?\ [^\W\d_][\w'-]{{1,24}}
    )"""
)
# "Drive" and "Court" are also plain words: here the name is written as one, or the number is a house's.
# The field has courts, circles, ways and drives of its own: "3 Safe Babies Court", "2 Healing Circle sessions".
_OF_THE_FIELD = r"""(?:safe|bab(?:y|ies)|teens?|youth|drug|family|families|juvenile|treatment|dependency|health|mental|veterans?|wellness|
    tribal|peer|healing|learning|community|trust|talking|restorative|safety|prayer|drum|drumming|sharing|support|sewing|women'?s|men'?s|
    parents?|parenting|mothers?|fathers?|reading|story|network|united|milky|permanent|food|toy|clothing|blood|membership|coat|book|hard|
    disk|flash|thumb|usb|test|market|work|safe|meeting|gathering|hiding|supreme|superior|criminal|circuit|appellate|appeals|district|probate|
    reunification|recovery|sobriety|collaborative|unified|truancy|attendance|homeless|girls?|boys?|kids?|staff|team|training|practice|
    listening|peace|peacemaking|sentencing|welcome|closing|opening|inner|outer|full|half|vicious|whole|third|new|old|long|hard|one|only|best|
    better|right|wrong|easy|hardest|gentle|kind|quiet|common|different|public|first|last|next|my|our|their|your|her|his|every|each|another|no|
    three|houses|questions|of|the)"""
_NO_FIELD = rf"(?!{_OF_THE_FIELD}\ {_STREET_OR_NOT}\b)"
_NOT_COUNTED = (
    r"(?!\ (?!and\b|or\b|in\b|is\b|was\b|on\b|at\b|with\b|near\b|by\b|today\b|yesterday\b|again\b|apartment\b|apt\b|unit\b|for\b|to\b|where\b|which\b|so\b|but\b|then\b|when\b|has\b|as\b|us\b)"
    r"[a-z][a-z'-]{1,24}(?:s|ing|staff|team|work|time)\b)"
)
_A_HOUSE = rf"(?=(?!{YEAR}\b)\d{{4}})"
ADDRESS_WITH_CAPITALS = re.compile(
    rf"""(?ix) (?:
          {_HOUSE}(?:(?-i:(?=[A-Z\d])){_NO_FIELD}{_STREET_WORD}\ ){{1,5}}(?-i:(?=[A-Z])){_STREET_OR_NOT}\b{_NOT_COUNTED}
        | {_HOUSE}(?-i:Via)\ (?-i:[A-Z])[\w'-]{{1,24}}
        | {_A_HOUSE}{_HOUSE}(?:{_NO_FIELD}{_STREET_WORD}\ ){{1,3}}{_STREET_OR_NOT}
        | (?=\d{{3}}){_HOUSE}(?:{_NO_FIELD}{_STREET_WORD}\ ){{1,3}}(?:drive|dr|ct|circle|cir|trail|loop|plaza)
        | (?<!\w)(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\ -]?)?
          (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)
          \ (?:(?-i:(?=[A-Z])){_STREET_WORD}\ ){{1,3}}(?-i:(?=[A-Z]))(?:{_STREET}|drive|dr|plaza)
    )\b(?!\ (?:hearing|report|order|date|with))"""
    + _NO_PLACE
)
PO_BOX = _pattern(
    r"""\bp\.?\ ?o\.?\ box\ \#?\d{1,8}\b | \b(?:apartment|apt\.?|trailer|lot)\ (?:no\.?\ |number\ )?\#?\d{1,5}[a-z]?\b
        | \b(?:apartment|apt\.?)\ \#?(?-i:[A-Z])\b | \b(?:building|bldg\.?)\ \#?[a-z\d]{1,3},?\ (?:apt|apartment|unit)\.?\ \#?\d{1,5}[a-z]?\b"""
)
# A house in a street that is named alone, or a street without a house.
_TREES = r"""(?:elm|oak|maple|pine|cedar|birch|walnut|willow|juniper|magnolia|sycamore|poplar|spruce|laurel|hickory|chestnut|cypress|
    alder|aspen|redwood|eucalyptus|jacaranda|dogwood|mulberry|palm|acacia|olive|main|broadway)"""
_ENDS_LIKE_A_STREET = r"[a-z]{2,12}(?:dale|wood|view|ridge|crest|haven|brook|mont|hurst|glen|vale|shire)"
BARE_STREET = re.compile(
    rf"""(?ix) {_HOUSE}(?-i:(?=[A-Z]))(?:{_TREES}|{_ENDS_LIKE_A_STREET})\b(?!\ (?-i:[A-Z])|\ ?'|\ (?:trees?|staff|teams?|classes|groups?|meetings?|sessions?|visits?|
        workshops?|trainings?|families|houses|center|clinic|school|elementary|program)\b)
        | (?<![\w.])(?-i:[A-Z])[a-z'-]{{2,20}}\ {_STREET}\.?\ \#?\d{{1,5}}[a-z]?(?=[\s,.;)]|$)
          (?!\ (?:times?|hours?|days?|weeks?|people|families|visits?|minutes?|staff|workers?)\b)
        | \b(?:on|off|near|along|down|up|from|behind|past|at|of)\ (?:the\ )?(?:[nsew]\.?\ |(?:north|south|east|west)\ )?
          (?-i:(?=[A-Z]))(?!st\b|saint\b|wall\b|sesame\b|main\b|high\b)[a-z][a-z'-]{{1,20}}\ (?-i:(?:St|Ave?|Rd|Blvd|Ln|Pkwy|Street|Avenue|Road|Lane|Boulevard)\b)\.?
          (?!\ (?-i:[A-Z])|\ (?:school|church|team|office|clinic|fair|outreach|program|center)\b)"""
)
# California's begin with 90 to 96: "Sacramento 95814"
ZIP = re.compile(
    r"\b(?:(?:CA|Calif\.?|California|NV|OR|AZ),? \d{5}|[Zz](?:ip|IP)(?: code)?:? \d{5}|[A-Z][a-z]{2,24},? 9[0-6]\d{3})"
    r"(?:-\d{4})?(?!\w)"
)

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
    for match in SSN_LAST.finditer(plain):
        yield Kind.SSN, *match.span("value")
    for match in HANDLE.finditer(plain):
        yield Kind.HANDLE, *match.span()
    for match in SSN.finditer(plain):
        yield Kind.SSN, *match.span()
    for pattern in (BIRTH, BIRTH_AFTER, INITIALS_AND_DATE, AGE_AND_DATE):
        for match in pattern.finditer(plain):
            yield Kind.DATE_OF_BIRTH, *match.span()
    for pattern in (TOLL_FREE, TOLD_TOGETHER, CLOCK):
        plain = _without(pattern, plain)
    places = plain
    plain = _without(SAID_HARMLESS, plain, "value")
    without_dates = _without(COUNTED, _without(HARMLESS, plain))
    for match in SAID_NUMBER.finditer(without_dates):
        if _digits(match["value"]) >= _fewest_digits(match):
            yield _whose(match["whose"]), *match.span("value")
    for pattern in (SAID_PLAIN, SAID_AFTER):
        for match in pattern.finditer(without_dates):
            yield _whose(match["whose"]), *match.span("value")
    for pattern in (COURT_NUMBER, PLATE):
        for match in pattern.finditer(without_dates):
            if _digits(match["value"]) > 1:
                yield Kind.CASE_NUMBER, *match.span("value")
    for match in LETTERED.finditer(without_dates):
        yield Kind.CLIENT_NUMBER, *match.span("value")
    for pattern in (ADDRESS, ADDRESS_WITH_CAPITALS, PO_BOX, BARE_STREET, ZIP):
        for match in pattern.finditer(places):
            yield Kind.ADDRESS, *match.span()
    for match in FOUR_GROUPS.finditer(plain):
        yield Kind.CASE_NUMBER, *match.span()
    for pattern in (PHONE_SAID, PHONE_ENDS):
        for match in pattern.finditer(plain):
            yield Kind.PHONE, *match.span("value")
    for match in SPOKEN_NUMBER.finditer(plain):
        yield Kind.PHONE, *match.span()
    for match in PHONE.finditer(plain):
        yield Kind.PHONE, *match.span()
    for match in PHONE_IN_TOWN.finditer(without_dates):
        yield Kind.PHONE, *match.span()
    for match in TOKEN.finditer(without_dates):
        if _looks_numbered(match[0]):
            yield Kind.CASE_NUMBER, *match.span()


def _without(harmless: re.Pattern[str], plain: str, group: str | int = 0) -> str:
    """The text with what is harmless, or that group of it, crossed out."""

    def crossed_out(match: re.Match[str]) -> str:
        start, end = (place - match.start() for place in match.span(group))
        return match[0][:start] + "~" * (end - start) + match[0][end:]

    return harmless.sub(crossed_out, plain)


def _fewest_digits(said: re.Match[str]) -> int:
    """How many digits make a number of it: the clearer it is said to be one, the fewer."""
    if said["id"] or said["marker"].lower().startswith("id"):
        return 1
    return 2 if re.match(r"\#|number|num|nr|no\.", said["marker"], re.IGNORECASE) else 3


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
