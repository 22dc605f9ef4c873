"""Sorting cards without seeing the ladder: what a sorter sees, alone (docs/editions.md)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from coaching.sorting.cards import Card, Packet, packets
from coaching.sorting.forms import NameForm, OrderSent
from coaching.sorting.models import BlindSort, Sorter
from coaching.sorting.models.sorter import ChangedMeanwhile
from profiles.models import SkillAspect
from sopcoach.requests.typed import HttpRequest, by_button, require_form
from sopcoach.words.wording import spelled

BY = {"up": -1, "down": 1}


@dataclass(frozen=True)
class Row:
    """A card where it lies."""

    card: Card
    place: int
    chosen: int
    """The place that its field shows: another one only where it couldn't be moved there."""
    total: int
    pressed: str | None
    """By which button it has just come here."""

    @property
    def is_moved(self) -> bool:
        return self.pressed is not None

    @property
    def is_first(self) -> bool:
        return self.place == 1

    @property
    def is_last(self) -> bool:
        return self.place == self.total

    @property
    def focus(self) -> str:
        """Where the focus goes back to: the same arrow, at either end the other one."""
        if self.pressed == "up":
            return "down" if self.is_first else "up"
        if self.pressed == "down":
            return "up" if self.is_last else "down"
        return "place" if self.pressed == "arrange" else ""


