from typing import Any

KEYS = "keys"


class VaultRouter:
    """Data keys live in the database `keys` and nothing else does."""

    def db_for_read(self, model: type, **hints: Any) -> str | None:
        return KEYS if model._meta.app_label == "vault" else None  # type: ignore[attr-defined]

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == KEYS) == (app_label == "vault")
