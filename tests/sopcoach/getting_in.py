"""What the tests about getting in share: a person with a password, and an authenticator app in a few lines."""

import base64
import hashlib
import hmac
import re
import struct
import time

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sopcoach.models import User
from tests.architecture.routes import all_routes

PASSWORD = "four words in a row"
HALF_MINUTE = 30


def person(name: str = "Wanda Reyes", **marks: bool) -> User:
    email = f"{name.split()[0].lower()}@agency.example"
    return User.objects.create_user(email, PASSWORD, name=name, **marks)


def sign_in(client: Client, user: User | str, password: str = PASSWORD, **more: str) -> HttpResponse:
    email = user if isinstance(user, str) else user.email
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def signed_in_as(client: Client) -> User | None:
    response = client.get(reverse("me"))
    return response.context["user"] if response.status_code == 200 else None


def app_shows(secret: str, *, later: int = 0) -> str:
    """The six digits of RFC 6238, as an authenticator app computes them; `later` is in half minutes."""
    counter = struct.pack(">Q", int(time.time()) // HALF_MINUTE + later)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 0x0F
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def set_up_app(client: Client) -> str:
    """Set up an authenticator app as its person does, and return its secret."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": app_shows(secret)})
    return secret


def example_addresses() -> list[str]:
    """Every address of the product with its blanks filled in, though nothing is there."""
    fillings = {
        "int": "1",
        "uuid": "00000000-0000-4000-8000-000000000000",
        "edition_file": "csv",
        "meeting": "sessions/1",
    }

    def fill(blank: re.Match[str]) -> str:
        return fillings.get(blank[1] or "", "x")

    addresses = {"/" + re.sub(r"<(?:(\w+):)?\w+>", fill, route.address) for route in all_routes()}
    return sorted(address for address in addresses if "^" not in address)


def words_of(response: HttpResponse) -> str:
    """A page as it is read, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
