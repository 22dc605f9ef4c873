"""Somebody at a browser, in the words of a test."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class Person:
    """Somebody at their browser, as they would tell what they do."""

    name: str
    page: Page
    axe: Callable[[Page], None]

    def reads(self, heading: str | re.Pattern[str]) -> None:
        """A page of that heading has come, nothing of it sticks out, and axe finds nothing wrong with it."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        self.looks_closely()

    def looks_closely(self) -> None:
        self.page.wait_for_load_state()  # a heading may be there before the stylesheets are
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), self.page.url
        self.axe(self.page)

    def sees(self, text: str | re.Pattern[str], *, under: str = "") -> None:
        place = self.page.get_by_role("region", name=under) if under else self.page.get_by_role("main")
        expect(place.get_by_text(text).first).to_be_visible()

    def follows(self, link: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=link).first.click()
        self.arrives()

    def presses(self, button: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=button).click()
        self.arrives()

    def arrives(self) -> None:
        """What a link or a form has asked for is there."""
        expect(self.page.locator("main .htmx-request")).to_have_count(0)

    def writes(self, text: str, into: str) -> Locator:
        field = self.page.get_by_role("main").get_by_label(into).first
        field.fill(text)
        return field

    def ticks(self, label: str | re.Pattern[str], role: Literal["checkbox", "radio"] = "checkbox") -> None:
        # the whole tile is the label, which lies over its box and takes the click
        self.page.get_by_role(role, name=label).check(force=True)

    def chooses(self, label: str | re.Pattern[str]) -> None:
        self.ticks(label, "radio")

    def is_told(self, text: str | re.Pattern[str]) -> None:
        """By a line that a screen reader says aloud as well."""
        expect(self.page.get_by_role("status").filter(has_text=text).first).to_be_visible()

    def has_saved(self) -> None:
        """All that is written on the page has saved itself."""
        expect(self.page.locator("form[data-unsaved]")).to_have_count(0)
        self.is_told(re.compile(r"^\s*Saved at \d{1,2}:\d\d [AP]M"))

    def comes_back(self) -> None:
        """To this window from another one, which then asks at once what is new instead of in its next five seconds."""
        self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    def shows_what_is_new(self) -> None:
        """Another page isn't put in the place of this one: it waits to be asked for."""
        self.comes_back()
        self.follows("Show it")

    def goes_home(self) -> None:
        self.follows("Home")
        expect(self.page).to_have_title("Home · SOP Coach")
