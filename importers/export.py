"""Writing every case back as the file it was, byte for byte."""

from pathlib import Path

from kb.models import CaseState
from kb.store import Store


def export_cases(store: Store, folder: Path) -> int:
    """Write the newest revision of every case that is not archived to ``<folder>/cases/<id>.md``; give their number.

    A file that is already the same is left alone, so that its date tells when the case changed.
    """
    target = folder / "cases"
    target.mkdir(parents=True, exist_ok=True)
    cases = [case for case in store.list_cases() if case.state != CaseState.ARCHIVED]
    for case in cases:
        path = target / f"{case.id}.md"
        raw = store.get_revision(case.id, case.head).text.encode("utf-8")
        if not path.is_file() or path.read_bytes() != raw:
            _write_whole(path, raw)
    return len(cases)


def _write_whole(path: Path, raw: bytes) -> None:
    """Write a file so that a reader never sees half of it."""
    part = path.with_suffix(".part")
    part.write_bytes(raw)
    part.replace(path)
