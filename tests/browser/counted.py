"""How many presses and pages something takes (product.md, 8: what users will not forgive)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Locator, Request, expect

from tests.browser.person import Person


@dataclass
class Count:
    """A click is a press on a link, a button or a radio; a load a document, or a page that came by htmx."""

    clicks: int = 0
    loads: int = 0


class Counted(Person):
    """Somebody whose presses and pages are counted, from when on `counts` says so."""

    @contextmanager
    def counts(self) -> Iterator[Count]:
        count = Count()
        object.__setattr__(self, "count", count)

        def load(request: Request) -> None:
            is_page = request.is_navigation_request() or "hx-boosted" in request.headers
            count.loads += is_page and request.redirected_from is None

        self.page.on("request", load)
        yield count
        self.arrives()
        self.page.remove_listener("request", load)

    def follows(self, link: str | re.Pattern[str]) -> None:
        self._presses()
        super().follows(link)

    def presses(self, button: str | re.Pattern[str]) -> None:
        self._presses()
        super().presses(button)

    def ticks(self, label: str | re.Pattern[str], role: Literal["checkbox", "radio"] = "checkbox") -> None:
        self._presses()
        super().ticks(label, role)

    def chooses_in(self, group: Locator, label: str) -> None:
        """Of several groups on a page, each with the same choices."""
        self._presses()
        group.get_by_role("radio", name=label).check(force=True)

    def opens(self, summary: str) -> None:
        """A fold, by what it says."""
        self._presses()
        self.page.locator("summary", has_text=summary).first.click()

    def is_at(self, heading: str | re.Pattern[str]) -> None:
        """A page of that heading has come; what it looks like is asked elsewhere."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()

    def _presses(self) -> None:
        count: Count | None = getattr(self, "count", None)
        if count:
            count.clicks += 1
