"""The one way in which the product says no."""

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """Somebody may see the thing but not do this to it, or not yet. The message is a sentence for that person.

    Raised by verbs of the domain; answered as a 403 that shows the sentence (product.md, 6).
    """


class NotNow(Refused):
    """A no that may be a yes on another day, without anything being typed differently: what waits may go on waiting."""
