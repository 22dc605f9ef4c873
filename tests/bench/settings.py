"""The product's settings, and one route more: the bare view that everything is measured against."""

from sopcoach.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
