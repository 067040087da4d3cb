"""How tests ask about a receipt over the protocol, and of a server whose definitions are others."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from mcp import Client
from mcp.types import TextContent

from analyst import documents, metrics, reconcile
from analyst.audit import Audit
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror
from analyst.tools import Analyst

OLD = "20260131T020000Z"  # the snapshot that a receipt is of


async def told(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    (content,) = result.content
    assert isinstance(content, TextContent)
    answer: dict[str, Any] = json.loads(content.text)
    assert bool(result.is_error) is ("what" in answer), answer
    return answer


async def run(client: Client, fix: str) -> dict[str, Any]:
    """What the call gives that an error offers."""
    tool, _, arguments = fix.partition(" ")
    return await told(client, tool, **json.loads(arguments))


def redefined(definitions: Path, folder: Path, name: str, old: str, new: str) -> Path:
    """A copy of the definitions with one of them changed."""
    shutil.copytree(definitions, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def over(data: Path, root: Path, audit: Path, role: str = "owner") -> Analyst:
    """A server's Analyst over other definitions, with the audit folder of another."""
    settings = Settings(data=data, audit=audit, role=role)
    known = metrics.read(root)
    log = Audit(audit, "test", role)
    return Analyst(
        settings,
        Mirror(data, role),
        Pool(settings),
        log,
        known,
        reconcile.read(known, root),
        documents=documents.read(root),
    )
