from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

LOCAL = {"localhost", "127.0.0.1", "[::1]"}


@register(Tags.security, deploy=True)
def secret_key_is_set(app_configs, **kwargs) -> list[Error]:
    if settings.SECRET_KEY_IS_SET:
        return []
    return [
        Error(
            "SECRET_KEY is not set: each process has made one of its own, and nobody stays signed in.",
            hint="Set SECRET_KEY to a long random value that only the server knows.",
            id="sopcoach.E001",
        )
    ]


@register(Tags.security, deploy=True)
def the_demo_is_off(app_configs, **kwargs) -> list[Error]:
    if not settings.SOPCOACH_DEMO:
        return []
    return [
        Error(
            "SOPCOACH_DEMO is set: whoever opens the sign-in page can enter as the demo’s people.",
            hint="Leave SOPCOACH_DEMO out wherever real people coach.",
            id="sopcoach.E002",
        )
    ]


@register(Tags.security, deploy=True)
def mail_reaches_people(app_configs, **kwargs) -> list[Error]:
    if settings.EMAIL_URL:
        return []
    return [
        Error(
            "EMAIL_URL is not set: mails are kept in a folder, and nobody can choose a password.",
            hint="Name the agency’s mail server, such as submission://user:password@mail.agency.example.",
            id="sopcoach.E003",
        )
    ]


@register(Tags.security, deploy=True)
def links_in_mails_lead_here(app_configs, **kwargs) -> list[Error]:
    where = urlsplit(settings.SITE_URL)
    if settings.SOPCOACH_DEMO or (where.scheme == "https" and where.hostname):
        return []
    return [
        Error(
            f"SITE_URL is {settings.SITE_URL}: links in mails lead nowhere, or travel without HTTPS.",
            hint="Set SITE_URL to where people reach the product, such as https://coach.agency.example.",
            id="sopcoach.E004",
        )
    ]


@register(Tags.security, deploy=True)
def the_database_has_a_wall_of_its_own(app_configs, **kwargs) -> list[Warning]:
    """Row-level security is the second depth of the wall, and SQLite has none (docs/security.md)."""
    if settings.SOPCOACH_DEMO or settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return []
    return [
        Warning(
            "The database has no row-level security, so one forgotten filter could show somebody’s words.",
            hint="Set DATABASE_URL to a PostgreSQL database wherever real people coach.",
            id="sopcoach.W001",
        )
    ]


@register(Tags.security, deploy=True)
def mails_come_from_the_agency(app_configs, **kwargs) -> list[Error]:
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if settings.SOPCOACH_DEMO or address.rpartition("@")[2].lower() not in LOCAL | {""}:
        return []
    return [
        Error(
            f"DEFAULT_FROM_EMAIL is {settings.DEFAULT_FROM_EMAIL}: mail servers refuse such a sender.",
            hint="Set DEFAULT_FROM_EMAIL to an address of the agency, such as coach@agency.example.",
            id="sopcoach.E005",
        )
    ]


@register(Tags.security, deploy=True)
def people_reach_it_by_its_host(app_configs, **kwargs) -> list[Error]:
    if settings.SOPCOACH_DEMO or set(settings.ALLOWED_HOSTS) - LOCAL:
        return []
    return [
        Error(
            "ALLOWED_HOSTS names this machine only: whoever comes from another one is refused.",
            hint="Set ALLOWED_HOSTS to the name by which people reach the product, such as coach.agency.example.",
            id="sopcoach.E006",
        )
    ]


@register(Tags.security, deploy=True)
def a_proxy_is_declared(app_configs, **kwargs) -> list[Error]:
    """Without it each request looks unencrypted, and is redirected to HTTPS for ever."""
    if settings.SOPCOACH_DEMO or getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return []
    return [
        Error(
            "BEHIND_HTTPS_PROXY is not set: each request is sent on to HTTPS again and no page is ever shown.",
            hint="Put a proxy that speaks HTTPS before the server, and set BEHIND_HTTPS_PROXY=1.",
            id="sopcoach.E007",
        )
    ]
