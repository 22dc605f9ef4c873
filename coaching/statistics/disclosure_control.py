"""Which groups of people may be counted by themselves, so that no number below five can be worked out (ADR 10)."""

from collections.abc import Collection, Mapping

FEWEST = 5
"""Every number about people is shown from five on (product.md, 10)."""
LEAST_SPARE = 2
"""What is said of all of a group, or of all but one, is said of each in it."""


def kept_together[G](
    sizes: Mapping[G, int],
    *,
    never: Collection[G] = (),
    already: Collection[G] = (),
    spare: Mapping[G, int] | None = None,
) -> frozenset[G]:
    """Say which groups may be shown only as one, since the sum of all of them is shown too.

    `sizes` has the groups in an order that is no secret and doesn't follow from their sizes: in that order, groups of
    five or more cover for the small ones. `never` are groups that are too small whatever is counted, `already` are
    those that another count keeps together, `spare` says how many of each there are besides those who are counted.

    At least one group covers, and there is room for each small one to be anything from 0 to 4: whoever knows this rule
    can't tell which, nor whoever knows how many there are of each besides. Where there aren't enough groups for that,
    all are kept together. So they are where nearly everybody in any of them is counted: a few that cover for it would
    give away which it is.
    """
    if spare and any(left < LEAST_SPARE for group, left in spare.items() if group not in never):
        return frozenset(sizes)
    together = {group for group, size in sizes.items() if group in never or group in already or size < FEWEST}
    if not together:
        return frozenset()
    covers = {group for group in together if group not in never and sizes[group] >= FEWEST}
    hidden = sum(sizes[group] for group in together - covers)

    def is_room() -> bool:
        """Whether the covers could have four fewer, and have what is hidden in the others as well."""
        could_have_fewer = sum(sizes[group] - FEWEST for group in covers)
        could_have_more = sum(spare[group] - LEAST_SPARE for group in covers) if spare else hidden
        return bool(covers) and hidden + could_have_fewer >= FEWEST - 1 and could_have_more >= hidden

    for group in sizes:
        if is_room():
            break
        if group not in together:
            together.add(group)
            covers.add(group)
    return frozenset(together)
