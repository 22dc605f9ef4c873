"""How things are put: what every page says alike, in one place each."""
