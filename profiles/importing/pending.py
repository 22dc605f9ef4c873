"""From an uploaded file by way of a dry run to a draft."""

from django.db import transaction
from pydantic import TypeAdapter

from profiles.importing.apply import apply, base_source, current_for
from profiles.importing.as_source import source_of
from profiles.importing.plan import Current, Plan, plan
from profiles.importing.readers import read
from profiles.importing.source import EditionSource, extended
from profiles.models import Edition, EditionError, EditionUpload

SOURCE = TypeAdapter(EditionSource)


class PlanChangedError(EditionError):
    """The catalogue is no longer what the plan was made against."""

    def __init__(self) -> None:
        super().__init__(
            "The catalogue has changed since you looked. Here is what the file would change now."
        )


def keep(content: bytes, file_name: str, extends: Edition | None = None) -> EditionUpload:
    """Read a file and keep what it says until somebody has looked at its plan. Raises `UnreadableSourceError`.

    With `extends`, its practice profiles are meant for that draft.
    """
    base = source_of(extends) if extends else base_source()
    source = read(content, file_name, base, extends=extends is not None)
    EditionUpload.objects.forget_old()
    return EditionUpload.objects.create(
        file_name=file_name[:100], source=SOURCE.dump_python(source, mode="json"), extends=extends
    )


def plan_of(upload: EditionUpload) -> Plan:
    """What the file would change in the catalogue as it is now."""
    source = SOURCE.validate_python(upload.source)
    if upload.extends is None:
        return plan(source, current_for(source))
    draft = source_of(upload.extends)
    is_fixed = upload.extends.published_at is not None
    return plan(extended(draft, source), Current(draft, is_fixed=is_fixed))


@transaction.atomic
def make_draft(upload: EditionUpload, *, seen: str) -> Edition:
    """Do what the plan with the fingerprint `seen` says, and forget the file.

    Raises `PlanChangedError` if the catalogue has changed since, `PublishedEditionError` if the draft is one no more.
    """
    planned = plan_of(upload)
    if planned.fingerprint != seen or planned.problems:
        raise PlanChangedError
    edition = apply(planned)
    upload.delete()
    return edition
