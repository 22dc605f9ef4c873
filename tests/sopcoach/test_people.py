import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from sopcoach.models import Unit, User
from sopcoach.signals import person_deactivated
from sopcoach.words.refusal import Refused
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def open_account(by, **fields):
    return User.objects.open_account(
        by=by, **{"email": "tomas@agency.example", "name": "Tomas Vela"} | fields
    )


def as_they_are(person, **changes):
    fields = ("email", "name", "unit", "may_supervise", "is_administrator")
    return {name: getattr(person, name) for name in fields} | changes


def test_an_e_mail_is_kept_in_small_letters_and_belongs_to_one_person():
    User.objects.create_user("Wanda.Reyes@Agency.example", name="Wanda Reyes")

    assert User.objects.get().email == "wanda.reyes@agency.example"
    with pytest.raises(IntegrityError):
        User.objects.create_user("WANDA.REYES@agency.example", name="Somebody Else")


def test_the_database_refuses_an_e_mail_in_capital_letters():
    with pytest.raises(IntegrityError):
        User.objects.create(email="Wanda@agency.example", name="Wanda Reyes")


def test_an_account_without_a_password_can_be_signed_in_to_by_none():
    person = User.objects.create_user("wanda@agency.example", name="Wanda Reyes")

    assert not person.has_usable_password()


def test_a_new_account_has_no_password_and_a_tidy_name_and_e_mail(cast):
    open_account(cast.ada, email="Tomas.Vela@Agency.example", name=" Tomas \t Vela\n")

    tomas = User.objects.get(name="Tomas Vela")
    assert tomas.email == "tomas.vela@agency.example"
    assert not tomas.has_usable_password()
    assert tomas.awaits_first_sign_in


@pytest.mark.parametrize("name", ["Tomas\u202eVela", "Tomas\x07", "Tomas\x00Vela", "\ufeffTomas"])
def test_a_name_holds_nothing_that_nobody_can_see(cast, name):
    with pytest.raises(ValidationError, match="can’t be shown"):
        open_account(cast.ada, name=name)


def test_a_name_may_hold_the_joiners_of_its_script(cast):
    assert open_account(cast.ada, name="می\u200cنا").name == "می\u200cنا"


@pytest.mark.parametrize("name", ["wanda", "sam", "olaf"])
def test_only_an_administrator_looks_after_accounts_and_units(cast, name):
    somebody = getattr(cast, name)
    for act in (
        lambda: open_account(somebody),
        lambda: cast.petra.change(by=somebody, **as_they_are(cast.petra, name="Petra")),
        lambda: cast.petra.deactivate(by=somebody),
        lambda: cast.petra.reactivate(by=somebody),
        lambda: Unit(name="South").keep(by=somebody),
        lambda: Unit.objects.create(name="Empty").remove(by=somebody),
    ):
        with pytest.raises(Refused, match="Only an administrator"):
            act()


def test_a_deactivated_administrator_looks_after_nothing(cast):
    cast.root.deactivate(by=cast.ada)

    with pytest.raises(Refused):
        open_account(cast.root)


def test_an_e_mail_that_has_an_account_is_refused_in_a_sentence(cast):
    with pytest.raises(ValidationError, match="This e-mail has an account already"):
        open_account(cast.ada, email="SAM.ortiz@agency.example")


def test_a_deactivation_is_heard_of_once_and_within_its_transaction(cast):
    heard = []

    def listen(sender, person, by, **kwargs):
        heard.append((person, by))

    person_deactivated.connect(listen)
    try:
        cast.sam.deactivate(by=cast.ada)
        cast.sam.deactivate(by=cast.ada)
    finally:
        person_deactivated.disconnect(listen)

    cast.sam.refresh_from_db()
    assert heard == [(cast.sam, cast.ada)]
    assert not cast.sam.is_active
    assert cast.sam.deactivated_at


def test_a_deactivation_that_coaching_cannot_follow_does_not_happen(cast):
    def fail(**kwargs):
        raise RuntimeError

    person_deactivated.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            cast.sam.deactivate(by=cast.ada)
    finally:
        person_deactivated.disconnect(fail)

    assert User.objects.get(pk=cast.sam.pk).is_active


def test_an_account_that_is_opened_again_is_no_longer_marked_as_deactivated(cast):
    cast.sam.deactivate(by=cast.ada)
    cast.sam.reactivate(by=cast.ada)

    cast.sam.refresh_from_db()
    assert cast.sam.is_active
    assert cast.sam.deactivated_at is None


def test_the_last_administrator_keeps_the_mark_and_the_account(cast):
    cast.root.deactivate(by=cast.ada)

    with pytest.raises(Refused, match="There has to be an administrator"):
        cast.ada.deactivate(by=cast.ada)
    with pytest.raises(ValidationError, match="there has to be one"):
        cast.ada.change(by=cast.ada, **as_they_are(cast.ada, is_administrator=False))
    assert User.objects.administering().get() == cast.ada


def test_an_administrator_who_is_not_the_last_may_let_go(cast):
    cast.ada.change(by=cast.ada, **as_they_are(cast.ada, is_administrator=False))

    assert User.objects.administering().get() == cast.root


def test_a_new_address_lets_the_old_one_open_nothing(cast):
    cast.sam.emailaddress_set.create(email=cast.sam.email, verified=True, primary=True)
    cast.sam.change(by=cast.ada, **as_they_are(cast.sam, email="sam@agency.example"))

    assert not cast.sam.emailaddress_set.exists()


def test_a_unit_has_its_name_alone_whatever_the_letters(cast):
    with pytest.raises(ValidationError, match="There is a unit of this name already"):
        Unit(name="NORTH  unit").keep(by=cast.ada)


def test_a_unit_is_deleted_only_when_nobody_is_in_it(cast):
    with pytest.raises(Refused, match="North unit isn’t empty"):
        cast.unit.remove(by=cast.ada)
    User.objects.update(unit=None)
    cast.unit.remove(by=cast.ada)

    assert not Unit.objects.exists()
