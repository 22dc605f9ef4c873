"""Groups: one's own, the list, the link, and the lobby before a session (product.md, 4.10)."""

import uuid

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coaching.dialogue.consultation import TERMS
from coaching.groups.forms.group import GroupForm, HandOverForm, PartsForm, PeopleForm, PlanForm
from coaching.groups.models import Group, GroupLink, GroupMember, GroupSession, handover
from coaching.groups.models.group import FEWEST
from coaching.groups.turns import suggest_parts
from coaching.groups.views.room import Room, group_or_404, room_of
from coaching.models.who_may import require_may_supervise, require_no_administrator
from coaching.views import live
from coaching.views.live import Fact, Live
from sopcoach.people.choosing import choosing_page, told_apart
from sopcoach.requests.typed import HttpRequest, by_button, require_form
from sopcoach.vault.keyring import keyring
from sopcoach.words.wording import spelled


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The reader's groups, each with what is ahead."""
    ahead = GroupSession.objects.visible_to(request.user).filter(closed_at=None).for_list()
    found = list(
        Group.objects.visible_to(request.user)
        .for_list()
        .prefetch_related(Prefetch("sessions", ahead, to_attr="ahead"))
    )
    keyring().fetch(group.pk for group in found)
    return TemplateResponse(request, "coaching/group/list.html", {"groups": found})


@require_form
def new(request: HttpRequest) -> HttpResponse:
    require_may_supervise(request.user)
    if request.method == "POST":
        form = GroupForm(request.POST, by=request.user)
        if form.is_valid() and (group := form.save(by=request.user)):
            return redirect("group", group.slug)
    else:
        form = GroupForm(by=request.user)
    return choosing_page(request, "coaching/group/new.html", form)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The lobby: what is ahead, who takes which part, the terms, and one's yes."""
    group = group_or_404(request, slug)
    room = _room_ahead(request, group)
    now = _live(group, room)
    if live.asks(request):
        if room is None or not now.knows(request):
            return now.answer(request)
        return TemplateResponse(request, "coaching/group/lobby.html#parts", _parts(request, room, None))
    return lobby(request, group, room)


def _live(group: Group, room: Room | None) -> Live:
    """What those who wait hear: whether it could begin, and that it has. It stays the group's page, with another act."""
    has_begun, is_ready = bool(room and room.session.is_open), bool(room and room.is_ready)
    return Live(
        reverse("group", args=[group.slug]),
        f"ahead-{room.session.number}" if room else "none-ahead",
        [
            Fact(has_begun, "The session has begun: go in." if has_begun and room and room.my_seat else ""),
            Fact(
                is_ready,
                "" if has_begun else "It can begin now." if is_ready else "It can’t begin any more for now.",
            ),
        ],
    )


def lobby(
    request: HttpRequest,
    group: Group,
    room: Room | None,
    *,
    parts_form: PartsForm | None = None,
    plan_form: PlanForm | None = None,
    hand_form: HandOverForm | None = None,
) -> TemplateResponse:
    """The group's page, with what went wrong on it just now."""
    is_mine = group.facilitator_id == request.user.pk
    visible = GroupSession.objects.visible_to(request.user).filter(group=group)
    context: dict[str, object] = {
        "group": group,
        "room": room,
        "is_mine": is_mine,
        "is_orphaned": not group.is_looked_after,
        "terms": TERMS,
        "past": list(visible.filter(closed_at__isnull=False).for_list()),
        "on_list": GroupMember.objects.visible_to(request.user)
        .filter(group=group, person=request.user)
        .first(),
        "readers": "Only those on this group’s list can read this page.",
        "live": _live(group, room),
    }
    if room:
        context |= _parts(request, room, parts_form)
    if is_mine:
        if room is None and group.is_looked_after:
            context["plan_form"] = plan_form or PlanForm()
        context |= _list(request, group, room)
        context["hand_form"] = hand_form or HandOverForm(group=group)
    return TemplateResponse(request, "coaching/group/lobby.html", context)


def _room_ahead(request: HttpRequest, group: Group) -> Room | None:
    session = (
        GroupSession.objects.visible_to(request.user).filter(group=group, closed_at=None).for_list().first()
    )
    if session is None:
        return None
    session.group = group
    return room_of(request, session)


