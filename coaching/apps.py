from django.apps import AppConfig
from django.db.models.signals import post_migrate

from sopcoach.signals import asked_for_the_mark, person_deactivated


class CoachingConfig(AppConfig):
    name = "coaching"
    verbose_name = "Coaching"

    def ready(self) -> None:
        from coaching import checks  # noqa: F401  (registers the system check)
        from coaching.models.administrators import keep_from_the_mark
        from coaching.models.ending import end_with_the_account
        from coaching.row_security import policy

        post_migrate.connect(policy.build, sender=self, dispatch_uid="coaching.wall")
        asked_for_the_mark.connect(keep_from_the_mark, dispatch_uid="coaching.marking")
        person_deactivated.connect(end_with_the_account, dispatch_uid="coaching.ending")
