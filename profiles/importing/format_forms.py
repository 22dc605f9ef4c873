"""What nested text has to hold, part by part."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from profiles.importing.lines import lines_of, one_line, text_of_lines
from profiles.importing.source import (
    AspectSource,
    BandSource,
    EditionSource,
    GoalSource,
    LevelSource,
    ProfileSource,
    ProvenanceSource,
    UnreadableSourceError,
    edition_slug,
)
from profiles.models.edition import MOST_LEVELS
from profiles.models.practice_profile import LONGEST_DESCRIPTOR, LONGEST_TITLE

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"

MOST_PROFILES = 200
ADDRESSES_TAKEN = {
    "print": "that page holds the handouts",
    "about": "that page says where the words come from",
    "words": "that page is the glossary",
}
"""Slugs that would be hidden by another page of the catalogue (`profiles.urls`)."""


def _squeezed(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _squeezed_lines(value: object) -> object:
    return lines_of(value) if isinstance(value, str) else value


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


def _undivided(text: str) -> str:
    """Refuse the mark that stands between the lines of one cell in a table."""
    if "|" in text:
        raise ValueError("can’t hold “|”, which divides lines in a table")
    return text


def _levels_once(value: object) -> object:
    """Refuse "1" beside "01": as numbers they are one, and the second would win in silence."""
    if isinstance(value, Mapping):
        numbers = [int(key) for key in value if str(key).strip().isdecimal()]
        twice = sorted({number for number in numbers if numbers.count(number) > 1})
        if twice:
            raise ValueError(f"has level {twice[0]} twice")
    return value


def _with_an_address(slug: str) -> str:
    """Refuse a slug at whose address something else than the practice profile would answer."""
    if slug in ADDRESSES_TAKEN:
        raise ValueError(f"can’t be “{slug}”: {ADDRESSES_TAKEN[slug]}. Choose another")
    return slug


type _Note = Annotated[str, BeforeValidator(_squeezed), AfterValidator(one_line)]
type _Text = Annotated[str, BeforeValidator(_squeezed), AfterValidator(one_line), Field(min_length=1)]
type _Points = Annotated[
    str, BeforeValidator(_squeezed_lines), AfterValidator(text_of_lines), Field(min_length=1)
]
type _Line = Annotated[_Text, AfterValidator(_undivided), Field(max_length=400)]
type _Lines = Annotated[list[_Line], Field(max_length=100)]
type _Questions = Annotated[list[Annotated[_Text, Field(max_length=400)]], Field(max_length=50)]
type _Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]
type _Number = Annotated[int, Field(ge=1, le=MOST_LEVELS)]
type _Count = Annotated[int, Field(ge=1, le=999)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ChangeForm(_Form):
    slug: _Slug
    change: _Text = Field(max_length=600)


class _WordForm(_Form):
    word: _Text = Field(max_length=60)
    meaning: _Text = Field(max_length=600)


class _NotWrittenForm(_Form):
    title: _Text = Field(max_length=100)
    reason: _Text = Field(max_length=600)


class _MetaForm(_Form):
    title: _Text = Field(max_length=100)
    edition: _Text = Field(max_length=30)
    slug: str | None = Field(None, pattern=SLUG, max_length=150)
    use_rule: _Note = Field("", max_length=300)
    cumulative: bool = True
    """Whether every level holds the ones before it; a level may say so of itself as well."""
    wording: _Note = Field("", max_length=1000)
    anchor_rule: _Note = Field("", max_length=1000)
    character_rule: _Note = Field("", max_length=1000)
    scale_rationale: _Note = Field("", max_length=2000)
    status: _Note = Field("", max_length=300)
    authors: _Lines = []
    written_on: Annotated[date | None, BeforeValidator(_empty_is_none)] = None
    citation: _Note = Field("", max_length=600)
    sources: _Lines = []
    originators: _Lines = []
    method: _Note = Field("", max_length=2000)
    reviewers: _Lines = []
    changelog: Annotated[list[_ChangeForm], Field(max_length=500)] = []
    glossary: Annotated[list[_WordForm], Field(max_length=200)] = []
    not_written: Annotated[list[_NotWrittenForm], Field(max_length=50)] = []
    content_hash: _Note = Field("", max_length=12)

    def provenance(self) -> ProvenanceSource | None:
        """Nothing where the file says nothing of it."""
        said = ProvenanceSource(
            status=self.status,
            authors=tuple(self.authors),
            written_on=self.written_on,
            citation=self.citation,
            sources=tuple(self.sources),
            originators=tuple(self.originators),
            method=self.method,
            reviewers=tuple(self.reviewers),
            wording=self.wording,
            anchor_rule=self.anchor_rule,
            character_rule=self.character_rule,
            scale_rationale=self.scale_rationale,
            changelog=tuple((each.slug, each.change) for each in self.changelog),
            glossary=tuple((each.word, each.meaning) for each in self.glossary),
            not_written=tuple((each.title, each.reason) for each in self.not_written),
        )
        return None if said == ProvenanceSource() else said


class _BandForm(_Form):
    slug: _Slug
    title: _Text = Field(max_length=60)
    levels: Annotated[list[_Number], Field(min_length=1, max_length=MOST_LEVELS)]


class _LevelForm(_Form):
    number: _Number
    name: _Text = Field(max_length=40)
    gist: _Text = Field(max_length=300)
    stands_alone: bool = False


class _ScaleForm(_Form):
    name: _Note = Field("", max_length=60)
    min: Literal["1", 1] = 1
    max: _Number | None = None
    bands: Annotated[list[_BandForm], Field(min_length=1, max_length=MOST_LEVELS)]
    levels: Annotated[list[_LevelForm], Field(min_length=1, max_length=2 * MOST_LEVELS)]


class _GoalForm(_Form):
    text: _Text = Field(max_length=300)
    verb: _Text = Field("Use", max_length=30)
    practice: _Text = Field(max_length=120)
    with_whom: _Text = Field(max_length=120)
    count: _Count
    unit: _Text = Field(max_length=60)
    when: _Text = Field(max_length=60)
    level: Annotated[_Number | None, BeforeValidator(_empty_is_none)] = None

    @model_validator(mode="before")
    @classmethod
    def _composed(cls, value: object) -> object:
        """A goal that is given in its parts alone reads as they do."""
        if not isinstance(value, Mapping) or "text" in value:
            return value
        parts = [value.get("verb", "Use"), *(value.get(name) for name in _PARTS)]
        if not all(isinstance(part, str) for part in parts):
            return value
        return {**value, "text": "{} {} with {} on {} {} {}.".format(*parts)}

    def as_source(self) -> GoalSource:
        return GoalSource(**self.model_dump())


_PARTS = ("practice", "with_whom", "count", "unit", "when")


class _AspectForm(_Form):
    slug: _Slug
    title: _Text = Field(max_length=LONGEST_TITLE)
    definition: _Note = Field("", max_length=300)
    evidence: _Lines = []
    applies: _Note = Field("", max_length=300)
    lookalike: _Note = Field("", max_length=300)
    levels: Annotated[
        dict[int, Annotated[_Points, Field(max_length=LONGEST_DESCRIPTOR)]], BeforeValidator(_levels_once)
    ]
    occasions: Annotated[
        dict[int, Annotated[_Text, AfterValidator(_undivided), Field(max_length=120)]],
        BeforeValidator(_levels_once),
    ] = {}
    coaching_questions: _Questions = []
    example_goals: Annotated[list[_GoalForm], Field(max_length=50)] = []

    def as_source(self) -> AspectSource:
        return AspectSource(
            self.slug,
            self.title,
            tuple(self.levels.items()),
            definition=self.definition,
            evidence=tuple(self.evidence),
            applies=self.applies,
            lookalike=self.lookalike,
            occasions=tuple(sorted(self.occasions.items())),
            questions=tuple(self.coaching_questions),
            example_goals=tuple(goal.as_source() for goal in self.example_goals),
        )


class _ProfileForm(_Form):
    slug: Annotated[_Slug, AfterValidator(_with_an_address)]
    title: _Text = Field(max_length=LONGEST_TITLE)
    order: _Count
    purpose: _Text = Field(max_length=400)
    cross_cutting: bool = False
    aspects: Annotated[list[_AspectForm], Field(min_length=1, max_length=20)]
    aliases: _Lines = []
    at_every_level: _Lines = []
    coaching_questions: _Questions = []
    example_goals: Annotated[list[_GoalForm], Field(max_length=50)] = []

    def as_source(self) -> ProfileSource:
        return ProfileSource(
            slug=self.slug,
            title=self.title,
            order=self.order,
            purpose=self.purpose,
            cross_cutting=self.cross_cutting,
            aspects=tuple(aspect.as_source() for aspect in self.aspects),
            questions=tuple(self.coaching_questions),
            example_goals=tuple(goal.as_source() for goal in self.example_goals),
            aliases=tuple(self.aliases),
            at_every_level=tuple(self.at_every_level),
        )


class EditionForm(_Form):
    meta: _MetaForm
    scale: _ScaleForm
    profiles: Annotated[list[_ProfileForm], Field(min_length=1, max_length=MOST_PROFILES)]

    def as_source(self) -> EditionSource:
        slug = self.meta.slug or edition_slug(self.meta.title, self.meta.edition)
        if not slug:
            raise UnreadableSourceError(
                "The edition’s title has no plain letters: give “meta” a “slug” as well."
            )
        top = max(level.number for level in self.scale.levels)
        if self.scale.max not in {None, top}:
            raise UnreadableSourceError(f"The scale: “max” says {self.scale.max}, the levels go to {top}.")
        return EditionSource(
            slug=slug,
            title=self.meta.title,
            name=self.meta.edition,
            note=self.meta.use_rule,
            bands=tuple(BandSource(b.slug, b.title, tuple(b.levels)) for b in self.scale.bands),
            levels=tuple(
                LevelSource(v.number, v.name, v.gist, stands_alone=v.stands_alone or not self.meta.cumulative)
                for v in self.scale.levels
            ),
            profiles=tuple(profile.as_source() for profile in self.profiles),
            scale_name=self.scale.name,
            provenance=self.meta.provenance(),
            claimed_hash=self.meta.content_hash,
        )
