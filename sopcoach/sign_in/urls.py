"""Under /accounts/, beside signing in by password: second factors, sign-ins, and the agency's own providers.

All of allauth's addresses that the product needs, under allauth's own names, and none of the others.
"""

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as socialaccount
from django.urls import path
from django.views.generic import RedirectView

from sopcoach.sign_in import leaving, sso, views
from sopcoach.sign_in.sign_ins import sign_ins

urlpatterns = [
    path("signed-out/", leaving.signed_out, name="signed_out"),
    path("sign-ins/", sign_ins, name="usersessions_list"),
    path("second-factor/first/", views.second_factor, name="second_factor"),
    path("second-factor/", base.index, name="mfa_index"),
    path("second-factor/authenticate/", base.authenticate, name="mfa_authenticate"),
    path("second-factor/reauthenticate/", base.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-factor/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "second-factor/codes/file/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    # the page that lists second factors lists passkeys among them
    path("passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/sign-in/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/reauthenticate/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("oidc/not-this-way/", sso.refused, name="socialaccount_login_error"),
    path("oidc/cancelled/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/<slug:provider_id>/login/", sso.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", sso.callback, name="openid_connect_callback"),
]
