"""The server that is measured: the one that people use, with two workers, on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests.bench.urls_of import BARE

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60
"""Seconds until it must have answered."""


@contextmanager
def serving(environment: Mapping[str, str], *, workers: int = 2) -> Iterator[str]:
    """Yields the address at which it answers, and ends it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).parent / "granian"),
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"),
        *("--log-level", "warning", "--workers", str(workers), "--blocking-threads", "4"),
        "tests.bench.wsgi:application",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | dict(environment))
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", BARE)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server that is to be measured doesn’t answer.")
