"""The product's settings with what tests need: plain HTTP, fast passwords, plain static files.

Nothing comes from a developer's own .env, save the database when `bin/with-postgres` names one.
"""

import os

for name, value in {
    "DATABASE_URL": "sqlite://:memory:",
    "KEYS_DATABASE_URL": "sqlite://:memory:",
    "SOPCOACH_KEYS": "b2YgdGhlIHRlc3RzIG9ubHksIDMyIGJ5dGVzIGxvbmc=",
    "DEBUG": "0",
    "SOPCOACH_DEMO": "0",
    "EMAIL_URL": "",
    "OIDC_SERVER_URL": "",
    "IDLE_MINUTES": "30",
    "COACHING_MIN_RETENTION_DAYS": "0",
}.items():
    os.environ.setdefault(name, value)

from sopcoach.settings import *
from sopcoach.settings import DATABASES, STORAGES

SECRET_KEY = "of-the-tests-only-and-long-enough-to-be-taken-for-a-real-one"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
if kept := os.environ.get(
    "KEPT_TESTS"
):  # bin/test --fast: databases that stay, for as long as their migrations do
    for alias, database in DATABASES.items():
        is_file = database["ENGINE"].endswith("sqlite3")
        database["TEST"] = {"NAME": f"{kept}-{alias}.sqlite3" if is_file else f"kept_{alias}"}
# at once, and what is to be tried again later is remembered, for a test to do
TASKS = {"default": {"BACKEND": "tests.tasks.AtOnce"}}
SITE_URL = "http://testserver"
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
# files straight from their folders: a fresh clone has collected none
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
