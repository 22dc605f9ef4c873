"""Looking back and saying where one is, on one page: a form with a part for each focus."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from coaching.dialogue.stages import Field
from coaching.forms.review import LookBackForm, RatingForm, part_of, share_looked_back
from coaching.models import CoachingSession, Draft, Focus, LoggedLevel, Seat
from coaching.models.base import Autosaved
from coaching.queries.review import FocusReview, Review, review_for
from coaching.views.autosave import Keep, WordsField
from coaching.views.review_fields import BECAUSE, DIFFERENTLY, GLIMPSE, LEVEL, WENT_WELL, fields_of
from coaching.views.sharing import keep_all, tell_shared
from profiles.ladder import Ladder, Mode, ladder_for
from profiles.models import SkillAspect
from sopcoach.requests.reading import number_in
from sopcoach.requests.typed import HttpRequest
from sopcoach.words.amounts import listed


@dataclass
class Part:
    """One focus where the worker looks back: its ladder, and what tells them so."""

    one: FocusReview
    level: WordsField
    glimpse: WordsField
    words: WordsField
    begins_from: LoggedLevel | None
    errors: list[str] = field(default_factory=list)
    ladder: Ladder | None = None

    @property
    def focus(self) -> Focus:
        return self.one.focus

    @property
    def fields(self) -> tuple[WordsField, ...]:
        return self.level, self.glimpse, self.words

    def take(self, request: HttpRequest, form: RatingForm | None) -> None:
        """Show what was chosen and typed, with what there is to put right in it."""
        self.begins_from = None
        for words in self.fields:
            words.text = request.POST.get(words.field.key, words.text)
        if form:
            self.errors = [str(error) for error in form.errors.get("level", [])]
            self.words.error = " ".join(str(error) for error in form.errors.get("because", []))

    def draw(self, seat: Seat) -> None:
        """Its ladder, as it is chosen on now."""
        slug = self.focus.aspect_slug
        begins = self.begins_from
        self.ladder = ladder_for(
            self.focus.aspect,
            mode=Mode.CHOOSE,
            prefix=slug,
            marks=self.one.marks(seat),
            chosen=begins.level if begins else number_in(self.level.text, most_digits=3),
            with_glimpses=True,
            glimpse=begins.glimpse_level if begins else number_in(self.glimpse.text, most_digits=3),
            level_name=self.level.field.key,
            glimpse_name=self.glimpse.field.key,
            error_id=f"e-{self.level.field.key}" if self.errors else "",
            level_revision=self.level.revision,
            glimpse_revision=self.glimpse.revision,
        )


def parts_of(request: HttpRequest, review: Review) -> list[Part]:
    """A part for each focus, as its worker has drafted it."""
    rows = Draft.objects.visible_to(request.user).filter(session=review.session, focus__isnull=False)
    drafts = {(row.focus_id, row.field): row for row in rows}
    prefetch_related_objects([one.focus.aspect for one in review.focuses], SkillAspect.ladder_prefetch())

    def words(one: FocusReview, of: Field, label: str) -> WordsField:
        made = Field(part_of(of.key, one.focus), label, of.help)
        return WordsField.of(made, drafts.get((one.focus.pk, of.key)))

    return [
        Part(
            one,
            level=words(one, LEVEL, f"My level in {one.focus.aspect.title}"),
            glimpse=words(one, GLIMPSE, ""),
            words=words(one, BECAUSE, BECAUSE.label),
            begins_from=None if (one.focus.pk, LEVEL.key) in drafts else one.begins_from,
        )
        for one in review.focuses
    ]


def ratings_in(request: HttpRequest, parts: Iterable[Part]) -> Iterator[tuple[Part, RatingForm]]:
    """Those parts in which a level was chosen."""
    for part in parts:
        if form := RatingForm.among_others(request.POST, part.focus):
            yield part, form


def as_kept(request: HttpRequest, problems: dict[str, str]) -> LookBackForm:
    """The form as it was sent to be kept, with what keeping found wrong in any of its parts."""
    own = {name: sentence for name, sentence in problems.items() if name in LookBackForm.base_fields}
    form = LookBackForm.as_kept(request.POST, own)
    for name in problems.keys() - own.keys():
        form.add_error(None, problems[name])
    return form


def keeper(request: HttpRequest, session: CoachingSession) -> Keep:
    """How what is written there saves itself: each field as the draft of its own focus."""

    def keep(name: str, text: str, revision: int) -> Autosaved:
        key, _, slug = name.partition("-")
        one = review_for(request.user, session).of(slug) if slug else None
        if slug and one is None:
            raise Http404
        focus = one.focus if one else None
        return Draft.put(session, by=request.user, field=key, text=text, revision=revision, focus=focus)

    return keep


def sent(
    request: HttpRequest, seat: Seat, review: Review, parts: list[Part], drafts: dict[str, Draft]
) -> HttpResponse | tuple[LookBackForm, list[WordsField]]:
    """Keep or share what the form of the whole page brings; form and words, where there is something to put right."""
    if request.POST["act"] == "keep":
        fields = fields_of((WENT_WELL, DIFFERENTLY), drafts)
        kept = [*fields, *(words for part in parts for words in part.fields)]
        problems = keep_all(request, kept, keeper(request, review.session))
        return (as_kept(request, problems), fields) if problems else HttpResponseRedirect(request.path)
    form = LookBackForm(request.POST)
    ratings = list(ratings_in(request, parts))
    on_focuses = [(part.focus, rating) for part, rating in ratings]
    if share_looked_back(review.session, form, on_focuses, by=request.user):
        return _shared(request, seat, review, parts, [part for part, _ in ratings])
    chosen = {part.focus.pk: rating for part, rating in ratings}
    for part in parts:
        part.take(request, chosen.get(part.focus.pk))
    return form, fields_of((WENT_WELL, DIFFERENTLY), drafts, form)


def _shared(
    request: HttpRequest, seat: Seat, review: Review, parts: list[Part], rated: list[Part]
) -> HttpResponse:
    """Say what was shared; what was written on a focus without a level stays with its worker as a draft."""
    keep = keeper(request, review.session)
    for part in parts:
        if part not in rated and part.words.field.key in request.POST:
            part.words.put(request, keep)
    titles = [part.focus.aspect.title for part in rated]
    what = "what you looked back on"
    if titles:
        what += f" and where you are in {listed(titles)}"
    tell_shared(request, what, seat.other)
    return HttpResponseRedirect(
        reverse("stage", args=[seat.partnership.slug, review.session.number, "content"])
    )
