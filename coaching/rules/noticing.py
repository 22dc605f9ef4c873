"""Names of people and schools in somebody's own words: asked about, never stopped (product.md, 4.6).

Whether "Maria Gonzalez" is a mother or a colleague can't be told, so a text that holds such a name is saved, and its
author is asked beside "Saved". Names of people who have an account here are nobody's of a family, and pass in silence.

A name is found by the lists that Faker ships, and by its shape; what looks like neither isn't found, and the pages don't
claim that it is. `clean_narrative` hands each text in; whoever answers the request takes the question out.
"""

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import import_module

LOCALES = ("en_US", "es_MX")


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ALSO_WORDS = words(
    """angel april art august austin autumn bill carol case chad chance charity chase christian constance crystal dale dawn
    dean destiny drew earl earnest ernest faith forest frank gene genesis glen grace guy harmony heather holly hope hunter
    iris ivy jack jade jean jordan joy june justice lily mark mason max may melody mercy miles misty parker patience pearl
    prince ray rich rob rose ruby sandy savannah sierra summer sue sydney trinity victor virginia will
    alto amado ángel asunción concepción consuelo dolores esperanza luz mercedes milagros paz pilar remedios rosario
    socorro soledad
    ball banks barber bell berry best bird bishop black bond booth bowl brooks brown bush butler carpenter church clay cook
    cooper cross day drake fields fisher fleming ford forbes foster fox frost fuller gates gay gill glass good grant gray
    green hale hall hardy hayes hicks hill holmes hood horn house hunt king knight lamb lane law little long love low lowe
    lynch mann marks marsh mays mills moody moon moss neal noble page park parks parsons payne peck pierce pope potter
    powers price rich rivers roach rose roth rush sharp shepherd short silva small snow stark stein stone strong summers
    swanson sweeney temple waters webb weeks wells west wheeler white wise wolf wood woods woodward yates york young
    adviento bello campo castillo cruz flores guerra león luna montes moral plaza prado reina reyes ríos rosa sierra
    soto tapia torres vega villa"""
)
"""First and family names that are words, or places, as well: alone they ask nothing."""
OF_THE_FIELD = words(
    """three questions question houses house safety mapping map maps circle circles network networks harm danger statement
    statements dialogue structure plus delta signs solution focused appreciative inquiry structured decision making practice
    profile profiles core title child children youth welfare services service family families team teams court courts
    social worker workers supervisor supervisors agency county state department unit meeting meetings session sessions
    coaching coach goal goals plan plans level levels group groups interview interviewing motivational trauma informed
    behavior behaviorally based case cases voice cultural humility tribal tribes tribe indian act code section day days
    house court school schools high middle elementary academy center hospital clinic church street north south east west
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december christmas easter thanksgiving halloween ramadan hanukkah new year spanish english hmong
    mexican american latino latina african california sacramento fresno oakland los angeles san francisco diego jose united
    states zoom teams word excel google outlook facebook instagram sop sdm cft icwa wic dcfs cps i the a an my we he she
    they it you and or but so then when after before first last next today yesterday tomorrow once with for at in on to
    from by of as if that this these those his her their our your its no not yes ok is was were are be been had has have
    did do does can could would should will also still just even both each every some any all most many more less very
    grandma grandpa nana abuela abuelo mom dad mother father aunt auntie uncle tía tío mr mrs ms miss mx dr"""
)


LABELLED = words("plan part option type class group vitamin appendix question room building hepatitis step")
"""Words behind which a capital letter is no initial: "Plan B."."""


@cache
def _listed(kind: str) -> frozenset[str]:
    """What the library knows as `first_names` or `last_names`, in small letters; read when it is first needed."""
    providers = [import_module(f"faker.providers.person.{locale}").Provider for locale in LOCALES]
    names = (name for provider in providers for name in getattr(provider, kind))
    return frozenset(word.casefold() for name in names for word in str(name).split() if len(word) > 2)


def _is_first(word: str) -> bool:
    return word in _listed("first_names")


def _is_family(word: str) -> bool:
    return word in _listed("last_names")


