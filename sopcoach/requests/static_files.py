"""What a page's files are: only those that a page asks for, small, and under names that change with what is in them."""

from functools import cache

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class OnlyWhatIsUsed(StaticFilesConfig):
    """Of htmx one file is loaded; its other versions and what else packages bring would be packed for nobody.

    Of our own scripts browsers load what `bin/scripts` has made of them.
    """

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "ht*x-4*", "htmx-2.js", "ext", "js/*.js"]


class RememberedStaticFiles(CompressedManifestStaticFilesStorage):
    """Taking each file's name apart anew took a twentieth of a page's time."""

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002  (Django's own signature)
        return _address(self, name, force=force)

    def worked_out(self, name: str | None, *, force: bool) -> str:
        return super().url(name, force)


@cache
def _address(storage: RememberedStaticFiles, name: str | None, *, force: bool) -> str:
    return storage.worked_out(name, force=force)
