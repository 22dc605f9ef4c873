from importlib import import_module

from django.apps import AppConfig


class SopcoachConfig(AppConfig):
    name = "sopcoach"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Django looks for models in `sopcoach.models` alone, which knows nothing of what is sent or mailed."""
        super().import_models()
        import_module("sopcoach.mailing.models")
        import_module("sopcoach.mailing.notices")
        import_module("sopcoach.mailing.feed")
        import_module("sopcoach.sending.models")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from sopcoach import checks  # noqa: F401  (registers the system checks)
        from sopcoach.people.account_change import note_change
        from sopcoach.sign_in.second_factor import end_sign_ins_from_before
        from sopcoach.sign_in.sign_ins import forget_messages
        from sopcoach.signals import account_changed

        account_changed.connect(note_change)
        authenticator_added.connect(end_sign_ins_from_before)
        user_logged_in.connect(forget_messages)
        user_logged_out.connect(forget_messages)
