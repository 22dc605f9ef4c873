"""The product, served from within the one transaction of a test, so that whatever a browser has done there is taken back.

Each request has the connections of the test for itself while it lasts, and the test has them while nobody is let in.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Lock, Thread
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test.testcases import QuietWSGIRequestHandler

from tests.roles import before_the_wall

AT_REQUESTS = (request_started, request_finished)
"""When Django closes connections, and with them would end the transaction."""


class _Server(ThreadedWSGIServer):
    def _close_connections(self) -> None:
        """They are the test's."""


class Served:
    """`with served.open():` lets a browser in; outside of it a request waits."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._turn.acquire()
        self._product = WSGIHandler()
        shared = {connection.alias: connection for connection in connections.all()}
        self._server = _Server(("localhost", 0), QuietWSGIRequestHandler, connections_override=shared)
        self._server.set_app(self._answer)
        self.url = f"http://localhost:{self._server.server_port}"

    def _answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        with self._turn, before_the_wall():
            answer = self._product(environ, start_response)
            whole = b"".join(answer)
            answer.close()
            return [whole]

    @contextmanager
    def running(self) -> Generator["Served"]:
        for connection in connections.all():
            connection.inc_thread_sharing()
        Thread(target=self._server.serve_forever, daemon=True).start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            for connection in connections.all():
                connection.dec_thread_sharing()

    @contextmanager
    def open(self) -> Generator[None]:
        for signal in AT_REQUESTS:
            signal.disconnect(close_old_connections)
        self._turn.release()
        try:
            yield
        finally:
            self._turn.acquire()
            for signal in AT_REQUESTS:
                signal.connect(close_old_connections)
