"""Pairs in an open session, each side signed in: made by the domain's own verbs, in the database that the environment names.

Run as a module with how many and the file into which it writes who they are.
"""

import json
import secrets
import sys
import time
from pathlib import Path

import django


def pair(number: int) -> dict[str, object]:
    from coaching.models import Invitation  # noqa: PLC0415  (the apps are there by now)
    from sopcoach.models import Unit, User  # noqa: PLC0415
    from sopcoach.requests.actor import acting_as  # noqa: PLC0415

    unit = Unit.objects.get_or_create(name="Load unit")[0]
    worker, supervisor = (
        User.objects.create(
            email=f"{side}-{number}@load.example",
            name=f"{side.title()} Number {number}",
            unit=unit,
            may_supervise=side == "supervisor",
        )
        for side in ("worker", "supervisor")
    )
    with acting_as(supervisor):
        invitation = Invitation.send(by=supervisor, to=worker)
    with acting_as(worker):
        partnership = invitation.reply(by=worker, answer=Invitation.Answer.FORMAL, words="")
        if partnership is None:
            raise ValueError("A yes to formal coaching begins it.")
        session = partnership.sessions.get()
        session.open(by=worker)
    return {
        "page": f"/coaching/{partnership.slug}/sessions/{session.number}/purpose/",
        "sign_ins": [_sign_in(person) for person in (worker, supervisor)],
    }


def _sign_in(person: object) -> str:
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415

    from sopcoach.sign_in.idle import SEEN_AT  # noqa: PLC0415
    from sopcoach.sign_in.sessions import SessionStore  # noqa: PLC0415

    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store[SEEN_AT] = time.time()
    store.create()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}; csrftoken={secrets.token_hex(16)}"


def main() -> None:
    django.setup()
    count, file = int(sys.argv[1]), Path(sys.argv[2])
    file.write_text(json.dumps([pair(number) for number in range(count)]))


if __name__ == "__main__":
    main()
