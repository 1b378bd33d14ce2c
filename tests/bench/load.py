"""The real server under load: how long readers wait when 1, 8 or 32 of them ask at once, and what memory it takes.

The clients run on the same machine and take some of its two cores: a server of its own would be faster.
"""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from kb.settings import PROJECT_ROOT, Settings
from tests.bench.corpus import Asked
from tests.bench.peers.__main__ import percentiles, read_peak_mb

CLIENTS = (1, 8, 32)
WAIT_S = 120.0
"""A server that does not answer after this long is taken to have failed."""


class Server:
    """``kb serve`` as a process on a free port of this machine, for as long as the block lasts."""

    def __init__(self, settings: Settings) -> None:
        self.port = find_free_port()
        self.started_s = 0.0
        """From starting the process to its first answer."""
        self._data_dir = settings.data_dir.resolve()

    def __enter__(self) -> Self:
        environment = {
            **os.environ,
            "KB_DATA_DIR": str(self._data_dir),
            "KB_HOST": "127.0.0.1",
            "KB_PORT": str(self.port),
        }
        started = time.perf_counter()
        with self._log.open("wb") as log:
            command = [sys.executable, "-m", "kb", "serve"]
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=PROJECT_ROOT, env=environment)
        try:
            wait_until(self._is_up, WAIT_S)
        except TimeoutError as error:
            self._stop()
            raise RuntimeError(f"kb serve did not start:\n{self._log.read_text()[-2_000:]}") from error
        self.started_s = time.perf_counter() - started
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def read_memory_mb(self) -> tuple[float, float]:
        """Give what the process holds now, and the most it held, in MB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return round(int(status.split("VmRSS:")[1].split()[0]) / 1024, 1), read_peak_mb(self._process.pid)

    def get(self, path: str) -> bytes:
        """Get one page by a connection of its own; raises RuntimeError when it is not 200."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            return _get(connection, path)
        finally:
            connection.close()

    def answers(self, path: str) -> bool:
        """Tell whether a page is there; False also when the server refuses the query."""
        try:
            self.get(path)
        except RuntimeError:
            return False
        return True

    @property
    def _log(self) -> Path:
        return self._data_dir / "server.log"

    def _is_up(self) -> bool:
        if self._process.poll() is not None:
            raise TimeoutError
        try:
            return self.answers("/health")
        except (OSError, http.client.HTTPException):
            return False

    def _stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def make_path(asked: Asked) -> str:
    """Make the address of a query in the JSON API, filters and all."""
    return "/api/v1/search?" + urlencode([("q", asked.text), ("limit", "10"), *(("filter", tag) for tag in asked.tags)])


def drive(port: int, paths: Sequence[str], clients: int, requests: int) -> dict[str, Any]:
    """Send requests, the paths in turn, from so many clients that each wait for their answer before the next."""
    numbers, times, errors = count(), [], []
    together = threading.Barrier(clients + 1)

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        together.wait()
        while (number := next(numbers)) < requests:
            started = time.perf_counter()
            try:
                _get(connection, paths[number % len(paths)])
            except (RuntimeError, OSError, http.client.HTTPException) as error:
                errors.append(str(error))
                connection.close()
            else:
                times.append(time.perf_counter() - started)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    together.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    rate = round(len(times) / seconds, 1)
    return {"clients": clients, "requests": requests, "per_s": rate, **percentiles(times), "errors": len(errors)}


def time_until(change: Callable[[], None], is_visible: Callable[[], bool]) -> tuple[float, float]:
    """Give the seconds that a change took, and those from its end until it can be seen."""
    started = time.perf_counter()
    change()
    changed = time.perf_counter()
    wait_until(is_visible, WAIT_S, pause=0.002)
    return changed - started, time.perf_counter() - changed


def wait_until(holds: Callable[[], bool], seconds: float, pause: float = 0.05) -> None:
    """Wait until something holds; raises TimeoutError."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(pause)


def find_free_port() -> int:
    """Find a port of this machine that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _get(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{answer.status} for {path}")
    return body
