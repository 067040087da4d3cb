"""Round trip of a small group-by over stdio, beside the SDK's empty tool and mcp-server-motherduck on the same data.

python bench/small_query.py --data data
"""

from __future__ import annotations

import time
from contextlib import AsyncExitStack

import anyio
from contest import arguments, contestants, quiet, table
from mcp import Client


async def main() -> None:
    given = arguments(runs=500)
    known = contestants(given.data)
    measured: dict[str, list[float]] = {c.name: [] for c in known}
    async with AsyncExitStack() as stack:
        clients = [(c, await stack.enter_async_context(Client(quiet(c), mode="legacy"))) for c in known]
        for run in range(given.runs + 20):
            for contestant, client in clients:
                started = time.perf_counter()
                result = await client.call_tool(contestant.tool, contestant.arguments)
                if result.is_error:
                    raise SystemExit(f"{contestant.name}: {result.content}")
                if run >= 20:  # connections, caches and spare workers settle first
                    measured[contestant.name].append((time.perf_counter() - started) * 1000)
    table("small query", "ms", measured)


if __name__ == "__main__":
    anyio.run(main)
