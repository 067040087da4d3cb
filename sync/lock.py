"""One sync at a time on a data folder: a lock of the operating system, which dies with its holder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from sync.errors import Busy, Unwritable

NAME = "sync.lock"

if sys.platform == "win32":
    import msvcrt

    FAR = 1 << 20  # Windows keeps others from reading a locked byte, so one far behind the text is locked

    def _try_lock(file: IO[str]) -> bool:
        file.seek(FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def held(data: Path, now: datetime) -> Iterator[None]:
    """Hold the data folder, made if need be. Raises Busy at once when another process has it, Unwritable when it cannot be made.

    The file stays after the lock is gone: removing it would let two processes hold two files of one name.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        file = (data / NAME).open("a+", encoding="utf-8")
    except OSError as refused:
        raise Unwritable(data, refused.strerror or str(refused)) from refused
    with file:
        if not _try_lock(file):
            file.seek(0)
            raise Busy(data, file.read().strip())
        file.seek(0)
        file.truncate()
        file.write(f"process {os.getpid()}, since {now:%Y-%m-%d %H:%M} UTC")
        file.flush()
        yield
