"""A worker's whole record as they take it with them: its shape, and how it is gathered (docs/export.md)."""
