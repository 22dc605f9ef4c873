"""All that a mail says that isn't about an account, in one place: empty on purpose (product.md, 11).

A mailbox is the agency's. So there is one subject, the day's mail has the same words for every occasion, and its reader's
own name is the only one in it.
"""

from dataclasses import dataclass

SUBJECT = "Something waits for you in SOP Coach"
CHANGE = "Change the hour or the occasions"
OFF = "Send me none of these mails"
OFF_HOW = "with one press and without signing in"


@dataclass(frozen=True)
class Text:
    heading: str
    paragraphs: tuple[str, ...]
    button: str
    when: str
    last: str
    until: str = ""


_SHORT = "This mail is short on purpose: what you do in SOP Coach isn’t for a mailbox."
_WAITS = ("Something waits for you in SOP Coach. It can be read after you sign in, and only there.",)
_AT_ONCE = "Mails like this one come within a minute."

DAILY = Text(
    heading="Something waits for you",
    paragraphs=_WAITS,
    button="Open SOP Coach",
    when="You get at most one of these a day, at {hour}, and none when nothing waits.",
    last=_SHORT,
)
AT_ONCE = Text(
    heading="Something waits for you",
    paragraphs=_WAITS,
    button="Open SOP Coach",
    when=_AT_ONCE,
    last=_SHORT,
)
QUESTION = Text(
    heading="A question waits for your answer",
    paragraphs=(
        "Somebody at your agency has asked you something in SOP Coach. You decide what you answer, and “not now” is an "
        "answer too.",
    ),
    until="The question can be read until {day}.",
    button="Read the question",
    when=_AT_ONCE,
    last="You have an account because your agency made one. Opening it promises nothing.",
)