def _parts(request: HttpRequest, room: Room, form: PartsForm | None) -> dict[str, object]:
    """Who is in and takes which part, and whose turn it would be."""
    session = room.session
    context: dict[str, object] = {"room": room, "missing": "", "last": None, "is_ready": room.is_ready}
    if not session.is_consultation or session.is_open:
        return context
    past = list(
        GroupSession.objects.visible_to(request.user)
        .filter(group=session.group_id, closed_at__isnull=False, profile__isnull=False)
        .select_related("presenter", "advisor")
    )
    suggested = suggest_parts(session, room.people, past)
    short = FEWEST - len(room.participants)
    return context | {
        "last": max(past, key=lambda one: one.number, default=None),
        "suggested": suggested,
        "missing": f"{spelled(short).capitalize()} more" if short > 0 else "",
        "can_lead": bool(room.my_seat and request.user.may_coach and not room.leads),
        "parts_form": form
        or PartsForm(
            session=session,
            people=room.participants,
            initial={
                "presenter": str(suggested.presenter.pk) if suggested.presenter else "",
                "advisor": str(suggested.advisor.pk) if suggested.advisor else "",
            },
        ),
    }


def _list(request: HttpRequest, group: Group, room: Room | None) -> dict[str, object]:
    """What only whoever looks after the group sees: everybody on its list, and its link."""
    members = (
        GroupMember.objects.visible_to(request.user)
        .filter(group=group)
        .exclude(person=request.user)
        .select_related("person__unit")
    )
    tells = told_apart(member.person for member in members)
    inside = {seat.person_id for seat in room.seats} if room else set()
    link = GroupLink.objects.visible_to(request.user).get(group=group)
    return {
        "members": [(member, tells[member.person_id], member.person_id in inside) for member in members],
        "link": request.build_absolute_uri(reverse("group_join", args=[link.token])),
    }


@require_form
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Put more colleagues on the list."""
    group = group_or_404(request, slug)
    group.require_facilitator(request.user)
    if request.method == "POST":
        form = PeopleForm(request.POST, by=request.user, group=group)
        if form.is_valid():
            count = form.ask(group, by=request.user)
            messages.success(
                request,
                f"{spelled(count).capitalize()} more {'is' if count == 1 else 'are'} on the list. They find the group on their page.",
            )
            return redirect("group", slug)
    else:
        form = PeopleForm(by=request.user, group=group)
    return choosing_page(request, "coaching/group/ask.html", form, {"group": group})


@require_POST
def link(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the link that is going round, and make another."""
    group = group_or_404(request, slug)
    group.require_facilitator(request.user)
    GroupLink.objects.visible_to(request.user).get(group=group).renew(by=request.user)
    messages.success(request, "There is a new link. The old one leads nowhere now.")
    return redirect("group", slug)


@require_POST
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody else look after the group; the form stands on its page."""
    group = group_or_404(request, slug)
    group.require_facilitator(request.user)
    form = HandOverForm(request.POST, group=group)
    if form.is_valid() and (to := form.save(group, by=request.user)):
        messages.success(request, f"{to.short_name} looks after this group now. You stay on its list.")
        return redirect("group", slug)
    if form.searched and request.htmx:
        return choosing_page(request, "coaching/group/lobby.html", form)
    return lobby(request, group, _room_ahead(request, group), hand_form=form)


@require_POST
def take_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Look after a group that nobody looks after."""
    handover.take_over(group_or_404(request, slug), by=request.user)
    messages.success(request, "You look after this group now: its list, its link, and what is planned.")
    return redirect("group", slug)


@require_POST
@by_button("leave")
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Come off the list, or take somebody off it."""
    group = group_or_404(request, slug)
    visible = (
        GroupMember.objects.visible_to(request.user).filter(group=group).select_related("group", "person")
    )
    if "member" in request.POST:
        member = get_object_or_404(visible, pk=_uuid_or_404(request.POST["member"]))
    else:
        member = get_object_or_404(visible, person=request.user)
    member.leave(by=request.user)
    if member.person_id != request.user.pk:
        messages.success(request, f"{member.person.short_name} is off the list.")
        return redirect("group", slug)
    messages.success(
        request, "You’re off that group’s list. What you said in it stays with those who heard it."
    )
    return redirect("groups")


@require_form
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link leads: what it is, and one's yes to being on the list."""
    require_no_administrator(request.user)
    group = Group.by_link(token)
    if group is None:
        raise Http404
    if request.method == "POST":
        group = Group.join(token, by=request.user)
        return redirect("group", group.slug)
    if GroupMember.objects.visible_to(request.user).filter(group=group, person=request.user).exists():
        return redirect("group", group.slug)
    return TemplateResponse(
        request, "coaching/group/join.html", {"group": group, "title": group.title, "terms": TERMS}
    )


@require_form
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan the next session; the form stands on the group's page."""
    group = group_or_404(request, slug)
    group.require_facilitator(request.user)
    if request.method != "POST":
        return redirect("group", slug)
    form = PlanForm(request.POST)
    if form.is_valid() and form.save(group, by=request.user):
        return redirect("group", slug)
    return lobby(request, group, _room_ahead(request, group), plan_form=form)


def _uuid_or_404(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error
