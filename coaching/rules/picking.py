"""What the reveal of the walk-through says: where marks meet, and how many are picked (product.md, 4.4). Pure."""

from sopcoach.words.wording import spelled

SLOTS = 3
SEVERAL = "The profiles work best together; one after another is fine too, if it suits you better."


def where_marks_meet(both: int, *, room: int) -> str:
    """The page's first words. `room` is how many more aspects the two can work on now."""
    if both:
        meet = f"You both marked {spelled(both)} aspect{'' if both == 1 else 's'}."
    else:
        meet = "Your marks don’t meet this time, which is worth a talk in itself."
    many = {3: "up to three to work on first", 2: "up to two more", 1: "one more"}.get(room)
    return f"{meet} Talk about why, then pick {many}." if many else meet


def picked_so_far(picked: int, *, room: int, single_profile: str = "") -> str:
    """What the page says as they tick. Nothing is refused: a fourth is met with a word, and so are three of one profile."""
    left = room - picked
    if not picked:
        return f"Pick up to {spelled(room)}.{' Fewer is fine.' if room > 1 else ''}"
    if left < 0:
        with_those = ", with those you work on now" if room < SLOTS else ""
        return f"{picked} picked. Three at a time are enough{with_those}; the others can wait."
    if single_profile:
        return f"{picked} picked, all from {single_profile}. {SEVERAL}"
    return f"{picked} picked, room for {left} more. Fewer is fine." if left else f"{picked} picked."


def nothing_marked(*, both: bool) -> str:
    """In the place of marks that only one of the two has made."""
    return "Nothing beyond what you both marked." if both else "Nothing marked."
