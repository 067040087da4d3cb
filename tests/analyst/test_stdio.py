"""The streams between a host and the server: whole lines in order, whatever pieces they come in, and whoever stops waiting."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import pytest
from mcp.shared.message import SessionMessage
from mcp.types import JSONRPCNotification, JSONRPCRequest

from analyst.stdio import Incoming, Outgoing, available, streams

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(os.name != "posix", reason="elsewhere the transport of the SDK serves"),
]


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A pipe's two ends; those not closed by the test are closed after it."""
    ends = os.pipe()
    yield ends
    for end in ends:
        try:
            os.close(end)
        except OSError:
            continue


def line(number: int, text: str = "") -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": "m", "params": {"t": text}}).encode() + b"\n"


def message(number: int, text: str) -> SessionMessage:
    return SessionMessage(JSONRPCNotification(jsonrpc="2.0", method=f"m{number}", params={"t": text}))


async def test_messages_come_whole_whatever_pieces_they_are_sent_in(pipe: tuple[int, int]) -> None:
    reads, writes = pipe
    long = "ж" * 70_000  # longer than one read, its letters cut anywhere
    sent = line(1) + b"no message\n" + b'{"jsonrpc": "2.0", "id": "\xff"}\n' + line(2, long) + line(3)[:-1]
    got: list[Any] = []

    async def read() -> None:
        got.extend([item async for item in Incoming(reads)])

    async with anyio.create_task_group() as group:
        group.start_soon(read)
        for start in range(0, len(sent), 9_973):
            await anyio.to_thread.run_sync(os.write, writes, sent[start : start + 9_973])
            await anyio.lowlevel.checkpoint()
        os.close(writes)
    assert [isinstance(item, Exception) for item in got] == [False, True, True, False, False]
    requests = [item.message for item in got if isinstance(item, SessionMessage)]
    assert [(r.id, r.params == {"t": long}) for r in requests if isinstance(r, JSONRPCRequest)] == [
        (1, False),
        (2, True),
        (3, False),
    ]


async def test_answers_arrive_whole_and_in_order_though_nobody_reads_for_a_while_and_one_sender_gives_up(
    pipe: tuple[int, int],
) -> None:
    reads, writes = pipe
    outgoing = Outgoing(writes)
    long = "ы" * 100_000  # more than a pipe takes
    os.set_blocking(reads, False)
    got: list[bytes] = []

    def host() -> None:
        until = time.monotonic() + 5
        time.sleep(0.3)
        while b"".join(got[-1:]).count(b"\n") < 4 and time.monotonic() < until:
            try:
                got[:] = [b"".join([*got, os.read(reads, 1 << 20)])]
            except BlockingIOError:
                time.sleep(0.005)

    reader = threading.Thread(target=host, daemon=True)
    reader.start()
    async with anyio.create_task_group() as group:
        with anyio.move_on_after(0.1) as given_up:
            await outgoing.send(message(0, long))
        assert given_up.cancelled_caught
        assert not got  # the loop was not held up by a pipe that is full
        for number in (1, 2, 3):
            group.start_soon(outgoing.send, message(number, long))
    await anyio.to_thread.run_sync(reader.join)
    assert [(m["method"], m["params"]["t"] == long) for m in map(json.loads, got[0].splitlines())] == [
        (f"m{number}", True) for number in range(4)
    ]


async def test_a_host_that_has_gone_is_told_to_the_sender(pipe: tuple[int, int]) -> None:
    reads, writes = pipe
    outgoing = Outgoing(writes)
    os.close(reads)
    with pytest.raises(anyio.BrokenResourceError):
        await outgoing.send(message(1, ""))
    with pytest.raises(anyio.ClosedResourceError):
        await outgoing.send(message(2, ""))


async def test_nothing_but_answers_reaches_the_host(tmp_path: Path) -> None:
    (asked, asks), (answered, answers), (told, tells) = os.pipe(), os.pipe(), os.pipe()
    os.set_blocking(told, False)
    try:
        async with streams(asked, answers, tells) as (incoming, outgoing):
            os.write(answers, b"stray")
            os.write(asks, line(1))
            os.set_blocking(asked, False)
            assert os.read(asked, 10) == b""
            item = await incoming.receive()
            assert isinstance(item, SessionMessage)
            await outgoing.send(item)
        os.write(answers, b"after")
        got = os.read(answered, 1000)
        assert os.read(told, 1000) == b"stray"
        assert json.loads(got.removesuffix(b"after")) == json.loads(line(1))
        assert got.endswith(b"after")
        os.write(asks, b"more")
        assert os.read(asked, 10) == b"more"
        assert available(asked, answers)
        with (tmp_path / "file").open("wb") as file:  # an event loop cannot wait for one
            assert not available(asked, file.fileno())
    finally:
        for end in (asked, asks, answered, answers, told, tells):
            os.close(end)
