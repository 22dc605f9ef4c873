"""Dates and other numbers that mean nobody, and dates that are somebody’s birth.

Every pattern starts at a fixed landmark and repeats a bounded number of times (or takes its characters for good),
so that a long or hostile text costs no more than its length.
"""

import re

from coaching.rules.plain_text import pattern

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
HARMLESS = pattern(rf"(?<![\w$])(?<!\w[-/.:]){_TIME_WORD}(?:\ ?-\ ?{_TIME_WORD})?(?!\w|[-/]\w|[.:]\d)")
# what is counted ("1000-1200 words", "1000 things"),
COUNTED = pattern(
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
SAID_HARMLESS = pattern(
    rf"""(?<!\w){_OF_SOMETHING}(?:\ (?:no|nr|number|numbers|code|is|id)\b\.?){{0,2}}\ ?[:\#]?\ ?
        (?P<value>(?:[a-z]{{1,4}}-?)?\d{{1,13}}(?:[-./\ ]\d{{1,6}}){{0,4}})(?![\w])"""
)
# times of day without a colon ("0900-1030"),
_CLOCK = r"(?:[01]\d|2[0-3])(?:00|15|30|45)"
CLOCK = pattern(
    rf"(?<![\w$])(?<!\d[-/.])(?:{_CLOCK}\ ?(?:-|to|until)\ ?{_CLOCK}|(?<=at\ ){_CLOCK}(?=\ (?:sharp|hours|hrs|and|on|we|i|in|today|for|when)\b|[,.;)]|$)|\d{{3,4}}(?=\ ?[ap]\.?m\b))(?!\w|[-/.]\d)"
)
# counts of things that are told apart by nothing ("referrals: 1800 last year"),
TOLD_TOGETHER = pattern(
    r"""\b(?:cases|referrals|clients|families|petitions|records|files|incidents|intakes|participants):?\ ?\d{1,6}
        (?=\ (?:last|this|a|per|each|in\ total|altogether|so\ far|open|closed|countywide|new|every|for\ the)\b)"""
)
# and numbers that anybody may call, such as a hotline's.
TOLL_FREE = pattern(
    r"""(?<![\w$])(?<!\d[-/.])(?:\+?1(?:\ ?[-.]\ ?|\ ))?
        (?:\(8(?:00|33|44|55|66|77|88)\)\ ?[-.]?\ ?|8(?:00|33|44|55|66|77|88)(?:\ ?[-./]\ ?|\ ))
        \d{3}(?:\ ?[-.]\ ?|\ )\d{4}(?!\w|[-/.]\d)"""
)

_BIRTH_DATE = r"(?:d\.?\ ?o\.?\ ?b\b\.?|date\ of\ birth|birth[\ -]?date)"
_BIRTHDAY = r"(?:birth[\ -]?day|b[\ '-]?day|day\ of\ birth)"
_TO_THE_DATE = r"(?:\ ?[:=,(-]|\ (?:is|was|on|in|the|about|around|of)\b){0,3}\ {0,2}"
_UP_TO_FOUR_WORDS = r"(?:\ ?[,:=()-]{0,2}\ ?\b[\w']{1,24}){0,4}(?:\ ?[,:=()-]|\ ){1,3}"
# One's own birthday without its year is nobody's identifier: "on my birthday, 5 May".
BIRTH = pattern(
    rf"""\b(?:
          (?:born|{_BIRTH_DATE}|(?<!\bmy\ ){_BIRTHDAY}){_TO_THE_DATE}{ANY_DATE}
        | {_BIRTH_DATE}{_UP_TO_FOUR_WORDS}{ANY_DATE}
        | {_BIRTH_DATE}{_TO_THE_DATE}(?:{YEAR}|{DAY}[-/.]\d{{1,2}})(?!\w|[-/.]\d)
        | born\b(?!\ to\b){_UP_TO_FOUR_WORDS}{WITH_YEAR}
        | {_BIRTHDAY}(?:{_TO_THE_DATE}|(?=\ ?\(|\ (?:for|of)\b){_UP_TO_FOUR_WORDS}){WITH_YEAR}
    )"""
)
BIRTH_AFTER = pattern(
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
AGE_AND_DATE = pattern(
    rf"""\b(?:aged?\ \d{{1,2}}|\d{{1,2}}\ ?(?:y\.?\ ?o\.?|years?\ old|months?\ old|mos?\.?\ old)),?\ ?[(,:-]\ ?{FULL_NUMERIC}(?!\w|[-/.]\d)"""
)
