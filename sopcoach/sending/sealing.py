"""What is kept of a form between two requests, sealed by a secret that only one browser holds."""

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken


def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"sopcoach.sending|{secret}".encode()).digest()))


def seal(value: Any, secret: str) -> bytes:
    """`value` goes as JSON. The secret has to be a random one: nothing here makes a weak one strong."""
    return _fernet(secret).encrypt(json.dumps(value).encode())


def unseal(sealed: bytes, secret: str, *, within: int | None = None) -> Any:
    """None where it was sealed by another secret, or longer ago than `within` seconds."""
    try:
        return json.loads(_fernet(secret).decrypt(sealed, ttl=within))
    except InvalidToken:
        return None
