"""Blind sorts of an edition's words. A Sorter puts the cards of a BlindSort in order; a SortTally counts them up without
whose they are, and a SortResult is what of it is shown.
"""

from coaching.sorting.models.blind_sort import BlindSort

from coaching.sorting.models.tally import SortTally  # isort: skip
from coaching.sorting.models.sorter import Sorter  # isort: skip
from coaching.sorting.models.result import SortResult  # isort: skip

__all__ = ["BlindSort", "SortResult", "SortTally", "Sorter"]
