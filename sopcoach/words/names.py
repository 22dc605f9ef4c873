"""What a name says: what its person is called, and the letters by which it is found and put in order."""

import re
import unicodedata

from anyascii import anyascii
from django.core.exceptions import ValidationError
from nameparser import Lexicon, Parser

TITLES = """
    dr doctor prof professor mr mrs ms miss mx mister madam madame mme mlle monsieur sir dame rev reverend hon fr pastor
    rabbi imam sgt lt capt herr frau hr fru sr sra srta señor señora señorita dott dottssa ing dipl-ing mag
    ד״ר ד"ר דר׳ מר גב׳ גברת السيد السيدة
"""
"""The library knows 800 words for titles, and among them first names: Marquis, Prince, Bishop."""

SPOKEN_WHOLE = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
"""Scripts in which the family's name comes first, and half of a name is no way to speak to a colleague."""

LONGEST_FOLDED = 300
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
SILENT = re.compile(r"['`‘’ʼ´]")
BETWEEN = re.compile(r"[^a-z0-9]+")


def _words() -> Lexicon:
    words = Lexicon.default()
    words = words.remove(titles=words.titles, given_name_titles=words.given_name_titles)
    return words.add(titles=TITLES.split())


WORDS = _words()
PARSER = Parser(WORDS)


def guess_called(name: str) -> str:
    """What the person of a full name is called, as far as one can tell; theirs to change (product.md, 10).

    Never a title, and never a family name before a comma: "Reyes, Wanda" and "Dr. Wanda Reyes" are called Wanda. What
    stands in quotation marks is what somebody goes by; what stands in parentheses, such as pronouns, is nobody's name.
    """
    name = " ".join(ASIDE.sub(" ", name).split()) or name
    if any(unicodedata.name(letter, "").startswith(SPOKEN_WHOLE) for letter in name):
        return name
    parsed = PARSER.parse(name)
    called = parsed.nickname or _given(parsed.given, parsed.middle) or parsed.family or name
    return called.title() if name.isupper() and len(called) > 2 else called


def _given(given: str, middle: str) -> str:
    """The given name, written out where it's one initial before another name, and whole where it has two words."""
    further = middle.split()
    if _is_initial(given):
        written_out = [word for word in further if not _is_initial(word)]
        return written_out[0] if written_out else " ".join([given, *further])
    if further and given.casefold() in WORDS.particles:
        return f"{given} {further[0]}"
    return given


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1


def fold(text: str) -> str:
    """The letters by which a name is found and ordered: small, without marks, of one alphabet.

    "Áine Ñandú" is "aine nandu", "Søren Groß" is "soren gross" and "O’Brien" is "obrien", on every database alike.
    Whatever can't be written so (a lone sign) leaves nothing.
    """
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in parts if unicodedata.category(letter) != "Mn")
    plain = anyascii(unicodedata.normalize("NFC", bare)).casefold()
    return BETWEEN.sub(" ", SILENT.sub("", plain)).strip()[:LONGEST_FOLDED].strip()


JOINERS = "\u200c\u200d"
"""Invisible, and part of names in Persian and in the languages of India."""


def clean_line(text: str) -> str:
    """Squeeze the white space of a name. Raises ValidationError at characters that nobody can see."""
    if any(unicodedata.category(c)[0] == "C" and not c.isspace() and c not in JOINERS for c in text):
        raise ValidationError("This holds characters that can’t be shown. Type it anew.")
    return " ".join(text.split())
