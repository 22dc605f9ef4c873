"""The agreement: draft, sign, read (product.md, 4.3). What is signed by both stays readable when all else has ended."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coaching.dialogue.stages import Field
from coaching.forms.agreement import AgreementDraftForm
from coaching.models import Agreement, AgreementDraft, Seat, WalkthroughDone
from coaching.models.access import Thing
from coaching.models.agreement import CHANGING, LIMITS
from coaching.models.agreement_draft import DraftedTerm
from coaching.models.partnership import Engagement
from coaching.views import access, autosave, live
from coaching.views.desk import begun_seat_or_404, seat_or_404, session_going_on
from coaching.views.live import Fact, Live
from sopcoach.requests.reading import wants_json
from sopcoach.requests.typed import HttpRequest, by_button, require_form
from sopcoach.words import wording


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the agreement stands: nothing yet, one side's draft, proposed, or in force."""
    seat = begun_seat_or_404(request, slug)
    shelf = _shelf(request, seat)
    if live.asks(request):
        return shelf.open_page(seat).answer(request)
    if shelf.in_force is None and shelf.proposed:
        return _version_page(request, seat, shelf, shelf.proposed)
    if shelf.in_force:
        access.note(request, seat, Thing.AGREEMENT, shelf.in_force.number)
    return TemplateResponse(
        request,
        "coaching/agreement/detail.html",
        _page(request, seat, shelf)
        | {
            "sections": _sections(shelf.in_force) if shelf.in_force else [],
            "draft": AgreementDraft.objects.visible_to(request.user)
            .filter(partnership=seat.partnership)
            .first(),
            "walkthrough_is_next": WalkthroughDone.objects.visible_to(request.user)
            .filter(partnership=seat.partnership)
            .count()
            < 2,
        },
    )


@require_form
@by_button("keep", "sign")
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a version of one's own, with which the other side has nothing to do until it is signed."""
    seat = seat_or_404(request, slug)
    seat.partnership.require_formal()
    if request.method == "POST" and wants_json(request):

        def keep(field: str, text: str, revision: int) -> DraftedTerm:
            return AgreementDraft.keep(
                seat.partnership, by=request.user, field=field, text=text, revision=revision
            )

        return autosave.answer(request, keep)
    own = AgreementDraft.begin(seat.partnership, by=request.user)
    if request.method == "POST":
        form = AgreementDraftForm(request.POST, draft=own)
        if form.is_valid():
            if request.POST["act"] != "sign":
                if form.save(by=request.user):
                    messages.success(request, "Your draft is kept. Only you can read it until you sign it.")
                    return redirect("agreement_draft", slug)
            elif form.sign(by=request.user):
                other = seat.other.short_name
                messages.success(request, f"You’ve signed. It counts once {other} has signed as well.")
                return redirect("agreement", slug)
    else:
        form = AgreementDraftForm(draft=own)
    names = {
        "worker": seat.partnership.worker.short_name,
        "supervisor": seat.partnership.supervisor.short_name,
    }
    shelf = _shelf(request, seat)
    if shelf.versions:  # a draft begins with the words of the newest
        access.note(request, seat, Thing.AGREEMENT, shelf.versions[0].number)
    return TemplateResponse(
        request,
        "coaching/agreement/draft.html",
        _page(request, seat, shelf)
        | {
            "form": form,
            "revisions": form.draft.revisions,
            "fields": [_words_field(form, form.draft, name) for name in own.WORDS],
            "saved": "" if own._state.adding else f"{autosave.saved_text(own)}, for you only",
            "limits": LIMITS,
            "changing": CHANGING.format(**names),
        },
    )


def _words_field(form: AgreementDraftForm, own: AgreementDraft, name: str) -> autosave.WordsField:
    """A paragraph of the draft: as drafted, or as typed when the form came back with something to put right."""
    bound = form[name]
    return autosave.WordsField(
        Field(name, str(bound.label), str(bound.help_text)),
        text=bound.value() or "",
        revision=own.revisions[name],
        error=" ".join(map(str, bound.errors)),
        stored=form.stale.get(name, ""),
        is_stale=name in form.stale,
    )


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    seat = begun_seat_or_404(request, slug)
    shelf = _shelf(request, seat)
    return _version_page(request, seat, shelf, shelf.get(number))


