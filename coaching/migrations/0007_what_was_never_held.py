"""A session that was still ahead when the coaching ended was never opened: it was recorded as opened and closed at that
moment, which dated what the worker had shared for it, and the export, into that day."""

from django.db import migrations, models

from coaching.row_security.building import past_the_wall


def mend(apps, schema_editor) -> None:
    CoachingSession = apps.get_model("coaching", "CoachingSession")
    with past_the_wall(schema_editor, "coaching_coachingsession"):
        # to the microsecond: nobody opens and closes a meeting in one
        CoachingSession.objects.filter(closed_at=models.F("opened_at")).update(opened_at=None)


class Migration(migrations.Migration):
    dependencies = [("coaching", "0006_what_older_sessions_looked_back_on")]

    operations = [
        migrations.RemoveConstraint(model_name="coachingsession", name="session_closed_after_opening"),
        migrations.AddConstraint(
            model_name="coachingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at", None),
                    ("opened_at", None),
                    ("closed_at__gte", models.F("opened_at")),
                    _connector="OR",
                ),
                name="session_closed_after_opening",
                violation_error_message="A session closes after it has begun.",
            ),
        ),
        migrations.RunPython(mend, migrations.RunPython.noop),
    ]
