"""Agents of different habit, by rule and without a model: what each does first, then whatever the answer tells it to do, four calls at most."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from tests.analyst.test_cost import asked, connected
from tests.analyst.test_questions import Trace, traces

pytestmark = pytest.mark.anyio

CALLS = 4
RIGHT = 0.9
_METRICS = re.compile(r"metric (\w+(?:(?:, | or )\w+)*)")


def replays() -> list[tuple[str, str, str]]:
    """(habit, intent, what it says first)."""
    lines = (Path(__file__).parent / "habits.tsv").read_text(encoding="utf-8").splitlines()
    return [(habit, intent, first) for habit, intent, first in (line.split("\t") for line in lines)]


def right(answer: Mapping[str, Any], trace: Trace) -> bool:
    """Whether the true figure of the intent stands in a cell and nothing warns of it: the largest amount planted, else any cell."""
    figures = [value for value in trace.true.values() if re.fullmatch(r"-?\d+\.\d+", str(value))] or list(
        trace.true.values()
    )
    return not answer.get("warn") and figures[0] in [cell for row in answer.get("rows", ()) for cell in row]


async def follow(client: Client, sql: str, trace: Trace) -> bool:
    """Ask in SQL; run the fix of an error; ask the metric that a warning names."""
    call: tuple[str, dict[str, Any]] = ("query", {"sql": sql})
    for _ in range(CALLS):
        answer = json.loads(await asked(client, call[0], **call[1]))
        if right(answer, trace):
            return True
        if "fix" in answer:
            call = ("query", {"sql": answer["fix"]})
        elif named := re.findall(r"\w{3,}", " ".join(_METRICS.findall(" ".join(answer.get("warn", ()))))):
            call = ("metric", {"name": trace.metric if trace.metric in named else named[0]})
        else:
            return False
    return False


async def look_around(client: Client, words: str, trace: Trace) -> bool:
    """Read the catalog, search, read the card of the first metric found, call it."""
    await asked(client, "describe")
    found = json.loads(await asked(client, "find", text=words, kind="metric"))
    name = found.get("pick") or found["rows"][0][1]
    await asked(client, "describe", name=name)
    return right(json.loads(await asked(client, "metric", name=name)), trace)


async def test_agents_of_every_habit_end_at_the_truth_within_four_calls(
    demo: Path, truth: dict[str, Any], tmp_path: Path
) -> None:
    known = traces(truth)
    ended: dict[str, list[bool]] = defaultdict(list)
    lost = []
    async with connected(demo, tmp_path) as (client, _):
        for habit, intent, first in replays():
            act = look_around if habit == "lists_first" else follow
            came = await act(client, first, known[intent])
            ended[habit].append(came)
            if not came:
                lost.append((habit, first))
    assert len(ended) >= 5
    assert min(len(all_of) for all_of in ended.values()) >= 8
    shares = {habit: sum(all_of) / len(all_of) for habit, all_of in ended.items()}
    assert sum(map(sum, ended.values())) / len(replays()) >= RIGHT, (shares, lost)
