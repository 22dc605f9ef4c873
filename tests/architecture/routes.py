"""Every address of the product, read from the URL tree, so that a new one can't be forgotten."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    name: str
    address: str
    view: Callable[..., object]

    @property
    def is_open(self) -> bool:
        """Whether LoginRequiredMiddleware lets anybody in; it asks the view in just this way."""
        return not getattr(self.view, "login_required", True)


def walk(resolver: URLResolver, namespace: str = "", prefix: str = "") -> Iterator[Route]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(f"{namespace}{entry.name or address}", address, entry.callback)
        else:
            yield from walk(
                entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, address
            )


def all_routes() -> list[Route]:
    return list(walk(get_resolver()))
