"""Sign-ins, kept in the database as Django does. One thing in them outlasts every save: what a sign-in is kept to.

A browser asks for several things at once, and each request writes the whole session back when it ends. Without this,
one that began before a laptop went round would open everything again when it ends after (ADR 12).
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import router, transaction
from django.db.models import QuerySet
from django.utils import timezone

from sopcoach.models import User
from sopcoach.models.written import once
from sopcoach.sign_in.kept_to import KEPT_TO


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        """As Django does, with a query that is written once: every page asks it."""
        found = next(iter(once(_sign_ins, None, [self.session_key])), None) if self.session_key else None
        if found and found.expire_date > timezone.now():
            return found
        self._session_key = None
        return None

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  (Django's own signature)
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        with transaction.atomic(using=router.db_for_write(self.model)):
            stored = self.model.objects.select_for_update().filter(session_key=self.session_key).first()
            if stored is None:
                raise UpdateError
            if kept_to := self.decode(stored.session_data).get(KEPT_TO):
                self[KEPT_TO] = kept_to
            self.create_model_instance(dict(self.items())).save(force_update=True)


def _sign_ins(_: User, keys: Sequence[Any]) -> QuerySet[Session]:
    return Session.objects.filter(session_key__in=keys)
