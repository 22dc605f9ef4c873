"""How much a page that people open often may ask of the database, whatever there is in it."""

from django.db import connection

WALL_QUERIES = 3 if connection.vendor == "postgresql" else 0
"""On PostgreSQL the wall opens a transaction (here a savepoint), names who asks, and closes it."""

MOST_QUERIES = 10 + WALL_QUERIES
PRACTICE_QUERIES = MOST_QUERIES + 5
"""What one practises, where one is today with the ladders to it, and what one noted of both."""
HOME_QUERIES = 8 + WALL_QUERIES
"""However many pairs somebody is one of, and whatever stands besides: their facts come together."""
LINES_LEVELS_AND_CORRECTIONS = 3
"""What stands beside what was shared: the lines of practice, levels that were logged, and what was put right."""
