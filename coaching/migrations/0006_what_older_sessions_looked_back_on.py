"""Sessions that have begun look back on what stood when they did.

After the table itself: PostgreSQL checks a new foreign key from before the wall, where it would find no focus.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db import migrations

from coaching.row_security.building import past_the_wall

READ = (
    "coachingsession",
    "focus",
    "target",
    "selfrating",
    "observation",
    "decision",
    "orientationwish",
    "reviewedfocus",
)


def fill(apps, schema_editor) -> None:
    with past_the_wall(schema_editor, *(f"coaching_{name}" for name in READ)):
        _fill(apps)


def _fill(apps) -> None:
    ReviewedFocus = apps.get_model("coaching", "ReviewedFocus")
    shared = defaultdict(set)
    for model in ("SelfRating", "Observation", "Decision"):
        rows = apps.get_model("coaching", model).objects.exclude(session=None)
        for session, focus in rows.values_list("session", "focus"):
            shared[session].add(focus)
    aimed: dict[uuid.UUID, object] = {}
    for focus, set_at in apps.get_model("coaching", "Target").objects.values_list("focus", "set_at"):
        aimed[focus] = min(set_at, aimed.get(focus, set_at))
    focuses, wishes = defaultdict(list), defaultdict(list)
    for row in apps.get_model("coaching", "Focus").objects.values("pk", "partnership", "opened_at", "rested_at"):
        focuses[row["partnership"]].append(row)
    agreed = apps.get_model("coaching", "OrientationWish").objects.exclude(agreed_at=None).order_by("agreed_at")
    for row in agreed.values("partnership", "agreed_at", "is_over"):
        wishes[row["partnership"]].append(row)
    sessions = apps.get_model("coaching", "CoachingSession").objects.filter(kind="progress")
    for session in sessions.values("pk", "partnership", "opened_at", "closed_at"):
        found: Collection[uuid.UUID] = shared[session["pk"]]
        began = session["opened_at"]
        if began and began != session["closed_at"]:  # the other ones were never held
            said = [wish["is_over"] for wish in wishes[session["partnership"]] if wish["agreed_at"] <= began]
            in_orientation = bool(said) and not said[-1]
            found |= {
                focus["pk"]
                for focus in focuses[session["partnership"]]
                if (focus["rested_at"] is None or focus["rested_at"] > began)
                and (
                    (in_orientation and focus["opened_at"] <= began)
                    or (focus["pk"] in aimed and aimed[focus["pk"]] <= began)
                )
            }
        ReviewedFocus.objects.bulk_create(
            ReviewedFocus(
                partnership_id=session["partnership"],
                session_id=session["pk"],
                focus_id=focus,
                **({"fixed_at": began} if began else {}),
            )
            for focus in found
        )


class Migration(migrations.Migration):
    dependencies = [("coaching", "0005_what_a_session_looks_back_on")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
