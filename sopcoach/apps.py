from django.apps import AppConfig


class SopcoachConfig(AppConfig):
    name = "sopcoach"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from sopcoach import checks  # noqa: F401  (registers the system checks)
        from sopcoach.second_factor import end_sign_ins_from_before

        authenticator_added.connect(end_sign_ins_from_before)
