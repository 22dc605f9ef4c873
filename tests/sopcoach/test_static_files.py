"""What a browser may keep for ever: each file's name changes with what is in it."""

import re
from pathlib import Path
from posixpath import dirname, join, normpath

from django.contrib.staticfiles.finders import FileSystemFinder

from sopcoach.requests.static_files import RememberedStaticFiles

IMPORTED = re.compile(r'\b(?:import|from) ?"(\.{1,2}/[^"]+)"')


def test_a_script_imports_others_by_the_names_that_change_with_what_is_in_them(
    settings, tmp_path: Path
) -> None:
    settings.DEBUG = False
    files = list(FileSystemFinder().list([]))
    ours = {name: (storage, name) for name, storage in files if name.startswith("js/")}
    storage = RememberedStaticFiles(location=str(tmp_path))
    for name, (source, path) in ours.items():
        with source.open(path) as content:
            storage.save(name, content)
    list(storage.post_process(ours))

    written = {name: (tmp_path / storage.stored_name(name)).read_text() for name in ours}
    assert "js/page.js" in written
    imported = {name: IMPORTED.findall(text) for name, text in written.items()}
    assert len(imported["js/page.js"]) > 10
    hashed = {storage.stored_name(name) for name in ours}
    found = {normpath(join(dirname(name), one)) for name, many in imported.items() for one in many}
    assert found <= hashed
