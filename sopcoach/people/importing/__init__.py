"""Bringing people and units in from a list: read, plan, apply.

`reader` turns a CSV file into rows, `plan` says what would change and what is wrong, `apply` does it.
"""
