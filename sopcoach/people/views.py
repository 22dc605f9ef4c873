"""People and units, for administrators. Nothing here knows who is coached by whom (product.md, 2)."""

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sopcoach.mailing.models import Letter, undelivered_at, unsent_invitations
from sopcoach.models import LAST_ADMINISTRATOR, Identity, Unit, User
from sopcoach.people import mails
from sopcoach.people.forms import FindForm, PersonForm, UnitForm
from sopcoach.requests.typed import HttpRequest, administrators_only, by_button, require_form

ON_A_PAGE = 25


REFUSED = 10
"""How many of the accounts that somebody else's sign-in was refused to the list names at once."""


@require_safe
@administrators_only
def manage(request: HttpRequest) -> HttpResponse:
    return redirect("manage_people")


@require_safe
@administrators_only
def people(request: HttpRequest) -> HttpResponse:
    all_units = list(Unit.objects.all())
    find = FindForm(request.GET, units=all_units)
    found = find.found().annotate(undelivered_at=undelivered_at(request.user))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    waiting, gone = unsent_invitations(request.user)
    return TemplateResponse(
        request,
        "manage/people/list.html",
        {
            "find": find,
            "page": page,
            "invitations": {"waiting": waiting, "gone": gone, "all": waiting + gone},
            "refused": Identity.objects.visible_to(request.user).refused().select_related("person")[:REFUSED],
            "is_search": any(request.GET.get(name) for name in ("q", "unit")),
            "form": PersonForm(),
        },
    )


@require_form
@administrators_only
def invite(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        form = PersonForm(request.POST)
        if form.is_valid() and (person := form.open_account(by=request.user)):
            _invite_and_tell(request, person)
            return redirect("manage_people")
    else:
        form = PersonForm()
    return TemplateResponse(request, "manage/people/invite.html", {"form": form})


@require_form
@administrators_only
def person(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        # of two who send at once, the second compares with what the first has kept
        User.objects.hold_administrators(pk)
    person = _person_or_404(pk)
    fields = ("name", "email", "unit", "employee_number", "may_supervise", "is_administrator")
    stands = {name: getattr(person, name) for name in fields}
    if request.method == "POST":
        form = PersonForm(request.POST, person=person, stands=stands)
        had = person.email
        if form.is_valid() and form.change(_person_or_404(pk), by=request.user):
            messages.success(request, _changed_sentence(person, had, form.cleaned_data["email"]))
            return redirect("manage_people")
    else:
        form = PersonForm(person=person, stands=stands)
    page = {
        "person": person,
        "form": form,
        "refused": Identity.objects.visible_to(request.user).refused().filter(person=person).first(),
        "has_second_factor": is_mfa_enabled(person),
        "undelivered_at": Letter.objects.visible_to(request.user).given_up_on(person),
    }
    return TemplateResponse(request, "manage/people/person.html", page)


@require_POST
@administrators_only
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    _invite_and_tell(request, _person_or_404(pk))
    return redirect(get_next_redirect_url(request) or reverse("manage_people"))


@require_form
@administrators_only
@by_button("deactivate")
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person_or_404(pk)
    if not person.is_active:
        return redirect("manage_person", pk)
    if request.method == "POST":
        person.deactivate(by=request.user)
        messages.success(request, f"{person.name}’s account is deactivated.")
        return redirect("manage_people")
    return TemplateResponse(
        request,
        "manage/people/deactivate.html",
        {"person": person, "why_not": LAST_ADMINISTRATOR if person.is_last_administrator else ""},
    )


@require_form
@administrators_only
@by_button("remove")
def second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a lost second factor away, so that the password alone opens the account again."""
    person = _person_or_404(pk)
    if not is_mfa_enabled(person):
        return redirect("manage_person", pk)
    if request.method == "POST":
        mails.take_second_factors_away(person, by=request.user)
        messages.success(
            request, f"{person.name} signs in by password alone now. A mail about it is on its way."
        )
        return redirect("manage_person", pk)
    return TemplateResponse(request, "manage/people/second_factor.html", {"person": person})


@require_POST
@administrators_only
@by_button("forget", "keep")
def identity(request: HttpRequest, pk: int) -> HttpResponse:
    """What becomes of an account to whose address a provider has let a second somebody in."""
    person = _person_or_404(pk)
    for identity in Identity.objects.visible_to(request.user).refused().filter(person=person):
        if request.POST["act"] == "forget":
            identity.forget(by=request.user)
            said = f"Whoever has {person.name}’s address there opens this account from their next sign-in on."
        else:
            identity.keep(by=request.user)
            said = f"{person.name}’s account opens to whom it has opened so far, and to nobody else."
        messages.success(request, said)
    return redirect("manage_person", pk)


@require_form
@administrators_only
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person_or_404(pk)
    if person.is_active:
        return redirect("manage_person", pk)
    if request.method == "POST":
        person.reactivate(by=request.user)
        messages.success(request, f"{person.name} can sign in again.")
        return redirect("manage_people")
    return TemplateResponse(request, "manage/people/reactivate.html", {"person": person})


# Units


@require_form
@administrators_only
def units(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        form = UnitForm(request.POST)
        if form.is_valid() and form.save(unit := Unit(), by=request.user):
            messages.success(request, f"{unit.name} is there.")
            return redirect("manage_units")
    else:
        form = UnitForm()
    return TemplateResponse(
        request, "manage/people/units.html", {"units": Unit.objects.for_list(), "form": form}
    )


@require_form
@administrators_only
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    units = Unit.objects.for_list()
    if request.method == "POST":
        units = units.select_for_update(no_key=True)
    unit = get_object_or_404(units, pk=pk)
    if request.method == "POST":
        form = UnitForm(request.POST, stands={"name": unit.name})
        if form.is_valid() and form.save(get_object_or_404(Unit, pk=pk), by=request.user):
            messages.success(request, f"{unit.name} is called {form.cleaned_data['name']} now.")
            return redirect("manage_units")
    else:
        form = UnitForm(stands={"name": unit.name})
    return TemplateResponse(request, "manage/people/unit.html", {"unit": unit, "form": form})


@require_POST
@administrators_only
@by_button("delete")
def remove_unit(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, pk=pk)
    unit.remove(by=request.user)
    messages.success(request, f"{unit.name} is deleted.")
    return redirect("manage_units")


def _person_or_404(pk: int) -> User:
    return get_object_or_404(User.objects.for_list(), pk=pk)


def _invite_and_tell(request: HttpRequest, person: User) -> None:
    mails.invite([person], by=request.user)
    messages.success(request, f"An invitation is on its way to {person.email}.")


def _changed_sentence(person: User, old: str, new: str) -> str:
    if old == new:
        return f"{person.name}’s account is changed."
    if person.last_login:
        return f"{person.name} signs in with {new} from now on. A mail to both addresses is on its way."
    return f"The address is {new} now. Invite once more: an earlier invitation doesn’t work with it."
