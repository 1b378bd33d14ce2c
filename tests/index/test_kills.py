"""Real kills: a build that is stopped at any moment leaves the former index whole and in use."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from index.build import build_index
from index.searcher import LiveSearcher
from index.snapshot import read_snapshot, verify_files
from kb.checks import Reference
from kb.settings import PROJECT_ROOT, Settings
from tests.cases import write_case
from tests.conftest import fill
from tests.index.encoders import WordCountEncoder

CASES = 60
KILLS = 25


def test_a_build_that_is_killed_leaves_the_last_good_index(
    settings: Settings, reference: Reference, tmp_path: Path
) -> None:
    for number in range(CASES):
        write_case(tmp_path / "files", f"sak-{number:03d}", title=f"Sak nummer {number}")
    fill(settings, reference, [tmp_path / "files"])
    build_index(settings, WordCountEncoder("words-0"))
    random.seed(1999)
    command = [sys.executable, "-m", "tests.index.slow_build", str(settings.data_dir)]
    started = time.monotonic()
    subprocess.run([*command, "words-whole"], check=True, cwd=PROJECT_ROOT)
    whole = time.monotonic() - started
    good, killed_at_work = "words-whole", 0
    for number in range(KILLS):
        process = subprocess.Popen([*command, f"words-{number}"], cwd=PROJECT_ROOT, stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0.5, 1.05) * whole)  # noqa: S311  # not for secrets
        process.send_signal(signal.SIGKILL)
        killed_at_work += process.wait() != 0
        manifest = verify_files(settings.index_dir)
        assert manifest.model_hash in (good, f"words-{number}")
        good = manifest.model_hash
        assert len(read_snapshot(settings.index_dir).passages) == manifest.passages == CASES * 3
        assert LiveSearcher(settings, WordCountEncoder(good)).get().search("noe nytt").hits
    assert killed_at_work > KILLS // 3
    assert build_index(settings, WordCountEncoder("words-last")).changed
    assert not list(settings.index_dir.glob(".building-*"))
