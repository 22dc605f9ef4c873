from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """What the shell of every page needs: whether this is the demo, and how long one may be away."""
    return {"demo": settings.SOPCOACH_DEMO, "idle_minutes": settings.IDLE_MINUTES}
