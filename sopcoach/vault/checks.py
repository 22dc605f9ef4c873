from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from sopcoach.vault.wrapping import read_keys


@register(Tags.security, deploy=True)
def wrapping_keys_are_set(app_configs, **kwargs) -> list[Error]:
    """The words of everybody depend on these keys, so a server must not start without them."""
    try:
        if read_keys(settings.SOPCOACH_KEYS):
            return []
        problem = "SOPCOACH_KEYS is not set: no words can be written or read."
    except ImproperlyConfigured as error:
        problem = str(error)
    return [Error(problem, hint="See docs/operations.md, “Keys”.", id="vault.E001")]
