"""Who is in the demo. All of them are made up, and so is what they say."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from sopcoach.models import Unit, User
from sopcoach.sign_in.demo import ADDRESSES

SIGN_IN_PHRASE = "demo-coaching-2026"
"""The one password of everybody in the demo, and no secret: the command that makes them prints it."""


@dataclass(frozen=True)
class Person:
    name: str
    unit: str = ""
    may_supervise: bool = False
    is_administrator: bool = False

    @property
    def email(self) -> str:
        return self.name.split()[0].lower() + ADDRESSES


SAM = Person("Sam Ortiz", "North unit", may_supervise=True)
DELE = Person("Dele Adeyemi", "North unit")
LINH = Person("Linh Tran", "North unit")
WANDA = Person("Wanda Reyes", "North unit")
TOMAS = Person("Tomas Vega", "North unit")
PETRA = Person("Petra Lindqvist", "North unit")
NIA = Person("Nia Okafor", "River unit", may_supervise=True)
OLAF = Person("Olaf Berg", "Harbor unit", may_supervise=True)
ADA = Person("Ada Bello", is_administrator=True)

EVERYBODY = (SAM, WANDA, LINH, DELE, TOMAS, PETRA, NIA, OLAF, ADA)


def make_people() -> dict[Person, User]:
    """Everybody's account. One password is hashed once for all of them, since a good hash takes its time."""
    password = make_password(SIGN_IN_PHRASE)
    users = {}
    for person in EVERYBODY:
        unit = Unit.objects.get_or_create(name=person.unit)[0] if person.unit else None
        user = User(
            email=person.email,
            name=person.name,
            unit=unit,
            may_supervise=person.may_supervise,
            is_administrator=person.is_administrator,
            password=password,
            last_login=timezone.now(),
        )
        user.full_clean()
        user.save()
        users[person] = user
    return users
