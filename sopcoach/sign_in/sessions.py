"""Sign-ins, kept in the database as Django does. One thing in them outlasts every save: what a sign-in is kept to.

A browser asks for several things at once, and each request writes the whole session back when it ends. Without this,
one that began before a laptop went round would open everything again when it ends after (ADR 12).
"""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import router, transaction

from sopcoach.sign_in.kept_to import KEPT_TO


class SessionStore(db.SessionStore):
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
