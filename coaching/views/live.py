"""What an open page learns of what others do meanwhile (static/js/live.js).

A page asks its own address, with `?state=…` as it was made and the header `X-Live: 1`. While nothing has changed there
is nothing to say, which coaching/views/nothing_new.py knows cheaply. Otherwise it hears in a sentence what has, and whether it is still the same page: that one the script
asks for anew and puts what has changed in place; of another page it says only that it is there. No page is loaded again
under its reader, and the other side's words are not fetched for a reader who has not asked to see them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest as DjangoHttpRequest
from django.http import HttpResponse, JsonResponse

from sopcoach.requests.typed import HttpRequest
from sopcoach.sign_in.idle import asks_by_itself

BETWEEN = "~"
SOMETHING = "Something is new here."


@dataclass(frozen=True)
class Fact:
    """Something that others may change on an open page, and the sentence for when they have."""

    value: object
    news: str


class Live:
    """An open page, as far as others can change it: which page it is, and the facts that it shows.

    What is known of a page comes back from its reader's browser, so it is only ever compared.
    """

    def __init__(self, address: str, page: str, facts: Iterable[Fact]) -> None:
        self.address = address
        self.page = page
        self.facts = list(facts)

    @property
    def state(self) -> str:
        return BETWEEN.join([self.page, *(str(fact.value) for fact in self.facts)])

    @property
    def url(self) -> str:
        """Where the page asks."""
        return f"{self.address}?state={quote(self.state)}"

    def knows(self, request: HttpRequest) -> bool:
        """Whether nothing has changed since the page that asks was made."""
        return request.GET.get("state") == self.state

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Nothing, or what is new."""
        if self.knows(request):
            return HttpResponse(status=204)
        page, *known = request.GET.get("state", "").split(BETWEEN)
        return JsonResponse({"news": self._news_since(known), "is_same_page": page == self.page})

    def _news_since(self, known: list[str]) -> str:
        if len(known) != len(self.facts):
            return SOMETHING
        changed = [
            fact.news for fact, value in zip(self.facts, known, strict=True) if str(fact.value) != value
        ]
        return " ".join(filter(None, changed)) or SOMETHING


def asks(request: DjangoHttpRequest) -> bool:
    """Whether a page asks what is new. Without a state it asks for itself, to put what has changed in place."""
    return asks_by_itself(request) and "state" in request.GET
