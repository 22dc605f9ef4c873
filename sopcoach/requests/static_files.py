"""What a page's files are: only those that a page asks for, small, and under names that change with what is in them."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.files import File
from django.core.files.base import ContentFile
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class OnlyWhatIsUsed(StaticFilesConfig):
    """Of htmx one file is loaded; its other versions and what else packages bring would be packed for nobody."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "ht*x-4*", "htmx-2.js", "ext"]


class RememberedStaticFiles(CompressedManifestStaticFilesStorage):
    """Each page names some twenty files. Taking every name apart anew took a twentieth of a page's time.

    A module imports others by names of that kind, so none of them may import one that imports it.
    """

    support_js_module_import_aggregation = True

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002  (Django's own signature)
        return _address(self, name, force=force)

    def worked_out(self, name: str | None, *, force: bool) -> str:
        return super().url(name, force)

    def save(self, name: str | None, content: File, max_length: int | None = None) -> str:
        """Our own scripts go out without their comments, which are a quarter of them."""
        if name and name.startswith("js/"):
            content = ContentFile(jsmin(content.read().decode()).encode())
        return super().save(name, content, max_length)

    def post_process(
        self, paths: dict[str, tuple[Any, str]], *arguments: Any, **options: Any
    ) -> Iterator[Any]:
        """Django would take them from their folder once more, with their comments."""
        as_saved = {name: (self, name) if name.startswith("js/") else at for name, at in paths.items()}
        yield from super().post_process(as_saved, *arguments, **options)


@cache
def _address(storage: RememberedStaticFiles, name: str | None, *, force: bool) -> str:
    return storage.worked_out(name, force=force)
