"""What several test processes need is made by the first that asks; the others wait for it and take a copy each."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sync.errors import Busy
from sync.lock import held

PAUSE = 0.1  # seconds between two looks at who is at it
DONE = "done"


def once(made: Path, make: Callable[[Path], object]) -> Path:
    """The folder that `make` filled, in this process or in another of the same run. Nobody may write into it.

    The lock ends with its holder: when `make` fails in one process, the next one tries, and tells the failure as its own.
    """
    while not (made / DONE).is_file():
        try:
            with held(made, datetime.now(UTC)):
                if not (made / DONE).is_file():
                    shutil.rmtree(made / "data", ignore_errors=True)
                    make(made / "data")
                    (made / DONE).touch()
        except Busy:
            time.sleep(PAUSE)
    return made / "data"
