"""The log: one structured line an event on stderr, readable on a terminal and JSON elsewhere, with secrets hidden last.

Events: run.started, pull.finished, pull.failed, models.built, check.failed, finding.counted, snapshot.published,
file.quarantined, file.kept.
"""

from __future__ import annotations

import re
import sys
from collections.abc import MutableMapping

import structlog
from structlog.typing import Processor

from sync.http import redact

_NAMED = re.compile(r"password|secret|token|webhook|authorization|cookie", re.IGNORECASE)
HIDDEN = "…"


def redaction(secrets: tuple[str, ...]) -> Processor:
    """A processor that hides values by the name of their key and by what they look like."""

    def hide(_logger: object, _method: str, event: MutableMapping[str, object]) -> MutableMapping[str, object]:
        for key, value in event.items():
            if _NAMED.search(key):
                event[key] = HIDDEN
            elif isinstance(value, str):
                event[key] = redact(value, secrets)
        return event

    return hide


def configure(secrets: tuple[str, ...] = ()) -> None:
    """Send events to stderr. Called once by a command, never at import."""
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redaction(secrets),
            structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(
            sys.stderr
        ),  # looked up each time: a progress bar may stand in for it
        cache_logger_on_first_use=False,
    )
