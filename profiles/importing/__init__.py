"""Bringing an edition in from a file: read, plan, apply (house style, rule 16).

`readers` turn any format into `EditionSource`, `plan` says what would change and what is wrong, `apply` does it.
"""
