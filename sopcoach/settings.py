"""Settings, all from the environment (see .env.example) and safe when nothing is set."""

import operator
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.csp import CSP
from environs import Env, validate

from sopcoach.sign_in.providers import providers_of

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

DEBUG = env.bool("DEBUG", default=False)
# The demo: invented people, "Enter as …" on the sign-in page, mails kept in a folder.
SOPCOACH_DEMO = env.bool("SOPCOACH_DEMO", default=False)
HTTPS = not (DEBUG or SOPCOACH_DEMO)

# Without a key each process makes one of its own, so that nothing is ever signed with a public secret;
# `check --deploy` refuses that (sopcoach.E001), since people would be signed out at each restart.
SECRET_KEY_IS_SET = bool(env.str("SECRET_KEY", default=""))
SECRET_KEY = env.str("SECRET_KEY", default="") or get_random_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    # ours first: their templates win over allauth's
    "coaching",
    "profiles",
    "sopcoach",
    "sopcoach.vault",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "sopcoach.requests.static_files.OnlyWhatIsUsed",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sopcoach.requests.probes.Probes",
    "coaching.views.nothing_new.nothing_new",
    # above what only pages need: a file takes none of their headers along
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sopcoach.requests.cut_off.whole_or_nothing",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # above the wall, whose transaction ends with the request: what allauth does on commit needs both of these
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sopcoach.requests.again.TryAgain",
    "sopcoach.requests.actor.wall",
    "sopcoach.sending.signed_out.SignInRequired",
    "sopcoach.sign_in.idle.sign_out_the_idle",
    "sopcoach.sign_in.kept_to.only_those",
    "sopcoach.sign_in.one_person.of_one_person",
    "sopcoach.people.clock.on_their_clock",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sopcoach.sign_in.second_factor.SecondFactorToManage",
    "sopcoach.sending.htmx.HtmxMiddleware",
    "sopcoach.sending.once.once",
    "coaching.views.noticing.ask_about_names",
    "sopcoach.requests.private_pages.private_pages",
]

ROOT_URLCONF = "sopcoach.urls"
WSGI_APPLICATION = "sopcoach.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sopcoach.sending.context.site",
            ],
            "builtins": ["sopcoach.templatetags.sent_forms", "sopcoach.templatetags.words"],
        },
    },
]

# The content, and in a database of its own the keys without which nobody can read it (docs/operations.md, "Keys").
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'sopcoach.sqlite3'}"),
    "keys": env.dj_db_url("KEYS_DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'keys.sqlite3'}"),
}
DATABASE_ROUTERS = ["sopcoach.vault.router.VaultRouter"]
for _database in DATABASES.values():
    if _database["ENGINE"].endswith("sqlite3"):
        VAR_DIR.mkdir(exist_ok=True)
        _database["OPTIONS"] = {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
    else:
        _database["CONN_MAX_AGE"] = 60
        _database["CONN_HEALTH_CHECKS"] = True
        # The policies of what others share make plans of hundreds of conditions over few rows. PostgreSQL would compile
        # each for seconds, to run it for milliseconds. What the address itself asks for comes last, and wins.
        _options = _database.setdefault("OPTIONS", {})
        _options["options"] = f"-c jit=off {_options.get('options', '')}".strip()
# What wraps those keys: base64 of 32 bytes each, the newest first. In no database.
SOPCOACH_KEYS: list[str] = env.list("SOPCOACH_KEYS", default=[])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, so that all processes of the server count tries at signing in together
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "sopcoach_cache"}}

