"""The whole of row security stands in one file, so that a change of any policy shows in a diff."""

import re
from difflib import unified_diff

from coaching.management.commands.write_wall import FILE
from coaching.row_security.building import written
from coaching.row_security.policy import wall_of, walled_models

LOOK_AT_OWN_COLUMNS = {"coaching_partnership", "sopcoach_user"}
"""Tables that a policy of reading may ask: no policy of theirs asks another."""


def test_the_file_says_what_the_models_declare():
    stands, declared = FILE.read_text(), written()
    changed = "\n".join(unified_diff(stands.splitlines(), declared.splitlines(), lineterm="", n=0))
    assert stands == declared, f"Read it, then run `manage.py write_wall`:\n{changed}"


def test_no_policy_of_reading_looks_into_a_table_whose_policy_looks_further():
    """Each would bring its own along: 124 scans of one table for one page, at a county's size."""
    looked_into = {
        model.__name__: further
        for model in walled_models()
        if (further := set(re.findall(r"\bFROM (?!app_)(\w+)", wall_of(model).read)) - LOOK_AT_OWN_COLUMNS)
    }
    assert looked_into == {}, "Make it a list in coaching/row_security/memberships.py"
