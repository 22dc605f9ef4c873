"""What is answered where a request can’t be: to a page in a page, to a script in a sentence."""

from django.http import HttpRequest as DjangoHttpRequest
from django.http import HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.views.defaults import page_not_found

from sopcoach.requests.cut_off import CutOffError
from sopcoach.requests.reading import wants_json, words_in
from sopcoach.words.refusal import Refused

CUT_OFF = "The connection broke off before all of it had come, so nothing of it was stored."


def bad_request(request: DjangoHttpRequest, exception: Exception) -> HttpResponse:
    """Answer a 400 without reading what was sent, as Django's own handler does: it may be what can't be read."""
    is_cut_off = isinstance(exception, CutOffError)
    if wants_json(request):
        sentence = CUT_OFF if is_cut_off else "This couldn’t be read, so it isn’t saved."
        return JsonResponse({"status": sentence}, status=400)
    return TemplateResponse(
        request, "400.html", {"cut_off": CUT_OFF if is_cut_off else ""}, status=400
    ).render()


def not_found(request: DjangoHttpRequest, exception: Exception) -> HttpResponse:
    """Answer a 404; a script hears that there is no use in sending it again."""
    if wants_json(request):
        return JsonResponse({"status": "There is no place for this any more, so it isn’t saved."}, status=404)
    return page_not_found(request, exception)


def permission_denied(request: DjangoHttpRequest, exception: Exception) -> HttpResponse:
    """Answer a 403: with the sentence of a `Refused`, and with nothing of any other exception.

    What came with a refused form is given back to whoever wrote it: things may have changed while they were writing.
    """
    is_refused = isinstance(exception, Refused)
    sentence = str(exception) if is_refused else "You can’t do that here."
    if wants_json(request):
        return JsonResponse({"status": sentence}, status=403)
    page = {"sentence": sentence, "words": words_in(request) if is_refused else []}
    return TemplateResponse(request, "403.html", page, status=403).render()
