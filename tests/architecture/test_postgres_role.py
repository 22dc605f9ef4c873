"""Collected on PostgreSQL only."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_role_under_test_is_held_back_by_row_level_security():
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False, False)
