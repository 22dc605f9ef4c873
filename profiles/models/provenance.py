"""Where the words of an edition come from, and how far they can be relied on."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models

from profiles.models.edition import CatalogueModel, CatalogueQuerySet, Edition


@dataclass(frozen=True)
class Paired:
    """A line of two parts: a slug and what changed there, a word and what it means, a practice and who must write it."""

    first: str
    second: str


class Provenance(CatalogueModel):
    """What every reader is told of the edition, and what a citation of it rests on.

    Lists are JSON: they are read as wholes, and nothing is ever looked for in them by the database.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="provenance")
    status = models.CharField(max_length=300, blank=True)
    authors = models.JSONField(default=list, blank=True)
    written_on = models.DateField(null=True, blank=True)
    citation = models.CharField(max_length=600, blank=True)
    sources = models.JSONField(default=list, blank=True)
    originators = models.JSONField(default=list, blank=True)
    method = models.CharField(max_length=2000, blank=True)
    reviewers = models.JSONField(default=list, blank=True)
    wording = models.CharField(max_length=1000, blank=True)
    anchor_rule = models.CharField(max_length=1000, blank=True)
    character_rule = models.CharField(max_length=1000, blank=True)
    scale_rationale = models.CharField(max_length=2000, blank=True)
    changelog = models.JSONField(default=list, blank=True)
    glossary = models.JSONField(default=list, blank=True)
    not_written = models.JSONField(default=list, blank=True)

    objects: ClassVar = CatalogueQuerySet["Provenance"].as_manager()
    published_path = "edition__published_at"

    def __str__(self) -> str:
        return f"Where {self.edition} comes from"

    @property
    def belongs_to_edition_id(self) -> int | None:
        return self.edition_id

    @property
    def changes(self) -> list[Paired]:
        return _paired(self.changelog)

    @property
    def words(self) -> list[Paired]:
        """The glossary, by the alphabet."""
        return sorted(_paired(self.glossary), key=lambda pair: pair.first.casefold())

    @property
    def missing(self) -> list[Paired]:
        return _paired(self.not_written)

    @property
    def author_line(self) -> str:
        return ", ".join(self.authors)

    @property
    def reviewer_line(self) -> str:
        return ", ".join(self.reviewers) or "none yet"

    def cite(self, part: str = "") -> str:
        """How to cite the edition, or a part of it; what its authors suggest for the whole stands in front."""
        if self.citation and not part:
            said = self.citation
        else:
            year = f" ({self.written_on.year})." if self.written_on else ""
            inside = f" {part}. In" if part else ""
            standing = f" [{self.status.rstrip('.')}]" if self.status else ""
            said = f"{self.author_line or self.edition.title}.{year}{inside} {self.edition}{standing}."
        return f"{said} Content {self.edition.content_mark}." if self.edition.content_hash else said


def _paired(lines: list[list[str]]) -> list[Paired]:
    return [Paired(first, second) for first, second in lines]
