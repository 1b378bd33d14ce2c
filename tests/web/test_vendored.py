import hashlib
import json
import re

from web.templating import STATIC_DIR

VENDOR = STATIC_DIR / "vendor"


def test_every_vendored_file_is_the_one_that_was_published() -> None:
    listed = json.loads((VENDOR / "vendored.json").read_text())
    for entry in listed:
        raw = (VENDOR / entry["file"]).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == entry["sha256"], entry["file"]
        assert entry["version"] in entry["file"]
        assert (VENDOR / entry["licence_file"]).is_file()
    named = {"vendored.json", *(e["file"] for e in listed), *(e["licence_file"] for e in listed)}
    assert {path.name for path in VENDOR.iterdir()} == named


def test_our_own_style_fetches_nothing() -> None:
    assert not re.search(r"url\(|@import", (STATIC_DIR / "site.css").read_text())
