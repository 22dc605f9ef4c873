"""What the settings are when the environment says little, each in a process of its own."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

SHOW = """
import json, django
from django.conf import settings
django.setup()
names = ["DEBUG", "SOPCOACH_DEMO", "SECRET_KEY", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
         "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "EMAIL_URL", "SITE_URL"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""
PRODUCTION = {
    "SECRET_KEY": "Zq2l-nJ0s8cXw4vV1yUo7e5tRb9mKd3gHf6aPiLqTzWxEyCuNvBo",
    "EMAIL_URL": "submission://mail.agency.example",
    "SITE_URL": "https://coach.agency.example",
    "ALLOWED_HOSTS": "sopcoach.example",
    "DEFAULT_FROM_EMAIL": "SOP Coach <coach@agency.example>",
    "BEHIND_HTTPS_PROXY": "1",
    "DATABASE_URL": "postgres://sopcoach@database.example/sopcoach",
    "KEYS_DATABASE_URL": "postgres://sopcoach@database.example/keys",
    "SOPCOACH_KEYS": "YW4gZXhhbXBsZSBvZiBhIGtleSwgMzIgYnl0ZXMgaXQ=",
}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the project with nothing in the environment but what is given."""
    clean = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "sopcoach.settings",
        "DATABASE_URL": "sqlite://:memory:",
    }
    # an empty value stands for “not set”, and keeps a developer's own .env out
    clean |= dict.fromkeys(["SECRET_KEY", "EMAIL_URL"], "")
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def shown(**environment: str) -> dict:
    return json.loads(run("-c", SHOW, **environment).stdout)


def test_with_nothing_set_the_settings_are_safe():
    found = shown()

    assert found["DEBUG"] is False
    assert found["SOPCOACH_DEMO"] is False
    assert "*" not in found["ALLOWED_HOSTS"]
    assert (
        found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is found["SECURE_SSL_REDIRECT"] is True
    )
    assert found["SECURE_HSTS_SECONDS"] > 0


def test_with_no_secret_key_set_each_process_makes_one_that_nobody_knows():
    keys = {shown()["SECRET_KEY"], shown()["SECRET_KEY"]}

    assert len(keys) == 2
    assert min(len(key) for key in keys) >= 50


def test_a_mail_server_is_spoken_to_over_tls_with_its_password():
    url = "submission://coach:p%40ss@mail.agency.example"
    show = "import django; django.setup(); from django.core.mail import mailers; m = mailers['default']; print(m.host, m.port, m.username, m.password, m.use_tls)"

    assert run("-c", show, EMAIL_URL=url).stdout.split() == [
        "mail.agency.example",
        "587",
        "coach",
        "p@ss",
        "True",
    ]


def test_an_address_of_no_mail_server_stops_the_start():
    done = run("-c", SHOW, EMAIL_URL="https://mail.agency.example")

    assert done.returncode != 0
    assert "EMAIL_URL has to be like submission://" in done.stderr


@pytest.mark.parametrize("name", ["DEBUG", "SOPCOACH_DEMO", "BEHIND_HTTPS_PROXY"])
def test_a_value_that_is_not_understood_stops_the_start(name):
    done = run("-c", SHOW, **{name: "perhaps"})

    assert done.returncode != 0
    assert name in done.stderr


def test_a_production_environment_passes_every_deployment_check():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"EMAIL_URL": ""}, "EMAIL_URL is not set"),
        ({"SITE_URL": "http://localhost:8000"}, "links in mails lead nowhere"),
        ({"DEFAULT_FROM_EMAIL": "SOP Coach <sopcoach@localhost>"}, "mail servers refuse such a sender"),
        ({"ALLOWED_HOSTS": "localhost,127.0.0.1"}, "ALLOWED_HOSTS names this machine only"),
        ({"BEHIND_HTTPS_PROXY": "0"}, "BEHIND_HTTPS_PROXY is not set"),
        ({"SOPCOACH_KEYS": ""}, "SOPCOACH_KEYS is not set"),
        ({"DATABASE_URL": "sqlite://:memory:"}, "The database has no row-level security"),
        ({"SOPCOACH_DEMO": "1"}, "SOPCOACH_DEMO is set"),
        ({"DEBUG": "1"}, "DEBUG"),
    ],
)
def test_a_deployment_with_something_amiss_is_refused(change, complaint):
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | change)

    assert done.returncode != 0
    assert complaint in done.stderr


def test_every_variable_that_the_settings_read_is_explained_in_the_example_file():
    source = (settings.BASE_DIR / "sopcoach" / "settings.py").read_text()
    example = (settings.BASE_DIR / ".env.example").read_text()
    read = {
        part.split('"')[1]
        for part in source.split("env.")[1:]
        if part.split("(")[1:2] and '("' in part.split(",")[0]
    }

    assert len(read) > 8
    assert {name for name in read if f"{name}=" not in example} == set()
