"""What a test reads off a page."""

import re
from html import unescape


def live_address(page: str) -> str:
    """Where an open page asks what others do meanwhile (coaching/views/live.py)."""
    found = re.search(r'data-live="([^"]+)"', page)
    assert found, "the page asks nowhere"
    return unescape(found[1])
