"""What the apps above have to hear of, since nothing in this one imports them."""

from django.dispatch import Signal

asked_for_the_mark = Signal()
"""Sent with `people`, inside the transaction that would make them administrators. A receiver answers with the primary
keys of those who can't have the mark; nobody learns why in more words than that something of theirs is open."""

account_changed = Signal()
"""Sent with `person`, `by` and `what`, one of the values of `AccountChange.What`, for a replaced address with `before`,
inside the transaction that changes the account."""

person_deactivated = Signal()
"""Sent with `person` and `by`, inside the transaction: what a receiver raises undoes the deactivation."""
