from django.apps import AppConfig


class SopcoachConfig(AppConfig):
    name = "sopcoach"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sopcoach import checks  # noqa: F401  (registers the system checks)
