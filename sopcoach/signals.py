"""What the apps above have to hear of, since nothing in this one imports them."""

from django.dispatch import Signal

person_deactivated = Signal()
"""Sent with `person` and `by`, inside the transaction: what a receiver raises undoes the deactivation."""
