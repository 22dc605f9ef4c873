"""The keys outside of every database that wrap the data keys (SOPCOACH_KEYS)."""

import base64
import hashlib
import os
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
NONCE_BYTES = 12


@dataclass(frozen=True)
class WrappingKey:
    secret: bytes = field(repr=False)

    @cached_property
    def id(self) -> str:
        """A name for the key that says nothing of it."""
        return hashlib.sha256(b"sopcoach wrapping key" + self.secret).hexdigest()[:16]

    def wrap(self, data_key: bytes, about: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(self.secret).encrypt(nonce, data_key, about)

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        return AESGCM(self.secret).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], about)


def read_keys(values: list[str]) -> list[WrappingKey]:
    """Read SOPCOACH_KEYS: base64 of 32 bytes each, the newest first. Raises ImproperlyConfigured, naming no key."""
    keys = []
    for number, value in enumerate(values, start=1):
        try:
            secret = base64.b64decode(value, validate=True)
        except ValueError:
            secret = b""
        if len(secret) != KEY_BYTES:
            raise ImproperlyConfigured(
                f"SOPCOACH_KEYS: key {number} is not base64 of {KEY_BYTES} bytes. "
                "Make one with: python3 -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'"
            )
        keys.append(WrappingKey(secret))
    return keys


@lru_cache(maxsize=8)
def _read_once(values: tuple[str, ...]) -> list[WrappingKey]:
    return read_keys(list(values))


def wrapping_keys() -> list[WrappingKey]:
    """The wrapping keys, the one in use first. Raises ImproperlyConfigured where there is none."""
    keys = _read_once(tuple(settings.SOPCOACH_KEYS))
    if not keys:
        raise ImproperlyConfigured("SOPCOACH_KEYS is not set, so no words can be written or read.")
    return keys


class UnwrappableError(Exception):
    """A data key was wrapped by a key that SOPCOACH_KEYS no longer holds."""


def unwrap(wrapped: bytes, wrapped_by: str, about: bytes) -> bytes:
    """Raises UnwrappableError when the wrapping key isn't there, or the row was tampered with."""
    for key in wrapping_keys():
        if key.id == wrapped_by:
            try:
                return key.unwrap(wrapped, about)
            except InvalidTag as error:
                raise UnwrappableError("A data key doesn’t fit its unit.") from error
    raise UnwrappableError(f"SOPCOACH_KEYS doesn’t hold the key {wrapped_by} any more.")
