from tests.architecture.routes import all_routes

OPEN = {
    "healthz": "a load balancer has no account",
    "readyz": "a monitor has no account; it reads which part fails, and of nobody",
    "who_reads_what": "to be read before one trusts the product with anything",
    "limits": "to be read before one trusts the product with anything",
    "service_worker": "a browser's script, about nobody, fetched without a sign-in",
    "manifest": "what a phone calls the product",
    "no_signal": "kept in every browser, so it is nobody's",
    "enter_as": "the demo's way in; answers 404 outside of it",
    "account_login": "the way in",
    "account_logout": "allauth sends those who are signed out already to the way in",
    "account_inactive": "whoever reads it can't sign in any more",
    "account_reset_password": "whoever asks for it can't sign in",
    "account_reset_password_done": "whoever asks for it can't sign in",
    "account_reset_password_from_key": "the link of the mail",
    "account_reset_password_from_key_done": "the link of the mail",
    "signed_out": "whoever has just signed out reads what goes on elsewhere",
    "calendar_feed": "a calendar signs in nowhere; whoever holds the private address reads when its person meets",
    "mails_off": "the link of a mail that ends them, for whoever holds the mail",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "the way in by passkey",
    "openid_connect_login": "the way in by the agency's own provider",
    "openid_connect_callback": "where that provider sends people back to",
    "socialaccount_login_cancelled": "whoever turned back there isn't signed in",
    "socialaccount_login_error": "whoever that provider can't sign in isn't signed in",
}
"""What LoginRequiredMiddleware lets anybody open, and why."""


def test_only_the_listed_pages_open_without_signing_in():
    assert {route.name for route in all_routes() if route.is_open} - OPEN.keys() == set()


def test_no_page_is_listed_as_open_that_is_closed_or_gone():
    assert OPEN.keys() - {route.name for route in all_routes() if route.is_open} == set()


def test_nobody_can_sign_up_or_change_their_own_address():
    names = {route.name for route in all_routes()}

    assert names.isdisjoint({"account_signup", "account_email", "account_confirm_email"})
