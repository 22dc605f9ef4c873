import pytest
from django.test import Client
from django.urls import reverse

from sopcoach.models import User

CSP = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; worker-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(client_for) -> list:
    person = User.objects.create_user("wanda@agency.example", name="Wanda Reyes", is_administrator=True)
    signed_in, anonymous = client_for(person), Client()
    return [
        anonymous.get(reverse("account_login")),
        anonymous.get(reverse("limits")),
        signed_in.get(reverse("home")),
        signed_in.get(reverse("me")),
        signed_in.get(reverse("manage_people")),
        signed_in.get("/no-such-page/"),
        signed_in.get(reverse("enter_as")),
    ]


def test_a_browser_may_load_and_run_only_what_comes_from_this_site(pages):
    for page in pages:
        assert page.headers["Content-Security-Policy"] == CSP


def test_no_other_site_may_frame_a_page_or_learn_its_address(pages):
    for page in pages:
        assert page.headers["X-Frame-Options"] == "DENY"
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_is_kept_in_a_cache(pages):
    for page in pages:
        assert "no-store" in page.headers["Cache-Control"]
        assert "public" not in page.headers["Cache-Control"]
