"""The server's log is read by people who may not know who is coached."""

import logging

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from sopcoach.requests.logs import WithoutPeople
from sopcoach.words.refusal import Refused


def logged(message: str, *args: object, error: Exception | None = None) -> str | None:
    """What would stand in the log, or None for nothing."""
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    record.exc_info = (type(error), error, None) if error else None
    return record.getMessage() if WithoutPeople().filter(record) else None


def test_whatever_is_logged_goes_through_it():
    for handler in settings.LOGGING["handlers"].values():
        assert "without_people" in handler["filters"]


def test_a_no_of_the_domain_is_not_logged():
    no = Refused("Tomas is trying things on.")
    assert logged("Forbidden (Permission denied): %s", "/coaching/z7sn2qkwtt/resume/", error=no) is None


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/coaching/z7sn2qkwtt/goals/", "/coaching/…/goals/"),
        ("/groups/r9hu36dmc3/sessions/2/", "/groups/…/sessions/2/"),
        ("/accounts/password/reset/key/3-abc-def/", "/accounts/password/reset/key/…/"),
        ("/m/off/0f3a:signed/", "/m/off/…/"),
        ("/sorting/r9hu36dmc3/", "/sorting/…/"),
        ("/profiles/three-questions/", "/profiles/three-questions/"),
    ],
)
def test_an_address_in_the_log_names_no_pair_and_opens_nothing(path, said):
    assert logged("Not Found: %s", path) == f"Not Found: {said}"
    assert logged("Forbidden: %s", path, error=PermissionDenied()) == f"Forbidden: {said}"
