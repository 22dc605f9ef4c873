"""The whole of row security stands in one file, so that a change of any policy shows in a diff."""

from difflib import unified_diff

from coaching.management.commands.write_wall import FILE
from coaching.row_security.building import written


def test_the_file_says_what_the_models_declare():
    stands, declared = FILE.read_text(), written()
    changed = "\n".join(unified_diff(stands.splitlines(), declared.splitlines(), lineterm="", n=0))
    assert stands == declared, f"Read it, then run `manage.py write_wall`:\n{changed}"
