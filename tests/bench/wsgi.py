"""The product under the bench: each answer says what it has cost, and a bare view stands beside it.

Bare is what Django does for a view alone: no middleware, no session, no database, no template.
"""

import os
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections

from tests.bench.urls_of import BARE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

COST = "X-Bench-Cost"
"""Header of each answer: milliseconds of CPU in the server's thread, and queries, on both databases."""

type Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def _without_middleware() -> Application:
    middleware, settings.MIDDLEWARE = settings.MIDDLEWARE, []
    try:
        return WSGIHandler()
    finally:
        settings.MIDDLEWARE = middleware


product: Application = get_wsgi_application()
bare = _without_middleware()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    asked = 0

    def counted(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*args)

    def tell(status: str, headers: list[tuple[str, str]], *args: Any) -> Any:
        spent = (time.thread_time() - began) * 1000
        return start_response(status, [*headers, (COST, f"{spent:.3f} {asked}")], *args)

    began = time.thread_time()
    if environ["PATH_INFO"] == BARE:
        return bare(environ, tell)
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(counted))
        return product(environ, tell)
