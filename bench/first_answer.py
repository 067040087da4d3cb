"""Process start to first tool result over stdio, beside the SDK's empty server and mcp-server-motherduck on the same data.

python bench/first_answer.py --data data
"""

from __future__ import annotations

import time

import anyio
from contest import Contestant, arguments, contestants, quiet, table
from mcp import Client


async def measure(contestant: Contestant) -> float:
    """Seconds from starting the process to its first tool result."""
    started = time.perf_counter()
    async with Client(quiet(contestant), mode="legacy") as client:
        result = await client.call_tool(contestant.tool, contestant.call(0))
        took = time.perf_counter() - started
    if result.is_error:
        raise SystemExit(f"{contestant.name}: {result.content}")
    return took


async def main() -> None:
    given = arguments(runs=9)
    known = contestants(given.data)
    measured: dict[str, list[float]] = {c.name: [] for c in known}
    for run in range(given.runs + 1):
        for contestant in known:
            took = await measure(contestant)
            if run:  # the first round only warms the disk
                measured[contestant.name].append(took * 1000)
    table("first answer", "ms", measured)


if __name__ == "__main__":
    anyio.run(main)