# Who you are
AUTH_USER_MODEL = "sopcoach.User"
AUTHENTICATION_BACKENDS = ["sopcoach.sign_in.who.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword", "NumericPassword")
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
SESSION_ENGINE = "sopcoach.sign_in.sessions"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = operator.attrgetter("name")
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator has entered the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "SOP Coach: "
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "sopcoach.sign_in.accounts.ClosedAccountAdapter"
ACCOUNT_FORMS = {
    "login": "sopcoach.sign_in.accounts.LoginForm",
    "reset_password": "sopcoach.sign_in.accounts.ResetPasswordForm",
    "reset_password_from_key": "sopcoach.sign_in.accounts.ResetPasswordKeyForm",
    "set_password": "sopcoach.sign_in.accounts.SetPasswordForm",
    "change_password": "sopcoach.sign_in.accounts.ChangePasswordForm",
    "reauthenticate": "sopcoach.sign_in.accounts.ReauthenticateForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ADAPTER = "sopcoach.sign_in.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator has entered the address
MFA_FORMS = {
    "authenticate": "sopcoach.sign_in.second_factor.AuthenticateForm",
    "reauthenticate": "sopcoach.sign_in.second_factor.ReauthenticateForm",
    "activate_totp": "sopcoach.sign_in.second_factor.ActivateTOTPForm",
    "deactivate_totp": "sopcoach.sign_in.second_factor.DeactivateTOTPForm",
    "generate_recovery_codes": "sopcoach.sign_in.second_factor.GenerateRecoveryCodesForm",
    "add_webauthn": "sopcoach.sign_in.second_factor.AddWebAuthnForm",
    "edit_webauthn": "sopcoach.sign_in.second_factor.EditWebAuthnForm",
    "authenticate_webauthn": "sopcoach.sign_in.second_factor.AuthenticateWebAuthnForm",
    "login_webauthn": "sopcoach.sign_in.second_factor.LoginWebAuthnForm",
    "reauthenticate_webauthn": "sopcoach.sign_in.second_factor.ReauthenticateWebAuthnForm",
}

# Single sign-on: the OpenID Connect providers that are named, a county's and an academy's, say
SOCIALACCOUNT_ADAPTER = "sopcoach.sign_in.sso.SSOAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: the CSP lets no form lead to another site
SOCIALACCOUNT_PROVIDERS = providers_of(env)

# Whoever has been away this long is signed out: office machines are shared.
IDLE_MINUTES = env.int("IDLE_MINUTES", default=30, validate=validate.Range(min=1))

# Days for which the agency keeps what two people shared after their coaching has ended. Until then it can't be erased.
COACHING_MIN_RETENTION_DAYS = env.int(
    "COACHING_MIN_RETENTION_DAYS", default=0, validate=validate.Range(min=0)
)

# Mail: a folder unless a server is named
EMAIL_URL = env.str("EMAIL_URL", default="")
MAIL_DIR = VAR_DIR / "mail"
if EMAIL_URL:
    _mail = env.dj_email_url("EMAIL_URL")
    if not _mail.get("EMAIL_BACKEND", "").endswith("smtp.EmailBackend"):
        raise ImproperlyConfigured("EMAIL_URL has to be like submission://user:password@mail.agency.example")
    MAILERS = {
        "default": {
            "BACKEND": _mail["EMAIL_BACKEND"],
            "OPTIONS": {
                "host": _mail["EMAIL_HOST"],
                "port": _mail["EMAIL_PORT"],
                "username": _mail["EMAIL_HOST_USER"],
                "password": _mail["EMAIL_HOST_PASSWORD"],
                "use_tls": _mail["EMAIL_USE_TLS"],
                "use_ssl": _mail["EMAIL_USE_SSL"],
                "timeout": _mail["EMAIL_TIMEOUT"] or 10,
            },
        }
    }
else:
    MAILERS = {
        "default": {
            "BACKEND": "sopcoach.mailing.kept.KeptMail",
            "OPTIONS": {"file_path": str(MAIL_DIR)},
        }
    }
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="SOP Coach <sopcoach@localhost>")

# Where people reach the product: for links in mails, which no request makes
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")
# Mails go out by a worker, `manage.py db_worker`; its table says that one went out, and to nobody to whom
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What a page says on the next one may quote somebody's words: it stays in the browser, and out of the database
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# Language and time
LANGUAGE_CODE = "en-us"
TIME_ZONE = env.str("TIME_ZONE", default="America/Los_Angeles")

# Static files
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "sopcoach.requests.static_files.RememberedStaticFiles"
    },
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

CSRF_FAILURE_VIEW = "sopcoach.sending.given_back.csrf_failure"

# What a browser may do
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],  # Bootstrap draws its own marks as data: SVG
    "object-src": [CSP.NONE],
    "worker-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
NOT_NEEDED = ["accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope"]
NOT_NEEDED += ["magnetometer", "microphone", "midi", "payment", "usb"]
PERMISSIONS_POLICY: dict[str, list[str]] = {feature: [] for feature in NOT_NEEDED}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz)$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
if env.bool("BEHIND_HTTPS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # else everybody would share the proxy's address, and its limits

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_people": {"()": "sopcoach.requests.logs.WithoutPeople"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_people"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