_CAPITAL = r"(?<![\w@.])[^\W\d_a-z][^\W\d_]{1,29}(?:[-'’][^\W\d_]{1,29})?"
WORD = re.compile(rf"{_CAPITAL}(?!\w)")
INITIAL = re.compile(r"\ ([^\W\d_a-z])\.(?!\w)")
TITLED = re.compile(
    rf"\b(?:[Mm]r|[Mm]rs|[Mm]s|[Mm]iss|[Mm]x|[Gg]randma|[Gg]randpa|[Nn]ana|[Aa]buel[ao]|[Aa]unt(?:ie)?|[Uu]ncle|[Tt]í[ao]|"
    rf"[Mm]om|[Dd]ad|[Mm]other|[Ff]ather|[Bb]aby|[Cc]hild|[Ss]on|[Dd]aughter)\.?\ (?P<name>{_CAPITAL})(?!\w)"
)
SCHOOL = re.compile(
    r"(?<!\w)(?:(?!(?:At|In|From|The|My|Our|Their|Her|His|A|An|And|With|Near|To|For)\ )[^\W\d_a-z][\w'’.-]{1,29}\ ){1,4}"
    r"(?:Elementary|Middle|High|Primary|Preschool|Pre-K|Kindergarten|Academy|Montessori|Charter|Junior\ High|Head\ Start)(?:\ School)?(?!\w)"
)
NO_SCHOOL = re.compile(
    r"^(?:Junior|Senior|Very|So|Too|How)\ (?:Elementary|Middle|High|Primary|Preschool|Academy)\b"
)
SENTENCE_ENDS = re.compile(r"(?:^|[.!?:;\n“\"(–—-])\s*$")


def people_and_schools(
    text: str, *, is_colleague: Callable[[str], bool] = lambda name: False
) -> tuple[str, ...]:
    """Names in `text` that may be somebody's of a family, or of a school, as typed, each once, in reading order."""
    found: dict[str, int] = {}
    for name, place in sorted((*_schools(text), *_people(text, is_colleague)), key=lambda pair: pair[1]):
        if not any(name in other for other in found):
            found[name] = place
    return tuple(found)


def _schools(text: str) -> Iterator[tuple[str, int]]:
    for match in SCHOOL.finditer(text):
        if not NO_SCHOOL.match(match[0]):
            yield match[0], match.start()


def _people(text: str, is_colleague: Callable[[str], bool]) -> Iterator[tuple[str, int]]:
    for match in TITLED.finditer(text):
        if _may_be_a_name(match["name"]) and not is_colleague(match["name"]):
            yield match[0], match.start()
    words = list(WORD.finditer(text))
    taken = -1
    for place, word in enumerate(words):
        if word.start() < taken:
            continue
        following = words[place + 1] if place + 1 < len(words) else None
        if following and text[word.end() : following.start()] != " ":
            following = None
        name = _name_at(text, word, following)
        if name and not is_colleague(name.rstrip(".")):
            yield name, text.index(name, word.start())
        if name:
            taken = text.index(name, word.start()) + len(name)


def _name_at(text: str, word: re.Match[str], following: re.Match[str] | None) -> str:
    """The name that begins with this word; an empty text where none does."""
    one = word[0].casefold()
    if not _may_be_a_name(one):
        return ""
    if one not in LABELLED and (initial := INITIAL.match(text, word.end())):
        return f"{word[0]} {initial[1]}."
    if following and _may_be_a_name(two := following[0].casefold()):
        both = f"{word[0]} {following[0]}"
        if _is_first(one) and (one not in ALSO_WORDS or (_is_family(two) and two not in ALSO_WORDS)):
            return both
        if _is_family(two) and two not in ALSO_WORDS and not _begins(text, word):
            return both
    return word[0] if one not in ALSO_WORDS and (_is_first(one) or _is_family(one)) else ""


def _may_be_a_name(word: str) -> bool:
    return word.casefold() not in OF_THE_FIELD


def _begins(text: str, word: re.Match[str]) -> bool:
    """Whether a sentence begins here, where any word has a capital letter."""
    return bool(SENTENCE_ENDS.search(text[max(0, word.start() - 4) : word.start()]))


# ---------------------------------------------------------------- what is let in meanwhile

_texts: ContextVar[list[str] | None] = ContextVar("texts", default=None)


def take(text: str) -> None:
    """Keep a text that is being let in, as long as somebody collects."""
    if (texts := _texts.get()) is not None and text not in texts:
        texts.append(text)


@contextmanager
def collecting() -> Generator[None]:
    token = _texts.set([])
    try:
        yield
    finally:
        _texts.reset(token)


def taken() -> tuple[str, ...]:
    """The texts that were let in since the collecting began."""
    return tuple(_texts.get() or ())
