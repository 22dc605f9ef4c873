"""Bytes into text, as the programs of an office write it: UTF-8, UTF-16, Windows-1252 and Mac Roman."""

from dataclasses import dataclass


class UnreadableTextError(ValueError):
    """Bytes that are no text in any of these. The message is a sentence for whoever chose the file."""


UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
WINDOWS, MAC = "cp1252", "mac_roman"
GUESSED = {WINDOWS: "older Windows (Windows-1252)", MAC: "an older Mac (Mac Roman)"}
"""How one says what a file doesn't say itself."""
LETTERS = frozenset("áéíóúñüçãõàèìòùâêîôûäëïöåæøßÿœÁÉÍÓÚÑÜÇÃÕÀÈÌÒÙÂÊÎÔÛÄËÏÖÅÆØŸŒ")
BETWEEN_WORDS = frozenset("‘’“”–—…«»¡¿°§·•€£©®™\u00a0")


@dataclass(frozen=True)
class Text:
    text: str
    encoding: str
    """As Python calls it."""

    @property
    def guessed(self) -> str:
        """In words what the letters were taken for, where the file itself doesn't say; else empty."""
        return GUESSED.get(self.encoding, "")


def decoded(content: bytes) -> str:
    """Read text, whatever Excel or an editor has saved it as. Raises `UnreadableTextError`."""
    return text_in(content).text


def text_in(content: bytes, encoding: str = "") -> Text:
    """The text, and the encoding that it was taken for or, if that is given, is to be read in.

    Windows' letters are told from an older Mac's by which of them make words. Raises `UnreadableTextError`.
    """
    if encoding:
        try:
            return Text(content.decode(encoding), encoding)
        except UnicodeDecodeError as error:
            raise _broken(content, error.start) from error
    encoding = _encoding(content)
    try:
        return Text(content.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8-sig" or _is_mostly_utf_8(content):
            raise _broken(content, error.start) from error
        broken = error
    read = [text for text in (_read(content, WINDOWS), _read(content, MAC)) if text]
    best = max(read, key=lambda text: _sense(text.text))
    if best.encoding == MAC and ((len(read) == 1 and _sense(best.text) < 0) or "\0" in best.text):
        raise _broken(content, broken.start) from broken
    return best


def _read(content: bytes, encoding: str) -> Text | None:
    try:
        return Text(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _sense(text: str) -> int:
    """How well the letters beyond ASCII make words: a letter of a name speaks for it, a sign within a word against."""
    sense = 0
    for before, letter, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        if letter < "\x80":
            continue
        inside = before.isalpha() and after.isalpha()
        if letter == "’" and inside:  # O’Brien
            sense += 2
        elif letter in LETTERS:
            # a capital inside of a word of small letters is no capital
            sense += -1 if letter.isupper() and before.islower() else 1
        elif inside or letter not in BETWEEN_WORDS:
            sense -= 1
    return sense


def _encoding(content: bytes) -> str:
    if content.startswith(UTF_16_MARKS):
        return "utf-16"
    # UTF-16 without a mark: of its first letter, which is one of ASCII in every file of ours, half is nothing
    if content[:1] > b"\0" == content[1:2]:
        return "utf-16-le"
    if content[1:2] > b"\0" == content[:1]:
        return "utf-16-be"
    return "utf-8-sig"


def _is_mostly_utf_8(content: bytes) -> bool:
    """A file in UTF-8 with a few broken letters; as Windows-1252 it would be read, but as “â€™”."""
    text = content.decode("utf-8", "replace")
    return any(ord(letter) > 0x7F and letter != "\ufffd" for letter in text)


def _broken(content: bytes, start: int) -> UnreadableTextError:
    line = content.count(b"\n", 0, start) + 1
    return UnreadableTextError(
        f"Line {line} holds a letter that can’t be read: the file was damaged, or saved in an encoding other than "
        "UTF-8, UTF-16, Windows-1252 or Mac Roman. Save it again as UTF-8."
    )
