"""The way between a phone and the server, which a test can cut: before a request arrives, or before its answer does."""

import contextlib
import socket
import threading
from urllib.parse import urlsplit


class Signal:
    """Listens at an address of its own and passes on what comes, both ways, while it is there."""

    def __init__(self, server_url: str) -> None:
        self.server = ("localhost", urlsplit(server_url).port or 80)
        self.port = 0
        self.open: set[socket.socket] = set()
        self.answers_to_lose: set[socket.socket] = set()
        self.loses_answers_to = b""
        """The answer to the next request that holds this never arrives."""
        self.comes()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def comes(self) -> None:
        self.listener = socket.create_server(("localhost", self.port))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._listen, args=[self.listener], daemon=True).start()

    def goes(self) -> None:
        """As if the server had been killed: whatever is on its way is cut off, and nobody answers any more."""
        self._close(self.listener)
        for one in list(self.open):
            self._close(one)

    def _listen(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                phone, _ = listener.accept()
                server = socket.create_connection(self.server)
                self.open |= {phone, server}
                for pair in ((phone, server), (server, phone)):
                    threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while part := source.recv(65536):
                if source in self.answers_to_lose:
                    break  # the server has done it, and nobody hears
                if self.loses_answers_to and self.loses_answers_to in part:
                    self.loses_answers_to = b""
                    self.answers_to_lose.add(target)
                target.sendall(part)
        self._close(source)
        self._close(target)

    def _close(self, one: socket.socket) -> None:
        self.open.discard(one)
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
