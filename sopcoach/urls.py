from allauth.account import views as account
from django.urls import include, path, re_path

from sopcoach.people import calendar, mail_choice
from sopcoach.people.called import called
from sopcoach.people.clock import clock
from sopcoach.phone import views as phone
from sopcoach.requests import pages, probes
from sopcoach.sending.views import given_back
from sopcoach.sign_in import leaving, views

# Of allauth's pages those that the product needs, under allauth's own names. There is no sign-up and nobody
# changes their own address, since accounts come from administrators (product.md, 10).
account_patterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", leaving.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

urlpatterns = [
    path("", include("coaching.urls")),
    path("profiles/", include("profiles.urls")),
    path("who-reads-what/", pages.who_reads_what, name="who_reads_what"),
    path("me/called/", called, name="me_called"),
    path("me/clock/", clock, name="me_clock"),
    path("me/mails/", mail_choice.mails, name="me_mails"),
    path("me/calendar/", calendar.calendar, name="me_calendar"),
    path("me/calendar/revoke/", calendar.revoke, name="me_calendar_revoke"),
    path("m/off/<str:token>/", mail_choice.off, name="mails_off"),
    path("limits/", pages.limits, name="limits"),
    path("enter-as/", views.enter_as, name="enter_as"),
    path("accounts/", include(account_patterns)),
    path("accounts/", include("sopcoach.sign_in.urls")),
    path("given-back/", given_back, name="given_back"),
    path("still-here/", views.still_here, name="still_here"),
    path("manage/editions/", include("profiles.manage_urls")),
    path("manage/", include("sopcoach.people.urls")),
    path("sw.js", phone.service_worker, name="service_worker"),
    path("manifest.webmanifest", phone.manifest, name="manifest"),
    path("no-signal/", phone.no_signal, name="no_signal"),
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
]

handler400 = "sopcoach.requests.answers.bad_request"
handler403 = "sopcoach.requests.answers.permission_denied"
handler404 = "sopcoach.requests.answers.not_found"
