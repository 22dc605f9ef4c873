"""What each session looks back on becomes rows."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import sopcoach.vault.fields

class Migration(migrations.Migration):
    dependencies = [("coaching", "0004_meetings_out_of_the_calendar")]

    operations = [
        migrations.CreateModel(
            name="ReviewedFocus",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("fixed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("focus", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reviewed_in", to="coaching.focus")),
                ("partnership", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="coaching.partnership")),
                ("session", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reviewed", to="coaching.coachingsession")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("session", "focus"), name="reviewed_focus_once_a_session")],
            },
            bases=(sopcoach.vault.fields.SealedRow, models.Model),
        ),
    ]
