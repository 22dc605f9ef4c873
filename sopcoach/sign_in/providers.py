"""Which single sign-on providers the settings name."""

from typing import Any

from environs import Env


def providers_of(env: Env) -> dict[str, Any]:
    """allauth's settings for `OIDC_SERVER_URL`, and for each of `OIDC_PROVIDERS` with settings of its own.

    `OIDC_PROVIDERS=county,academy` reads `OIDC_COUNTY_SERVER_URL`, `OIDC_ACADEMY_SERVER_URL` and their like. The name
    stands in the address that the provider leads back to, and in whom it knows here: it has to stay as it is.
    """
    named: list[tuple[str, str]] = [("sso", "OIDC_")] if env.str("OIDC_SERVER_URL", default="") else []
    named += [
        (name, f"OIDC_{name.upper().replace('-', '_')}_")
        for name in env.list("OIDC_PROVIDERS", subcast=str, default=[])
    ]
    if not named:
        return {}
    apps = [
        {
            "provider_id": name,
            "name": env.str(f"{prefix}NAME", default="the agency’s account"),
            "client_id": env.str(f"{prefix}CLIENT_ID"),
            "secret": env.str(f"{prefix}CLIENT_SECRET"),
            "settings": {"server_url": env.str(f"{prefix}SERVER_URL")},
        }
        for name, prefix in named
    ]
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}
