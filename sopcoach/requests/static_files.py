"""Where a page's files are: their names change with what is in them, and with nothing else while the server runs."""

from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class RememberedStaticFiles(CompressedManifestStaticFilesStorage):
    """Each page names some twenty files. Taking every name apart anew took a twentieth of a page's time.

    A module imports others by names of that kind, so none of them may import one that imports it.
    """

    support_js_module_import_aggregation = True

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002  (Django's own signature)
        return _address(self, name, force=force)

    def worked_out(self, name: str | None, *, force: bool) -> str:
        return super().url(name, force)


@cache
def _address(storage: RememberedStaticFiles, name: str | None, *, force: bool) -> str:
    return storage.worked_out(name, force=force)
