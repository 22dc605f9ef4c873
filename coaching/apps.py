from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoachingConfig(AppConfig):
    name = "coaching"
    verbose_name = "Coaching"

    def ready(self) -> None:
        from coaching import wall

        post_migrate.connect(wall.build, sender=self, dispatch_uid="coaching.wall")
