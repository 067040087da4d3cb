"""One worker process and the pipe to it. Imported before everything else, so that the worker loads while the server does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from typing import Any

# What an interpreter needs to start; the rest of the server's environment is none of a worker's business.
_KEPT = ("SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "PATH", "LANG", "LC_ALL", "HOME", "USERPROFILE")


class Process:
    """A started worker. exchange blocks; one caller at a time."""

    __slots__ = ("_lock", "_popen")

    def __init__(self, popen: subprocess.Popen[bytes]) -> None:
        self._popen = popen
        self._lock = threading.Lock()

    @property
    def pid(self) -> int:
        """The system's number of the process."""
        return self._popen.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._popen.poll() is None

    def exchange(self, line: bytes) -> tuple[dict[str, Any], bytes]:
        """Send one line and read its answer. Raises EOFError when the process is gone."""
        assert self._popen.stdin is not None  # noqa: S101 (both are pipes by construction)
        assert self._popen.stdout is not None  # noqa: S101
        with self._lock:
            try:
                self._popen.stdin.write(line)
                self._popen.stdin.flush()
                first = self._popen.stdout.readline()
                if not first.endswith(b"\n"):
                    raise EOFError("the worker ended")
                head: dict[str, Any] = json.loads(first)
                size = head.get("bytes", 0)
                text = self._popen.stdout.read(size)
                if len(text) != size:
                    raise EOFError("the worker ended within an answer")
            except (BrokenPipeError, ConnectionError, ValueError, OSError) as error:
                raise EOFError("the worker ended") from error
            return head, text

    def end(self) -> None:
        """Let it finish: it ends by itself when its input does."""
        threading.Thread(target=self._wait, args=(False,), daemon=True).start()

    def kill(self, *, wait: bool = False) -> None:
        """End it now. wait: return when it has gone and its pipes are closed."""
        self._popen.kill()
        if wait:
            self._wait(killed=True)
        else:
            threading.Thread(target=self._wait, args=(True,), daemon=True).start()

    def _wait(self, killed: bool) -> None:
        pipes = (self._popen.stdin, self._popen.stdout)
        if not killed and pipes[0] is not None:
            pipes[0].close()
        self._popen.wait()
        with self._lock:
            for pipe in pipes:
                if pipe is not None:
                    try:
                        pipe.close()
                    except OSError:  # what was not yet sent has no reader any more
                        continue


def spawn() -> Process:
    """Start a blank worker: isolated interpreter, own environment, UTF-8."""
    environ = {name: os.environ[name] for name in _KEPT if name in os.environ}
    command = [sys.executable, "-I", "-X", "utf8", "-m", "analyst.worker"]
    return Process(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ))
