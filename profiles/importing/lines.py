"""Texts as an edition holds them: on one line, or in lines of which some are points."""

import re
import unicodedata

TURNS_AROUND = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that make the text after them read the other way round."""
LOST_LETTER = "\ufffd"
BULLET = "• "
ANY_BULLET = re.compile(r"^[•●▪◦·‣⁃*\u2013-]\s+|^[oO]\s{2,}|^\uf0b7\s*")


def one_line(text: str) -> str:
    """A text without line breaks. Raises `ValueError` saying what it holds that no text of an edition may."""
    if any(
        (unicodedata.category(c) in {"Cc", "Cs", "Cn", "Co"} and not c.isspace()) or c in TURNS_AROUND
        for c in text
    ):
        raise ValueError("holds characters that can’t be shown")
    if LOST_LETTER in text:
        raise ValueError(f"holds “{LOST_LETTER}”: another program lost a letter there")
    if text.startswith("="):
        raise ValueError("begins with “=” as a formula does: write words")
    return " ".join(text.split())


def lines_of(text: str) -> str:
    """A text squeezed, in lines where some of it are points, each of which begins with the same bullet.

    Without points it is one line: spreadsheets and editors break lines where they like.
    """
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not any(ANY_BULLET.match(line) for line in lines):
        return " ".join(lines)
    return "\n".join(ANY_BULLET.sub(BULLET, line) for line in lines)


def text_of_lines(text: str) -> str:
    """`text`, none of whose lines holds anything that no text of an edition may. Raises `ValueError`."""
    for line in text.split("\n"):
        one_line(line)
    return text
