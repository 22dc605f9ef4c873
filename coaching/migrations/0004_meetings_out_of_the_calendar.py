from datetime import UTC, datetime

from django.db import migrations
from django.db.models import Q

from coaching.row_security.building import past_the_wall

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def mend(apps, schema_editor):
    """A meeting in the year 9999 was accepted once, and its pages broke at the end of the calendar.

    It is planned for no day now, which is what a meeting is that two people hold whenever they sit down; one that was
    held keeps when it really began. Nothing else is touched: a goal of 2126 is shown with its year.
    """
    for name in ("CoachingSession", "GroupSession"):
        model = apps.get_model("coaching", name)
        with past_the_wall(schema_editor, model._meta.db_table):
            out_of_bounds = Q(starts_at__lt=FIRST) | Q(starts_at__gte=LAST)
            model.objects.filter(out_of_bounds).update(starts_at=None)


class Migration(migrations.Migration):

    dependencies = [
        ('coaching', '0003_who_read_what_was_said_at_the_beginning'),
    ]

    operations = [
        migrations.RunPython(mend, migrations.RunPython.noop),
    ]
