"""By what somebody is reached, or known to a government: mail, names on social media, telephones, Social Security numbers."""

from coaching.rules.plain_text import pattern

_TLD = r"(?:com|net|org|edu|gov|us|info|biz|mx|ca|uk|es|io|me)\b"
_MAIL_HOST = r"(?:gmail|yahoo|hotmail|outlook|icloud|aol|msn|live|proton(?:mail)?|comcast|sbcglobal)"
_DOT = r"(?:\ ?\.\ ?|\ ?[\[(]dot[\])]\ ?|\ dot\ )"
EMAIL = pattern(
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
HANDLE = pattern(
    rf"""(?<![\w.@])@{_NOT_A_HANDLE}(?:(?=[a-z\d.]{{0,30}}[_\d])[a-z][\w.]{{2,30}}
        |[a-z][\w.]{{2,30}}(?=\ (?:on|in|at|via)\ (?:instagram|insta|ig|facebook|fb|tik\ ?tok|snap(?:chat)?|twitter|x|venmo|cash\ ?app|discord|whatsapp)\b))"""
)

SSN = pattern(
    r"""(?<![\w.-])(?:\d{3}|xxx|\*\*\*)(?:\ ?-\ ?(?:\d\d|xx|\*\*)\ ?-\ ?|\ ?\.\ ?(?:\d\d|xx|\*\*)\ ?\.\ ?|\ (?:\d\d|xx|\*\*)\ )
        \d{4}(?!\w|[-.]\d)"""
)
_SSN_JOINT = r"(?:\ ?[:=\#]|\ (?:is|was|are|ends|ending|ended|in|with|last|four|4|digits|number)\b)"
SSN_SAID = pattern(
    rf"""\b(?:(?:ssn|social\ security(?:\ (?:number|no\.?|\#))?){_SSN_JOINT}{{0,5}}|social{_SSN_JOINT}{{1,5}})
        \ ?(?P<value>\d{{3}}[- ]?\d{{2}}[- ]?\d{{4}}|\d{{4}})(?!\w)"""
)

SSN_LAST = pattern(
    rf"""\blast\ (?:4|four)(?:\ digits)?(?:\ (?:of|of\ the|of\ her|of\ his|of\ their))?(?:\ (?:social|ssn|social\ security)){_SSN_JOINT}{{0,3}}
        \ ?(?P<value>\d{{4}})(?!\w)"""
)
_SPOKEN_DIGIT = r"(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine|double)"
SPOKEN_NUMBER = pattern(rf"(?<!\w){_SPOKEN_DIGIT}(?:[\ ,-]{{1,2}}{_SPOKEN_DIGIT}){{6,15}}(?!\w)")
PHONE_ENDS = pattern(
    r"\b(?:phone|cell|mobile|number)(?:\ number)?\ (?:that\ )?(?:ends|ending|ended)\ (?:in\ |with\ )?(?P<value>\d{2,4})(?!\w|[-/.:]\d)"
)
_BETWEEN_DIGITS = r"(?:\ ?[.-]\ ?|\ )"
PHONE = pattern(
    rf"""(?<![\w$])(?<!\d[-/.])(?:
          (?:\+?1{_BETWEEN_DIGITS}?)?\([2-9]\d{{2}}\)\ ?[.-]?\ ?\d{{3}}{_BETWEEN_DIGITS}?\d{{4}}
        | (?:\+?1{_BETWEEN_DIGITS}?)?[2-9]\d{{2}}(?:\ ?[./-]\ ?|\ )\d{{3}}{_BETWEEN_DIGITS}?\d{{4}}
        | (?:\+?1)?[2-9]\d{{9}}
        | \+[1-9]\d{{0,2}}(?:[\ .()-]{{1,3}}\d{{2,4}}){{2,5}}
    )(?!\w|[-/.]\d)"""
)
PHONE_IN_TOWN = pattern(rf"(?<![\w$])(?<!\d[-/.])[2-9]\d{{2}}{_BETWEEN_DIGITS}\d{{4}}(?!\w|[-/.]\d)")
PHONE_SAID = pattern(
    rf"""\b(?:phone|cell|mobile|tel)\b\.?(?:\ (?:number|no\.?|is))?\ ?[:\#]?\ ?
        (?P<value>[2-9]\d{{2}}{_BETWEEN_DIGITS}?\d{{4}})(?!\w|[-/.]\d)"""
)
