"""Where the product is reached, for whoever writes a mail behind the page: there is no request to ask."""

from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpRequest


class SiteRequest(HttpRequest):
    """What allauth and its templates ask for where a link is made: scheme and host, and nobody signed in."""

    def _get_scheme(self) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_host(self) -> str:
        return urlsplit(settings.SITE_URL).netloc


def address_of(path: str) -> str:
    """The whole address of a page, as a mail needs it."""
    return urljoin(settings.SITE_URL, path)
