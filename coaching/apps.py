from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from sopcoach.signals import asked_for_the_mark, person_deactivated

ROOMS = ("groups", "training", "sorting", "statistics")
"""Rooms with models of their own, which stand above `coaching.models` (ADR 23)."""


class CoachingConfig(AppConfig):
    name = "coaching"
    verbose_name = "Coaching"

    def import_models(self) -> None:
        """Django looks for models in `coaching.models` alone, which imports no room above it."""
        super().import_models()
        for room in ROOMS:
            import_module(f"{self.name}.{room}.models")

    def ready(self) -> None:
        from coaching import checks  # noqa: F401  (registers the system check)
        from coaching.groups.models.accounts import keep_listed_from_the_mark, leave_with_the_account
        from coaching.models.accounts import end_with_the_account, keep_from_the_mark
        from coaching.row_security import building

        post_migrate.connect(building.build, sender=self, dispatch_uid="coaching.row_security.policy")
        asked_for_the_mark.connect(keep_from_the_mark, dispatch_uid="coaching.marking")
        asked_for_the_mark.connect(keep_listed_from_the_mark, dispatch_uid="coaching.groups.marking")
        person_deactivated.connect(end_with_the_account, dispatch_uid="coaching.ending")
        person_deactivated.connect(leave_with_the_account, dispatch_uid="coaching.groups.ending")
