from typing import Self

from django.conf import settings
from django.db import models

from sopcoach.models import User


class SentFormQuerySet(models.QuerySet["SentForm"]):
    def visible_to(self, user: User) -> Self:
        """Each person's own, and nobody else's."""
        return self.filter(person=user)


class SentForm(models.Model):
    """That a form has been sent, and where its answer led, so that a second time makes nothing new.

    Nothing in it can be read: it stands under a hash of the form's key, and what was sent and answered is sealed by the
    key itself, which only the page holds on which the form stood. Rows are their person's alone; a week later they go.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)
    sealed = models.BinaryField(default=b"")
    sent_at = models.DateTimeField()

    objects = SentFormQuerySet.as_manager()

    class Meta:
        app_label = "sopcoach"
        constraints = [models.UniqueConstraint(fields=["person", "mark"], name="sent_form_once")]

    def __str__(self) -> str:
        return f"A form sent at {self.sent_at}"
