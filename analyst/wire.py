"""Standard streams as the SDK serves them, with one thing put right before it reads: half a surrogate, which is what a cut emoji becomes.

JSON may spell one, and the SDK drops such a line without an answer: the host would wait until its own time is up.
"""

from __future__ import annotations

import io
import re
import sys

import anyio
from mcp.server import MCPServer
from mcp.server.stdio import stdio_server

# A backslash that is itself escaped, a whole pair, and half of one. The first two stay as they are.
_ESCAPES = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
_HALF = len(r"\ud83d")
REPLACEMENT = r"\ufffd"


def whole(line: str) -> str:
    """A line of JSON in which every half surrogate is the replacement character."""
    if "\\ud" not in line and "\\uD" not in line:
        return line
    return _ESCAPES.sub(lambda found: REPLACEMENT if len(found[0]) == _HALF else found[0], line)


class _Lines(io.TextIOWrapper):
    """Text whose lines are whole; closing it leaves the stream below open."""

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        """The next line."""
        return whole(super().readline(size))

    def close(self) -> None:
        """Leave the stream to its owner."""


def run(server: MCPServer[None]) -> None:
    """Serve until the host closes the streams."""

    async def serve() -> None:
        lines = anyio.wrap_file(_Lines(sys.stdin.buffer, encoding="utf-8", errors="replace"))
        async with stdio_server(stdin=lines) as (incoming, outgoing):
            low = server._lowlevel_server  # noqa: SLF001 (the SDK's own run takes no streams)
            await low.run(incoming, outgoing, low.create_initialization_options())

    anyio.run(serve)
