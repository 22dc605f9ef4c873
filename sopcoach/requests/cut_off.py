"""A form that was cut off on the way: fewer bytes than were announced are no form, and nothing of them is stored.

Half a text looks like a whole one to whoever reads it. Django reads a form to wherever it ends; here the end has to be
where the browser said.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import LimitedStream, WSGIRequest
from django.http import HttpRequest, HttpResponse


class CutOffError(BadRequest):
    """The connection ended before the request did."""


class _Whole:
    """A stream that ends where it was announced to, or raises CutOffError."""

    def __init__(self, stream: Any, length: int) -> None:
        self.stream = stream
        self.left = length

    def read(self, size: int = -1, /) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        parts = []
        while wanted:
            part = self._counted(self.stream.read(wanted))
            parts.append(part)
            wanted -= len(part)
        return b"".join(parts)

    def readline(self, size: int = -1, /) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        return self._counted(self.stream.readline(wanted)) if wanted else b""

    def _counted(self, part: bytes) -> bytes:
        if not part:
            raise CutOffError
        self.left -= len(part)
        return part


def whole_or_nothing(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Goes above whatever reads a form."""

    def middleware(request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or ""
        if isinstance(request, WSGIRequest) and announced.isascii() and announced.isdigit():
            length = int(announced)
            stream: Any = _Whole(request.environ["wsgi.input"], length)
            request._stream = LimitedStream(stream, length)  # type: ignore[assignment]
        return get_response(request)

    return middleware
