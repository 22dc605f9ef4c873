"""Finding a practice profile by what people call it."""

from collections.abc import Iterable
from dataclasses import dataclass

from anyascii import anyascii

from profiles.models import PracticeProfile


@dataclass(frozen=True)
class Found:
    profile: PracticeProfile
    by: str = ""
    """The other name that it was found by, if its own doesn't say it."""


def find(profiles: Iterable[PracticeProfile], words: str) -> list[Found]:
    """Those that have every word in their names, their purpose or the names of their aspects, in learning order.

    Capitals and accents make no difference; a word may be the beginning of one. Profiles came with `for_list()`.
    """
    asked = _plain(words).split()
    return [found for profile in profiles if (found := _look(profile, asked))]


def _look(profile: PracticeProfile, asked: list[str]) -> Found | None:
    if _has(profile.title, asked):
        return Found(profile)
    alias = next((alias for alias in profile.aliases if _has(alias, asked)), "")
    aspects = [f"{aspect.title} {aspect.definition}" for aspect in profile.aspects.all()]
    everything = " ".join([profile.title, profile.purpose, *profile.aliases, *aspects])
    return Found(profile, alias) if alias or _has(everything, asked) else None


def _has(text: str, asked: list[str]) -> bool:
    words = _plain(text).split()
    return all(any(word.startswith(each) for word in words) for each in asked)


def _plain(text: str) -> str:
    letters = anyascii(text).casefold()
    return "".join(letter if letter.isalnum() else " " for letter in letters)
