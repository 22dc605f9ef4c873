"""A file between its dry run and its draft."""

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone

from profiles.models.edition import Edition

KEPT = timedelta(days=2)


class EditionUploadQuerySet(models.QuerySet["EditionUpload"]):
    def forget_old(self) -> None:
        """Delete what nobody has made a draft of in two days."""
        self.filter(created_at__lt=timezone.now() - KEPT).delete()


class EditionUpload(models.Model):
    """What a file said when it was uploaded. Kept here, so that nothing of it comes back from a browser.

    Gone as soon as it is a draft, and after two days at the latest.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField(max_length=100)
    source = models.JSONField()
    extends = models.ForeignKey(Edition, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EditionUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name
