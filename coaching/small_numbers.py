"""Which groups of people may be counted by themselves, so that no number below five can be worked out (ADR 10)."""

from collections.abc import Collection, Mapping

FEWEST = 5
"""Every number about people is shown from five on (product.md, 10)."""


def kept_together[G](
    sizes: Mapping[G, int], *, never: Collection[G] = (), already: Collection[G] = ()
) -> frozenset[G]:
    """Say which groups may be shown only as one, since the sum of all of them is shown too.

    `sizes` has the groups in an order that is no secret and doesn't follow from their sizes: in that order, groups of
    five or more cover for the small ones. `never` are groups that are too small whatever is counted, `already` are
    those that another count keeps together.

    At least one group covers, and there is room for each small one to be anything from 0 to 4: whoever knows this rule
    can't tell which. Where there aren't enough groups for that, all are kept together.
    """
    together = {group for group, size in sizes.items() if group in never or group in already or size < FEWEST}
    if not together:
        return frozenset()
    covers = {group for group in together if group not in never and sizes[group] >= FEWEST}
    room = sum(sizes[group] for group in together) - FEWEST * len(covers)
    for group, size in sizes.items():
        if covers and room >= FEWEST - 1:
            break
        if group not in together:
            together.add(group)
            covers.add(group)
            room += size - FEWEST
    return frozenset(together)
