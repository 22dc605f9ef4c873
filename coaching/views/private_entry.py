"""Noting for oneself alone what one tried; anybody signed in may (product.md, 4.1)."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from coaching.forms.private_entry import PrivateEntryForm
from coaching.models import PrivateEntry
from coaching.views.shadowing import current_aspects
from sopcoach.requests.typed import HttpRequest, by_button, require_form

PER_PAGE = 20


@require_form
def private_practice(request: HttpRequest) -> HttpResponse:
    aspects = current_aspects()
    if request.method == "POST":
        form = PrivateEntryForm(request.POST, aspects=aspects)
        if form.is_valid() and form.save(by=request.user):
            messages.success(request, "Kept, for you only.")
            return redirect("private_practice")
    else:
        form = PrivateEntryForm(aspects=aspects)
    own = PrivateEntry.objects.visible_to(request.user).for_list()
    return TemplateResponse(
        request,
        "coaching/private_entry/private_entry.html",
        {
            "form": form if aspects else None,
            "page": Paginator(own, PER_PAGE).get_page(request.GET.get("page")),
        },
    )


@require_POST
@by_button("delete")
def delete(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    get_object_or_404(PrivateEntry.objects.visible_to(request.user), pk=entry_id).delete()
    messages.success(request, "That line is deleted.")
    return redirect("private_practice")
