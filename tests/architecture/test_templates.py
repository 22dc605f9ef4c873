import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted(
    path
    for path in Path(settings.BASE_DIR, "templates").rglob("*.html")
    if path.parent.name
    != "mail"  # a mail is no page of ours: it brings its style along, and no CSP comes with it
)
REFUSED_BY_THE_BROWSER = {
    # data for a script is no script
    "a script in the page": re.compile(
        r"""<script(?![^>]*\b(?:src=|type=["']application/json["']))[^>]*>""", re.IGNORECASE
    ),
    "a style in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a handler attribute": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=(?!=)", re.IGNORECASE),
    "a javascript: address": re.compile(r"""=["']\s*javascript:""", re.IGNORECASE),
    "a file of another site": re.compile(
        r"""<(?:script|link|img|use)\b[^>]*(?:src|href)=["'](?:https?:)?//""", re.IGNORECASE
    ),
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_a_template_holds_nothing_that_the_csp_refuses(template):
    text = template.read_text()

    assert {
        what: found.group() for what, rule in REFUSED_BY_THE_BROWSER.items() if (found := rule.search(text))
    } == {}


LONGEST_LINE = 160
SHORT_LINES = ("home.html", "coaching/walkthrough/reveal.html")
"""Pages whose sentences are made in Python, where they are tested. The others are to follow."""


@pytest.mark.parametrize("name", SHORT_LINES)
def test_no_line_of_a_template_holds_a_policy_in_nested_ifs(name):
    text = Path(settings.BASE_DIR, "templates", name).read_text()
    assert [line for line in text.splitlines() if len(line) > LONGEST_LINE] == []