@require_POST
@by_button("sign")
def sign(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    seat = seat_or_404(request, slug)
    shelf = _shelf(request, seat)
    agreement = shelf.get(number)
    if not agreement.is_signed_by_both:  # otherwise a second click, which changes nothing
        agreement.sign(by=request.user)
        messages.success(request, f"You have both signed. Version {number} is in force from now on.")
    return redirect("agreement", slug)


@dataclass(frozen=True)
class Shelf:
    """The versions that somebody may read, newest first, and what each of them is today."""

    versions: list[Agreement]

    @property
    def in_force(self) -> Agreement | None:
        return next((version for version in self.versions if version.is_signed_by_both), None)

    @property
    def proposed(self) -> Agreement | None:
        """The newest version, while the other side hasn't signed it."""
        newest = self.versions[0] if self.versions else None
        return newest if newest and not newest.is_signed_by_both else None

    def open_page(self, seat: Seat) -> Live:
        """What stands and what is proposed, so that a page can ask whether that has changed. It is another page then."""
        in_force, newest = self.in_force, self.versions[0] if self.versions else None
        signed = f"You have both signed: version {in_force.number} is in force." if in_force else ""
        who = seat.other.short_name if newest and newest.proposed_by_id == seat.other.pk else "You"
        proposed = f"{who} proposed version {newest.number}." if newest else ""
        now = (in_force.number if in_force else 0, newest.number if newest else 0)
        return Live(
            reverse("agreement", args=[seat.partnership.slug]),
            f"agreement-{now[0]}-{now[1]}",
            [Fact(now[0], signed), Fact(now[1], "" if newest == in_force else proposed)],
        )

    @property
    def earlier(self) -> list["Earlier"]:
        standing = (self.in_force, self.proposed)
        rows: list[Earlier] = []
        ended_at = self.in_force.signed_at if self.in_force else None
        for version in self.versions:
            if version in standing:
                continue
            rows.append(Earlier(version, ended_at if version.is_signed_by_both else None))
            ended_at = version.signed_at or ended_at
        return rows

    def get(self, number: int) -> Agreement:
        """Raises Http404 for a version that the reader can't read or that isn't there."""
        for version in self.versions:
            if version.number == number:
                return version
        raise Http404

    def before(self, agreement: Agreement) -> Agreement | None:
        """What a proposal changes: the version in force, or where there is none yet the proposal before it."""
        older = [version for version in self.versions if version.number < agreement.number]
        return self.in_force or (older[0] if older else None)


@dataclass(frozen=True)
class Earlier:
    """A version that no longer stands; `ended_at` is empty for one that never did."""

    version: Agreement
    ended_at: datetime | None


@dataclass(frozen=True)
class Section:
    title: str
    runs: list[wording.Run]

    @property
    def is_changed(self) -> bool:
        return wording.is_changed(self.runs)


def _shelf(request: HttpRequest, seat: Seat) -> Shelf:
    versions = list(
        Agreement.objects.visible_to(request.user).filter(partnership=seat.partnership).order_by("-number")
    )
    for agreement in versions:
        agreement.partnership = seat.partnership
    return Shelf(versions)


def _page(request: HttpRequest, seat: Seat, shelf: Shelf) -> dict[str, object]:
    """What every page of the agreement is handed."""
    partnership = seat.partnership
    return {
        "seat": seat,
        "shelf": shelf,
        "agreement": shelf.in_force,
        "live": shelf.open_page(seat).url,
        "is_going_on": partnership.engagement == Engagement.FORMAL,
        "session": session_going_on(request, seat) if partnership.engagement == Engagement.FORMAL else None,
        "reads_the_rest": seat.is_worker or partnership.engagement != Engagement.ENDED,
    }


def _version_page(request: HttpRequest, seat: Seat, shelf: Shelf, agreement: Agreement) -> TemplateResponse:
    access.note(request, seat, Thing.AGREEMENT, agreement.number)
    is_open = agreement == shelf.proposed
    before = shelf.before(agreement) if is_open else None
    sections = _sections(agreement, since=before)
    changed = sum(section.is_changed for section in sections)
    by_worker = agreement.proposed_by_id == seat.partnership.worker_id
    return TemplateResponse(
        request,
        "coaching/agreement/version.html",
        _page(request, seat, shelf)
        | {
            "agreement": agreement,
            "is_open": is_open,
            "is_mine_to_sign": is_open and not agreement.is_signed_by(request.user),
            "before": before,
            "sections": sections,
            "changed": changed,
            "in_words": wording.spelled(changed),
            "proposed_at": agreement.worker_signed_at if by_worker else agreement.supervisor_signed_at,
        },
    )


def _sections(agreement: Agreement, *, since: Agreement | None = None) -> list[Section]:
    """The agreement's paragraphs, with what differs from the version `since`."""
    new = _paragraphs(agreement)
    if since is None:
        return [Section(title, wording.unchanged(text)) for title, text in new.items()]
    old = _paragraphs(since)
    return [Section(title, wording.compare(old[title], text)) for title, text in new.items()]


def _paragraphs(agreement: Agreement) -> dict[str, str]:
    return {
        "How often we meet": f"{agreement.rhythm_text}. {agreement.place}".strip(),
        "What this is for": agreement.purpose,
        "Who sees what": agreement.readers,
        "If there’s a worry": agreement.concerns,
        "What nobody can promise": agreement.limits,
        "Changing our minds": agreement.changing,
    }
