"""A phone without a signal: what a browser is given to open pages with, and what of them it may keep (ADR 39)."""
