"""The people of the load test, in a process of their own: locust changes how Python waits."""

import json
import os
import sys
from pathlib import Path

from tests.load.asking import ask

if __name__ == "__main__":
    found = ask(int(sys.argv[1]), int(sys.argv[2]))
    Path(os.environ["LOAD_FOUND"]).write_text(json.dumps(vars(found) | {"errors": dict(found.errors)}))
