from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "sopcoach.vault"
    label = "vault"
    verbose_name = "Keys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sopcoach.vault import checks  # noqa: F401  (registers the system check)
