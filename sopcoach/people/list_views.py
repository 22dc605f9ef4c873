"""Many people at once: a list is chosen, its columns looked at, what it would change shown, and then done."""

import csv
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from sopcoach.models import ListHeading, Unit, User
from sopcoach.people import mails
from sopcoach.people.importing.apply import Done, PlanChangedError, apply, current
from sopcoach.people.importing.columns import Columns, columns_of
from sopcoach.people.importing.meanings import Meaning
from sopcoach.people.importing.plan import plan
from sopcoach.people.importing.reader import COLUMNS, people_in
from sopcoach.people.importing.rows import FORMULA
from sopcoach.people.importing.table import Table, UnreadableListError, table_of
from sopcoach.people.list_forms import ENCODINGS, ColumnsForm, ListForm, choices_in, chosen_beforehand
from sopcoach.requests.typed import HttpRequest, administrators_only, require_form
from sopcoach.words.amounts import counted

IMPORT = "people_import"
"""Where the session keeps the list until it is used: {"token", "file_name", "content", "encoding", "chosen"}."""


@require_form
@administrators_only
def import_list(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        form = ListForm(request.POST, request.FILES)
        if form.is_valid():
            name = "".join(c for c in form.cleaned_data["file"].name if c.isprintable())
            kept = request.session[IMPORT] = {
                "token": secrets.token_urlsafe(12),
                "file_name": Truncator(name).chars(60),
                "content": b64encode(form.content).decode(),
                "encoding": "",
                "chosen": None,
            }
            return redirect(_first_page(kept), kept["token"])
    else:
        form = ListForm()
    return TemplateResponse(request, "manage/people/import.html", {"form": form})


@require_form
@administrators_only
def import_columns(request: HttpRequest, token: str) -> HttpResponse:
    kept = request.session.get(IMPORT)
    if not kept or kept["token"] != token:
        return _gone(request)
    table, columns, remembered = _looked_at(kept)
    if request.method == "POST":
        form = ColumnsForm(request.POST, columns=list(columns.all), encoding=kept["encoding"])
        if "forget" in request.POST:
            ListHeading.objects.forget(by=request.user)
            _keep(request, kept, chosen=None)
            return redirect("manage_people_import_columns", token)
        if "again" in request.POST:
            return _read_again(request, kept)
        if form.is_valid():
            ListHeading.objects.remember(form.chosen, by=request.user)
            _keep(request, kept, chosen=form.chosen)
            return redirect("manage_people_import_plan", token)
    else:
        form = ColumnsForm(columns=list(columns.all), encoding=kept["encoding"])
    page = {
        "form": form,
        "file_name": kept["file_name"],
        "table": table,
        "rows": len(table.rows) - table.heading - 1,
        "asked": [column for column in columns.all if column.is_asked],
        "has_email": Meaning.EMAIL in columns.places,
        "taken": len(columns.places),
        "out": len(columns.all) - len(columns.places),
        "last_time": ListHeading.objects.last_chosen_at() if remembered else None,
    }
    return TemplateResponse(request, "manage/people/columns.html", page)


@require_form
@administrators_only
def import_plan(request: HttpRequest, token: str) -> HttpResponse:
    kept = request.session.get(IMPORT)
    if not kept or kept["token"] != token:
        return _gone(request)
    table, columns, _ = _looked_at(kept)
    try:
        people = people_in(table, columns)
    except UnreadableListError as error:
        messages.info(request, str(error))
        return redirect("manage_people_import_columns", token)
    planned = plan(people, current())
    has_moved, choices = False, chosen_beforehand(planned)
    if request.method == "POST":
        choices = choices_in(request.POST, planned)
        try:
            done = apply(people, seen=request.POST.get("seen", ""), by=request.user, choices=choices)
        except PlanChangedError:
            has_moved = True
            planned = plan(people, current())
        else:
            del request.session[IMPORT]
            _say(request, done)
            return redirect("manage_people")
    return TemplateResponse(
        request,
        "manage/people/plan.html",
        {
            "plan": planned,
            "rows": len(people.rows),
            "file_name": kept["file_name"],
            "has_moved": has_moved,
            "choices": choices,
            "token": token,
        },
    )


@require_safe
@administrators_only
def empty_list(request: HttpRequest) -> StreamingHttpResponse:
    """A CSV to fill in."""
    return _csv("people.csv", [])


@require_safe
@administrators_only
def whole_list(request: HttpRequest) -> StreamingHttpResponse:
    """Everybody who has an account, as a list that can be read in again."""
    people = User.objects.for_list()
    return _csv(
        "people-now.csv",
        [
            [
                person.name,
                person.email,
                person.unit.name if person.unit else "",
                "yes" if person.may_supervise else "no",
                "yes" if person.is_administrator else "no",
                person.employee_number,
                "active" if person.is_active else "left",
            ]
            for person in people
        ],
    )


class _Line:
    """A file that hands back each line that is written to it."""

    def write(self, line: str) -> str:
        return line


def _csv(file_name: str, rows: Iterable[list[str]]) -> StreamingHttpResponse:
    """With a byte order mark, by which Excel knows that it is UTF-8, and nothing that it would take for a formula."""
    writer = csv.writer(_Line())
    harmless = ([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row] for row in rows)
    lines = chain(["\ufeff"], (writer.writerow(row) for row in chain([COLUMNS], harmless)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _gone(request: HttpRequest) -> HttpResponse:
    messages.info(request, "This list isn’t here any more. Choose the file again.")
    return redirect("manage_people_import")


def _looked_at(kept: dict[str, Any]) -> tuple[Table, Columns, bool]:
    """The list that the session keeps, what its columns are, and whether that is remembered from another list."""
    table = table_of(b64decode(kept["content"]), kept["encoding"])
    units = Unit.objects.values_list("name", flat=True)
    if kept["chosen"] is not None:
        return table, columns_of(table, units=units, chosen=kept["chosen"]), False
    meanings = ListHeading.objects.meanings()
    columns = columns_of(table, units=units, chosen=meanings, remembered=True)
    return table, columns, any(column.key in meanings for column in columns.all)


def _first_page(kept: dict[str, Any]) -> str:
    """The columns are looked at first, but for a list whose headings leave nothing to ask."""
    table, columns, _ = _looked_at(kept)
    plain = columns.is_plain and not (table.encoding or table.other_sheets or table.titles_above)
    return "manage_people_import_plan" if plain else "manage_people_import_columns"


def _keep(request: HttpRequest, kept: dict[str, Any], **new: Any) -> None:
    request.session[IMPORT] = kept | new


def _read_again(request: HttpRequest, kept: dict[str, Any]) -> HttpResponse:
    encoding = request.POST.get("encoding", "")
    try:
        table_of(b64decode(kept["content"]), encoding if encoding in dict(ENCODINGS) else "")
    except UnreadableListError as error:
        messages.info(request, f"In these letters the file can’t be read. {error}")
    else:
        _keep(request, kept, encoding=encoding, chosen=None)
    return redirect("manage_people_import_columns", kept["token"])


def _say(request: HttpRequest, done: Done) -> None:
    parts = [
        (len(done.added), "added"),
        (done.changed, "changed"),
        (done.readdressed, "with a new e-mail"),
        (done.deactivated, "deactivated"),
    ]
    sentence = ", ".join(f"{count} {what}" for count, what in parts if count) or "Nothing is changed"
    if done.left_open:
        sentence += f". {counted(done.left_open, 'question')} left open, asked again with the next list"
    sentence += "."
    if done.added and "invite" in request.POST:
        mails.invite(done.added, by=request.user)
        sentence += " The invitations are going out, behind this page."
    messages.success(request, sentence)
