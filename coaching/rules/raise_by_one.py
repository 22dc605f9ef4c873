"""A target that is reached moves up by one, and by no more (FAQ, measure step 3). Pure."""

from sopcoach.words.refusal import Refused


def one_higher(target: int, *, reached: int, top: int) -> int:
    """The next target of a worker who has placed themselves at `reached`.

    Raises Refused where the target isn't reached yet, and at the top of the ladder.
    """
    if reached < target:
        raise Refused(f"Your target is {target}, and you placed yourself at {reached}. Carry on towards it.")
    if target >= top:
        raise Refused(f"{target} is the top of this ladder. Carry on, or pick a new focus.")
    return target + 1
