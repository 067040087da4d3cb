"""Ask a demo mirror what its owner would ask, over the real protocol, and hold every answer against what is true of it.

`truth.json` stands beside the mirror: for each question the tool, its arguments, and the first rows that must come back.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mcp import Client, StdioServerParameters

from analyst import alike

TRUTH = "truth.json"
_SHOWN_ROWS = 10
_WIDEST = 34


class TruthMissing(Exception):
    """There is no truth beside the mirror: no demo made this folder."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} is not there, so there is nothing to hold the answers against. Run first: analyst-sync demo --data {file.parent}"
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """A tool's payload: the header by key, column names, rows as JSON has them."""

    header: Mapping[str, Any]
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]

    @classmethod
    def read(cls, text: str) -> Answer:
        """An answer from the text that the tool gave."""
        told = json.loads(text)
        return cls(
            {k: v for k, v in told.items() if k not in ("columns", "rows", "same")},
            *alike.unfolded(told),
        )

    def differences(self, expected: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        """Where the first rows are not what they must be, a sentence each. A list that is cut short must say of how many."""
        total = str(self.header.get("shown", "")).rpartition(" of ")[2]
        if len(self.rows) < len(expected) and total != str(len(expected)):
            yield f"{len(self.rows)} rows came, {len(expected)} are true"
        for n, (row, true) in enumerate(zip(self.rows, expected, strict=False), start=1):
            told = dict(zip(self.columns, row, strict=True))
            for name, value in true.items():
                if told.get(name) != value:
                    yield f"row {n}: {name} is {told.get(name)!r}, true is {value!r}"

    def lines(self) -> Iterator[str]:
        """The answer for a reader: one value a line, or a table."""
        if len(self.rows) == 1:
            yield from (
                f"{name:>16}  {_told(value)}"
                for name, value in zip(self.columns, self.rows[0], strict=True)
                if value is not None
            )
            return
        cells = [[_told(value)[:_WIDEST] for value in row] for row in self.rows[:_SHOWN_ROWS]]
        kept = [i for i in range(len(self.columns)) if any(row[i] for row in cells)]
        widths = [max(len(self.columns[i]), *(len(row[i]) for row in cells)) for i in kept]
        for row in ([*self.columns], *cells):
            yield "  ".join(row[i].ljust(width) for i, width in zip(kept, widths, strict=True)).rstrip()

    def receipt(self) -> str:
        """The line that makes a number checkable: definition, day, freshness, rows, checks, receipt id."""
        fresh = " ".join(f"{name} {day}" for name, day in dict(self.header.get("fresh") or {}).items())
        checks = self.header.get("checks")
        parts = {
            "def": self.header.get("def"),
            "as_of": self.header.get("on") or self.header.get("as_of"),
            "fresh": fresh,
            "rows": self.header.get("shown"),
            "checks": "; ".join(map(str, checks)) if isinstance(checks, list) else checks,
            "receipt": self.header.get("receipt"),
        }
        return " · ".join(f"{key} {value}" for key, value in parts.items() if value)


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and "." in value and value.replace(".", "").removeprefix("-").isdigit():
        whole, _, rest = value.partition(".")
        return f"{int(whole):,}".replace(",", " ") + f".{rest}" if whole not in ("-0", "0") else value
    return str(value)


def server(data: Path) -> StdioServerParameters:
    """How a host starts the server over a folder."""
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "analyst", "serve"],
        env={"ANALYST_DATA": str(data.resolve()), "PYTHONUTF8": "1"},
    )


async def ask(data: Path) -> int:
    """Ask every question of the truth, print the answers, and return how many do not match. Raises TruthMissing."""
    file = data / TRUTH
    if not file.is_file():
        raise TruthMissing(file)
    questions = json.loads(file.read_text(encoding="utf-8"))["questions"]
    matched = 0
    unexplained = 1
    async with Client(server(data)) as client:
        for question in questions:
            result = await client.call_tool(question["tool"], question["arguments"])
            text = "".join(part.text for part in result.content if part.type == "text")
            _say(f"\n— {question['question']}")
            if result.is_error:
                _say(f"  refused: {text}")
                continue
            answer = Answer.read(text)
            wrong = list(answer.differences(question["expect"]["rows"]))
            for line in answer.lines():
                _say(f"  {line}")
            _say(f"  {answer.receipt()}")
            for sentence in wrong:
                _say(f"  DIFFERS: {sentence}")
            matched += not wrong
            if question is questions[0]:
                unexplained -= await _explain(client, str(answer.header.get("receipt")))
    _say(_connect(data))
    _say(f"demo: {matched}/{len(questions)} answers match")
    return len(questions) - matched + unexplained


async def _explain(client: Client, receipt: str) -> bool:
    """Ask for the documents behind an answer, say what they come to, and whether the number was made again and they add up to it."""
    result = await client.call_tool("explain", {"receipt": receipt, "rows": 3})
    text = "".join(part.text for part in result.content if part.type == "text")
    if result.is_error:
        _say(f"  not explained: {text}")
        return False
    behind = Answer.read(text)
    for part in behind.header.get("parts", ()):
        ends = "add up to" if part["adds_up"] else "DO NOT add up to"
        _say(f"  {part['rows']} documents {ends} {part['part']}: {_told(part['total'])}")
    for line in behind.lines():
        _say(f"    {line}")
    if behind.header.get("adds_up") is True and behind.header.get("replayed") == "same":
        return True
    _say("  DIFFERS: the number was not made again, or its documents do not add up to it")
    return False


def _connect(data: Path) -> str:
    entry = {
        "analyst": {
            "command": str(Path(sys.executable)),
            "args": ["-m", "analyst", "serve"],
            "env": {"ANALYST_DATA": str(data.resolve())},
        }
    }
    return (
        "\nTo ask this mirror from an MCP host, give it this server "
        f"(claude_desktop_config.json, .cursor/mcp.json and others):\n{json.dumps({'mcpServers': entry}, ensure_ascii=False, indent=2)}\n"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
