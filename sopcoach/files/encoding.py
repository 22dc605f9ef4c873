"""Bytes into text, as the programs of an office write it: UTF-8, UTF-16 and Windows-1252."""


class UnreadableTextError(ValueError):
    """Bytes that are no text in any of these. The message is a sentence for whoever chose the file."""


UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decoded(content: bytes) -> str:
    """Read text, whatever Excel or an editor has saved it as. Raises `UnreadableTextError`."""
    encoding = _encoding(content)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8-sig" or _is_mostly_utf_8(content):
            raise _broken(content, error.start) from error
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _broken(content, error.start) from error


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
        "UTF-8, UTF-16 or Windows-1252. Save it again as UTF-8."
    )