@require_form
@by_button("withdraw")
def sort(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to sort, how far one is, and the way out."""
    found = sort_or_404(request, slug)
    found.require_sorter(request.user)
    sorter = Sorter.of(found, request.user)
    if request.method == "POST":
        sorter.withdraw(by=request.user)
        messages.success(request, "What you had begun is thrown away.")
        return redirect("sort", slug)
    packs = packets(sorter)
    going_on = next((pack for pack in packs if not pack.is_done), None) if found.is_open else None
    return TemplateResponse(
        request,
        "coaching/sorting/sort.html",
        {
            "sort": found,
            "sorter": sorter,
            "packets": packs,
            "next": going_on,
            "next_url": _go_on(going_on) if going_on else "",
            "is_done": all(pack.is_done for pack in packs),
        },
    )


@require_form
def name(request: HttpRequest, slug: str, profile: str, card: int) -> HttpResponse:
    """A card at a time, of the whole profile, mixed: which aspect does it belong to?"""
    packet = _packet_or_404(request, slug, lambda pack: pack.profile.slug == profile)
    if packet.is_done:
        return redirect("sort", slug)
    cards = packet.cards
    if not 1 <= card <= len(cards):
        raise Http404
    asked = cards[card - 1]
    if request.method == "POST":
        form = NameForm(request.POST, packet=packet)
        if form.is_valid():
            packet.sorter.name_card(
                asked.aspect, asked.level, by=request.user, choice=form.cleaned_data["aspect"]
            )
            return redirect(_after(packet, card))
    else:
        form = NameForm(packet=packet, initial={"aspect": packet.named(asked)})
    return TemplateResponse(
        request,
        "coaching/sorting/name.html",
        {
            "sort": packet.sorter.sort,
            "packet": packet,
            "card": asked,
            "place": card,
            "total": len(cards),
            "before": card - 1,
            "form": form,
        },
    )


@require_form
@by_button("up", "down", "arrange", "keep")
def order(request: HttpRequest, slug: str, aspect: str) -> HttpResponse:
    """The cards of one aspect, put in order."""
    packet = _packet_or_404(request, slug, lambda pack: any(one.slug == aspect for one in pack.to_order))
    found = next(one for one in packet.to_order if one.slug == aspect)
    if aspect in packet.done:
        return redirect("sort", slug)
    if not packet.is_named:
        return redirect(_go_on(packet))
    error = ""
    sent = None
    if request.method == "POST":
        sent = OrderSent.read(request.POST, packet.in_order(found))
        try:
            if sent is None:
                raise ChangedMeanwhile
            return _moved(request, packet, found, sent)
        except ValidationError as refused:
            error = " ".join(refused.messages)
        except ChangedMeanwhile as changed:
            error, sent, packet.sorter.orders = (
                str(changed),
                None,
                Sorter.of(packet.sorter.sort, request.user).orders,
            )
    cards = list(sent.cards) if sent else packet.in_order(found)
    return TemplateResponse(
        request,
        "coaching/sorting/order.html",
        _laid_out(request, packet, found, cards, sent) | {"error": error},
    )


def sort_or_404(request: HttpRequest, slug: str) -> BlindSort:
    rows = BlindSort.objects.visible_to(request.user).select_related("edition", "cohort__facilitator")
    return get_object_or_404(rows, slug=slug)


def _packet_or_404(request: HttpRequest, slug: str, fits: Callable[[Packet], bool]) -> Packet:
    """The practice profile that a page is about, as its sorter stands with it. Raises Refused once the sort is over."""
    found = sort_or_404(request, slug)
    found.require_sorter(request.user)
    found.require_open()
    packet = next((pack for pack in packets(Sorter.of(found, request.user)) if fits(pack)), None)
    if packet is None:
        raise Http404
    return packet


def _go_on(packet: Packet) -> str:
    """Where one goes on: the first card that nothing is said of, then the first aspect that isn't in order."""
    slug = packet.sorter.sort.slug
    if not packet.is_named:
        return reverse("sort_name", args=[slug, packet.profile.slug, packet.unnamed[0]])
    return reverse("sort_order", args=[slug, packet.waiting[0].slug])


def _after(packet: Packet, place: int) -> str:
    """After a card comes the next one; after the last the first that was left out, and then the order."""
    if place < len(packet.cards):
        return reverse("sort_name", args=[packet.sorter.sort.slug, packet.profile.slug, place + 1])
    return _go_on(replace(packet))


def _moved(request: HttpRequest, packet: Packet, aspect: SkillAspect, sent: OrderSent) -> HttpResponse:
    """Do what was pressed, and lead on. Raises as the verbs do."""
    act, mark = request.POST["act"], request.GET.get("card", "")
    order = sent.nudged(mark, BY[act]) if act in BY else sent.order
    sorter, told = packet.sorter, {"order": order, "seen": sent.seen, "alike": sent.alike_in(order)}
    if act == "keep":
        sorter.keep(aspect.slug, by=request.user, **told)
        messages.success(request, "Thank you. These cards are counted, without your name.")
        after = replace(packet)
        return redirect(_go_on(after) if after.waiting else reverse("sort", args=[sorter.sort.slug]))
    sorter.put_order(aspect.slug, by=request.user, **told)
    if act == "arrange":
        moved = [card.mark for card in sent.cards if card.level in _taken_out(sent)]
        mark = moved[0] if len(moved) == 1 else ""
    here = reverse("sort_order", args=[sorter.sort.slug, aspect.slug])
    return redirect(f"{here}?{urlencode({'card': mark, 'by': act})}" if mark else here)


def _taken_out(sent: OrderSent) -> set[int]:
    """The levels of the cards that another place was chosen for."""
    return {card.level for at, card in enumerate(sent.cards, start=1) if sent.places[card.mark] != at}


def _laid_out(
    request: HttpRequest, packet: Packet, aspect: SkillAspect, cards: list[Card], sent: OrderSent | None
) -> dict[str, object]:
    mark = request.GET.get("card", "") if sent is None else ""
    pressed = request.GET.get("by", "")
    rows = [
        Row(
            card,
            at,
            sent.places[card.mark] if sent else at,
            len(cards),
            pressed if card.mark == mark else None,
        )
        for at, card in enumerate(cards, start=1)
    ]
    alike = set(packet.sorter.alike.get(aspect.slug, []))
    levels = [card.level for card in cards]
    pairs = [(at, at + 1) for at in range(1, len(cards))]
    stored = next((at for at, _ in pairs if alike == set(levels[at - 1 : at + 1])), 0)
    return {
        "sort": packet.sorter.sort,
        "packet": packet,
        "aspect": aspect,
        "rows": rows,
        "how_many": spelled(len(cards)),
        "places": range(1, len(cards) + 1),
        "seen": ",".join(card.mark for card in cards),
        "pairs": pairs,
        "two": sent.two if sent else stored,
        "has_order": aspect.slug in packet.sorter.orders,
        "moved": next((row for row in rows if row.is_moved), None),
    }
