"""A mark in the walk-through is known by its aspect's slug, so that marks of two editions meet."""

from django.db import migrations, models

from coaching.row_security.building import past_the_wall


def fill(apps, schema_editor) -> None:
    InterestMark = apps.get_model("coaching", "InterestMark")
    with past_the_wall(schema_editor, "coaching_interestmark"):
        for pk, slug in InterestMark.objects.values_list("aspect", "aspect__slug").distinct().order_by("aspect"):
            InterestMark.objects.filter(aspect=pk).update(aspect_slug=slug)
        held = set()
        # whoever marked an aspect of two editions meant one thing; the newer words stay
        for pk, *key in InterestMark.objects.order_by("-aspect").values_list("pk", "partnership", "person", "aspect_slug"):
            if tuple(key) in held:
                InterestMark.objects.filter(pk=pk).delete()
            held.add(tuple(key))


class Migration(migrations.Migration):
    dependencies = [("coaching", "0007_what_was_never_held")]

    operations = [
        migrations.AddField(
            model_name="interestmark",
            name="aspect_slug",
            field=models.SlugField(default="", max_length=60),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="interestmark", name="interest_mark_once"),
        migrations.AddConstraint(
            model_name="interestmark",
            constraint=models.UniqueConstraint(
                fields=("partnership", "person", "aspect_slug"), name="interest_mark_once"
            ),
        ),
    ]
