"""Real kills: an import that is stopped at any moment leaves all of the batch or nothing."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from kb.checks import Reference
from kb.database import make_database, read_session, write_session
from kb.derived import rebuild_rows
from kb.settings import Settings
from kb.store import Store
from tests.cases import write_case
from tests.conftest import fill

CASES = 150
KILLS = 20


def test_an_import_that_is_killed_leaves_the_last_good_state(
    settings: Settings, reference: Reference, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for number in range(CASES):
        write_case(first, f"sak-{number:03d}")
        write_case(second, f"sak-{number:03d}", title=f"Ny tittel {number}")
    fill(settings, reference, [first])
    command = [sys.executable, "-m", "kb", "import", str(second), "--publish"]
    random.seed(2006)
    started = time.monotonic()
    subprocess.run([*command, "--dry-run"], check=True, capture_output=True)
    whole = time.monotonic() - started
    heads = set()
    for _ in range(KILLS):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0.1, 1.2) * whole)  # not for secrets
        process.send_signal(signal.SIGKILL)
        process.wait()
        engine = make_database(settings.database_path)
        with read_session(engine) as session:
            store = Store(session)
            assert store.check_chains() == sum(case.head for case in store.list_cases())
            states = {(case.head, case.published) for case in store.list_cases()}
        engine.dispose()
        assert len(states) == 1, "a batch was applied in part"
        heads |= states
    assert heads <= {(1, 1), (2, 2)}
    subprocess.run(command, check=True, capture_output=True)
    engine = make_database(settings.database_path)
    with write_session(engine) as session:
        assert {case.head for case in Store(session).list_cases()} == {2}
        assert rebuild_rows(Store(session), reference).identical
    engine.dispose()
