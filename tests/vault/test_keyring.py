"""Data keys: made once, wrapped outside of the database, destroyed for good."""

import base64
import os
import uuid

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from sopcoach.vault.keyring import ErasedError, ErasureUnit, Keyring, erase, fresh_keyring, keyring
from sopcoach.vault.models import DataKey
from sopcoach.vault.wrapping import UnwrappableError, read_keys

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def new_unit(keeper: uuid.UUID | None = None) -> ErasureUnit:
    return ErasureUnit(keeper or uuid.uuid4(), uuid.uuid4())


def new_wrapping_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def test_a_unit_has_one_key_for_good():
    unit = new_unit()
    made = keyring().key_of(unit, make=True)
    assert len(made) == 32
    assert Keyring().key_of(unit) == made
    assert Keyring().key_of(unit, make=True) == made


def test_a_key_does_not_stand_in_its_database_as_it_is():
    unit = new_unit()
    made = keyring().key_of(unit, make=True)
    assert made not in bytes(DataKey.objects.get().wrapped)


def test_two_units_have_two_keys():
    assert keyring().key_of(new_unit(), make=True) != keyring().key_of(new_unit(), make=True)


def test_the_keys_of_one_keeper_come_in_one_query(django_assert_num_queries):
    keeper = uuid.uuid4()
    units = [new_unit(keeper) for _ in range(5)]
    for unit in units:
        keyring().key_of(unit, make=True)
    ring = Keyring()
    with django_assert_num_queries(1, using="keys"):
        for unit in units:
            ring.key_of(unit)


def test_an_erased_key_is_gone_from_its_row_and_comes_back_nowhere():
    unit = new_unit()
    keyring().key_of(unit, make=True)
    assert erase([unit]) == 1
    row = DataKey.objects.get()
    assert (bytes(row.wrapped), row.wrapped_by) == (b"", "")
    assert row.erased_at
    for ring in (keyring(), Keyring()):
        with pytest.raises(ErasedError):
            ring.key_of(unit, make=True)
    assert erase([unit]) == 0


def test_a_request_begins_with_an_empty_ring():
    unit = new_unit()
    keyring().key_of(unit, make=True)
    with fresh_keyring():
        assert not keyring().keys


def test_a_wrapped_key_fits_its_own_unit_alone():
    one, other = new_unit(), new_unit()
    for unit in (one, other):
        keyring().key_of(unit, make=True)
    DataKey.objects.filter(unit=other.id).update(wrapped=DataKey.objects.get(unit=one.id).wrapped)
    with pytest.raises(UnwrappableError, match="doesn’t fit"):
        Keyring().key_of(other)


def test_rotation_wraps_every_key_anew_and_the_old_wrapping_key_may_go(settings, capsys):
    old, new = settings.SOPCOACH_KEYS[0], new_wrapping_key()
    units = [new_unit() for _ in range(3)]
    made = [keyring().key_of(unit, make=True) for unit in units]
    erase([units[2]])
    settings.SOPCOACH_KEYS = [new, old]
    assert Keyring().key_of(units[0]) == made[0]
    call_command("rotate_keys")
    assert "2 data keys are wrapped" in capsys.readouterr().out
    settings.SOPCOACH_KEYS = [new]
    assert [Keyring().key_of(unit) for unit in units[:2]] == made[:2]
    settings.SOPCOACH_KEYS = [old]
    with pytest.raises(UnwrappableError, match="doesn’t hold"):
        Keyring().key_of(units[0])
    settings.SOPCOACH_KEYS = [new]
    call_command("rotate_keys")
    assert "0 data keys" in capsys.readouterr().out


@pytest.mark.parametrize("value", ["", "short", "bm90IDMyIGJ5dGVz", "ä" * 44])
def test_a_wrapping_key_that_is_none_is_refused_without_being_shown(value):
    with pytest.raises(
        ImproperlyConfigured, match="SOPCOACH_KEYS: key 1 is not base64 of 32 bytes"
    ) as problem:
        read_keys([value])
    assert not value or value not in str(problem.value)


def test_a_server_without_wrapping_keys_fails_its_check(settings):
    def problems():
        return [e.id for e in run_checks(include_deployment_checks=True) if e.id == "vault.E001"]

    assert problems() == []
    for keys in ([], ["no key"]):
        settings.SOPCOACH_KEYS = keys
        assert problems() == ["vault.E001"]
    with pytest.raises(ImproperlyConfigured):
        keyring().key_of(new_unit(), make=True)
