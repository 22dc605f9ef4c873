"""What a page says beside a field, and in which direction it shows somebody's words."""

from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

WITHOUT_END = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr"}
NOT_READ = {"title", "option", "script", "style"}
"""No direction of its own can be given to what these hold, or nobody reads it on the page."""
BLOCKS = {"br", "p", "li", "div", "dt", "dd", "h1", "h2", "h3", "td", "th", "label", "legend", "textarea"}


@dataclass
class Shown:
    """The text of one element, and what stands about it."""

    tag: str
    id: str = ""
    is_own_direction: bool = False
    """The outermost element that has the direction of what it holds."""
    is_unseen: bool = False
    """Heard alone, where no direction is seen; or a message about what has just been done, which quotes in passing."""
    text: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return plain("".join(self.text))


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[Shown] = []
        self.shown: list[Shown] = []
        self.wrong: dict[str, set[str]] = {}
        """Of each field that is marked as wrong: the elements that say why."""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        is_own = tag == "bdi" or (tag != "html" and values.get("dir") == "auto")
        outer = any(one.is_own_direction for one in self.open)
        unseen = values.get("role") == "status" or "visually-hidden" in values.get("class", "")
        shown = Shown(tag, values.get("id", ""), is_own and not outer, is_unseen=unseen)
        if values.get("aria-invalid") == "true" and values.get("name"):
            self.wrong.setdefault(values["name"], set()).update(values.get("aria-describedby", "").split())
        if tag == "input" and values.get("type", "text") not in {"hidden", "radio", "checkbox"}:
            shown.text.append(values.get("value", ""))
        if tag in BLOCKS:
            self.handle_data(" ")
        self.shown.append(shown)
        if tag not in WITHOUT_END:
            self.open.append(shown)

    def handle_data(self, data: str) -> None:
        if not any(one.tag in NOT_READ or one.is_unseen for one in self.open):
            for one in self.open:
                one.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.handle_data(" ")
        while any(one.tag == tag for one in self.open):
            if self.open.pop().tag == tag:
                return


@lru_cache(maxsize=8)
def _read(page: str) -> _Reader:
    return _Reader(page)


def plain(words: str) -> str:
    return " ".join(words.split())


def said_beside(page: str, name: str) -> str:
    """The sentence beside a field that is marked as wrong, without the hint; nothing where there is none."""
    reader = _read(page)
    ids = {one for one in reader.wrong.get(name, set()) if not one.endswith("_helptext") and one[:2] != "h-"}
    return " ".join(one.words for one in reader.shown if one.id in ids)


def undirected(page: str, words: str) -> list[str]:
    """Where a page shows somebody's words in its own direction: the innermost elements, for whoever mends it."""
    wanted, reader = plain(words), _read(page)
    return [
        f"<{one.tag} {one.id}> {one.words.replace(wanted, '…')[:90]}"
        for one in reader.shown
        if wanted in one.words and one.tag not in {"body", "main"} and not one.is_own_direction
    ]


def times_shown(page: str, words: str) -> tuple[int, int]:
    """How often a page shows somebody's words, and how often of it in the direction of the words themselves."""
    wanted, shown = plain(words), _read(page).shown
    inputs = [one for one in shown if one.tag == "input"]
    whole = [*inputs, *(one for one in shown if one.tag == "body")]
    own = [one for one in shown if one.is_own_direction]
    return sum(one.words.count(wanted) for one in whole), sum(one.words.count(wanted) for one in own)
