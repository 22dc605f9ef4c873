from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, *addresses: str) -> list[int]:
    """How many queries each page takes, not counting what only somebody's first page does."""
    client.get(addresses[0])
    counts = []
    for address in addresses:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        counts.append(len(caught))
    return counts
