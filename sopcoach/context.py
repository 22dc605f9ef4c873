from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """What the shell of every page needs: whether this is the demo."""
    return {"demo": settings.SOPCOACH_DEMO}
