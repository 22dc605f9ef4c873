import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

from tests.browser.autosave.desk import Desk, Handler


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    handler = type("DeskHandler", (Handler,), {"desk": desk})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    desk.url = f"http://127.0.0.1:{server.server_port}/"
    yield desk
    desk.slow.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(desk: Desk, open_page: Callable[..., Page]) -> Page:
    page = open_page("Wanda", 1280)
    page.goto(desk.url)
    return page
