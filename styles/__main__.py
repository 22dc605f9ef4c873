"""`bin/styles` writes the stylesheet that pages load."""

import os

import django

from styles.bundle import MADE, bundle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
MADE.parent.mkdir(exist_ok=True)
MADE.write_text(bundle())
