"""What somebody types, before it is kept: characters that no field can hold are said, never dropped in silence."""

import re

from django.core.exceptions import ValidationError

CANT_BE_KEPT = re.compile("[\x00\ud800-\udfff]")
"""A NUL, which PostgreSQL refuses, and half of a character, which nothing can be encoded with."""


def require_keepable(text: str) -> None:
    """Raise ValidationError, with a sentence for whoever typed it, where the text can't be kept whole."""
    if isinstance(text, str) and (found := CANT_BE_KEPT.search(text)):
        before = " ".join(CANT_BE_KEPT.sub("", text[: found.start()]).split()[-3:])
        where = f"after “{before}”" if before else "at its beginning"
        raise ValidationError(
            f"There is a character {where} that can’t be kept, as copying sometimes brings along. Take it out, and it "
            "will be saved."
        )
