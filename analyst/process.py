"""One worker process and the pipe to it. Imported before everything else, so that the worker loads while the server does."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
from typing import Any

# What an interpreter needs to start; the rest of the server's environment is none of a worker's business.
_KEPT = ("SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "PATH", "LANG", "LC_ALL", "HOME", "USERPROFILE")
# Whether an event loop can wait on a pipe by itself; Windows needs a thread that blocks.
WATCHABLE = os.name == "posix"
_CHUNK = 1 << 18

Answer = tuple[dict[str, Any], bytes]


class Process:
    """A started worker, asked by one caller at a time: begin, then take until there is an answer, then finish; exchange does all three."""

    __slots__ = ("_gone", "_lock", "_popen", "_read", "_sink", "_source", "_using")

    def __init__(self, popen: subprocess.Popen[bytes]) -> None:
        assert popen.stdin is not None  # noqa: S101 (both are pipes by construction)
        assert popen.stdout is not None  # noqa: S101
        self._popen = popen
        self._sink, self._source = popen.stdin, popen.stdout
        self._read = bytearray()
        self._lock = threading.Lock()
        self._using = self._gone = False
        if WATCHABLE:
            os.set_blocking(self._source.fileno(), False)

    @property
    def pid(self) -> int:
        """The system's number of the process."""
        return self._popen.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._popen.poll() is None

    @property
    def source(self) -> int:
        """What becomes readable when a part of an answer is there."""
        return self._source.fileno()

    def begin(self, line: bytes) -> None:
        """Send a question. Raises EOFError when the process is gone."""
        with self._lock:
            if self._gone:
                raise EOFError("the worker ended")
            self._using = True
        try:
            left = memoryview(line)
            while left:
                left = left[self._sink.write(left) :]
        except OSError as error:
            raise EOFError("the worker ended") from error

    def take(self) -> Answer | None:
        """The answer if it is whole, None when more must be waited for. Raises EOFError when there will be no more."""
        try:
            part = os.read(self._source.fileno(), _CHUNK)
        except BlockingIOError:
            return None
        except (OSError, ValueError) as error:
            raise EOFError("the worker ended") from error
        if not part:
            raise EOFError("the worker ended")
        self._read += part
        end = self._read.find(b"\n") + 1
        if not end:
            return None
        head: dict[str, Any] = json.loads(self._read[:end])
        whole = end + head.get("bytes", 0)
        if len(self._read) < whole:
            return None
        text = bytes(self._read[end:whole])
        self._read.clear()
        return head, text

    def finish(self) -> None:
        """The caller looks at it no longer."""
        with self._lock:
            self._using = False
            if self._gone:
                self._close()

    def exchange(self, line: bytes) -> Answer:
        """Ask and block until the answer. Raises EOFError when the process is gone."""
        try:
            self.begin(line)
            while (answer := self.take()) is None:
                if WATCHABLE:
                    select.select([self._source], [], [])
            return answer
        finally:
            self.finish()

    def end(self) -> None:
        """Let it finish: it ends by itself when its input does."""
        self._sink.close()
        threading.Thread(target=self._wait, daemon=True).start()

    def kill(self, *, wait: bool = False) -> None:
        """End it now. wait: return when it has gone."""
        self._popen.kill()
        if wait:
            self._wait()
        else:
            threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        self._popen.wait()
        with self._lock:
            self._gone = True
            if not self._using:
                self._close()

    def _close(self) -> None:
        for pipe in (self._sink, self._source):
            try:
                pipe.close()
            except OSError:  # what was not yet sent has no reader any more
                continue


def spawn() -> Process:
    """Start a blank worker: isolated interpreter, own environment, UTF-8."""
    environ = {name: os.environ[name] for name in _KEPT if name in os.environ}
    command = [sys.executable, "-I", "-X", "utf8", "-m", "analyst.worker"]
    return Process(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ, bufsize=0))
