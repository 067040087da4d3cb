"""Standard input and output as the two streams of the SDK, read and written on the event loop itself.

The SDK's own transport gives every line and every answer to threads: three hand-overs and some twenty turns of the loop a question, more
than everything else a small question costs. A pipe or socket of a system that can wait for one needs none of that; for anything else
(Windows, a terminal, a file) `available` says no, and the SDK's transport serves.
"""

from __future__ import annotations

import os
import select
import stat
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

import anyio
from mcp.shared.message import SessionMessage
from mcp.types import jsonrpc_message_adapter

from analyst import wire

CHUNK = 1 << 16
STDIN, STDOUT, STDERR = 0, 1, 2


def available(stdin: int = STDIN, stdout: int = STDOUT) -> bool:
    """Whether an event loop can wait for both descriptors: POSIX, and each is a pipe or a socket."""
    if os.name != "posix":
        return False
    try:
        modes = [os.fstat(number).st_mode for number in (stdin, stdout)]
    except OSError:  # closed
        return False
    return all(stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) for mode in modes)


class Incoming:
    """Messages from a descriptor, a line each; a line that is no message comes as the exception that says so. Ends where the input does."""

    __slots__ = ("_ended", "_lines", "_number", "_rest")

    def __init__(self, number: int) -> None:
        self._number = number
        self._lines: deque[bytes] = deque()
        self._rest: list[bytes] = []  # pieces of a line whose end has not come
        self._ended = False

    async def receive(self) -> SessionMessage | Exception:
        """The next message. Raises EndOfStream."""
        while not self._lines:
            if self._ended:
                raise anyio.EndOfStream
            await self._more()
        try:
            # As the SDK reads it: bytes that are no UTF-8 become marks, and what is then no message is told as one.
            text = wire.whole(self._lines.popleft().decode("utf-8", "replace"))
            return SessionMessage(jsonrpc_message_adapter.validate_json(text, by_name=False))
        except ValueError as error:
            return error

    async def _more(self) -> None:
        """Wait for input and split what is there. The descriptor may be shared, so it stays blocking: it is read only when it is ready."""
        await anyio.wait_readable(self._number)
        part = os.read(self._number, CHUNK)
        self._ended = not part
        first, *others = part.split(b"\n")
        self._rest.append(first)
        for line in others:
            self._lines.append(b"".join(self._rest))
            self._rest = [line]
        if self._ended and any(self._rest):
            self._lines.append(b"".join(self._rest))

    async def aclose(self) -> None:
        """Nothing is read any more."""
        self._lines.clear()
        self._ended = True

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SessionMessage | Exception:
        try:
            return await self.receive()
        except anyio.EndOfStream:
            raise StopAsyncIteration from None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class Outgoing:
    """Messages to a descriptor, a line each, whole and in order."""

    __slots__ = ("_closed", "_left", "_lock", "_number", "_ready")

    def __init__(self, number: int) -> None:
        self._number = number
        self._left = bytearray()
        self._lock = anyio.Lock(fast_acquire=True)
        self._ready = select.poll()
        self._ready.register(number, select.POLLOUT)
        self._closed = False

    async def send(self, item: SessionMessage, /) -> None:
        """Write one message. Raises ClosedResourceError after aclose, BrokenResourceError when nobody reads any more.

        A message that was begun stays begun: when its sender is cancelled, the next one writes what is left of it first.
        """
        if self._closed:
            raise anyio.ClosedResourceError
        line = item.message.model_dump_json(by_alias=True, exclude_unset=True).encode() + b"\n"
        async with self._lock:
            self._left += line
            while self._left:
                if not self._ready.poll(0):
                    await anyio.wait_writable(self._number)
                try:
                    # What a ready pipe takes at once, so that the loop never blocks on a host that does not read.
                    written = os.write(self._number, self._left[: select.PIPE_BUF])
                except OSError as error:
                    self._closed = True
                    raise anyio.BrokenResourceError from error
                del self._left[:written]

    async def aclose(self) -> None:
        """Nothing is written any more."""
        self._closed = True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


@asynccontextmanager
async def streams(
    stdin: int = STDIN, stdout: int = STDOUT, stderr: int = STDERR
) -> AsyncIterator[tuple[Incoming, Outgoing]]:
    """Both streams over private descriptors. Meanwhile whatever else this process prints goes to stderr, and what it starts reads nothing."""
    kept = os.dup(stdin), os.dup(stdout)
    try:
        empty = os.open(os.devnull, os.O_RDONLY)
        os.dup2(empty, stdin)
        os.close(empty)
        os.dup2(stderr, stdout)
        yield Incoming(kept[0]), Outgoing(kept[1])
    finally:
        for number, own in zip((stdin, stdout), kept, strict=True):
            os.dup2(own, number)
            os.close(own)


async def serve(server: Any) -> None:
    """Run a low-level server of the SDK over these streams until the input ends."""
    async with streams() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
