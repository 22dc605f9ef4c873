"""What becomes of something that has waited on a phone (static/js/practice.js).

The phone lets go of it for "have" alone. "never" it shows to whoever wrote it, with the reason, until they put it away;
whatever else comes, it goes on waiting.
"""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse

from sopcoach.words.refusal import NotNow, Refused


def answer(do: Callable[[], dict[str, str]], *, gone: str) -> JsonResponse:
    """Do it, and say how it went; `do` returns what else the page shows then. `gone` is said where it has no place."""
    try:
        said = do()
    except Http404:
        return JsonResponse({"answer": "never", "reason": gone}, status=404)
    except NotNow as not_now:
        return JsonResponse({"answer": "later", "reason": str(not_now)}, status=409)
    except Refused as refused:
        return JsonResponse({"answer": "never", "reason": str(refused)}, status=403)
    except ValidationError as wrong:
        return JsonResponse({"answer": "never", "reason": " ".join(wrong.messages)}, status=422)
    return JsonResponse({"answer": "have"} | said)
