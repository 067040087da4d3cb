"""The tools as the SDK sees them: names, lean schemas, and failures in our own words."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from mcp.server.mcpserver.exceptions import UnexpectedToolError
from mcp.server.mcpserver.tools import Tool
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field, ValidationError

from analyst.errors import AnalystError, BadArgument
from analyst.tools import Analyst

_READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


class _Tool(Tool):
    """A tool whose failures are ours to word: bad arguments and AnalystError become one short JSON text."""

    async def run(self, arguments: dict[str, Any], context: Any, convert_result: bool = False) -> Any:  # noqa: ARG002 (the SDK's signature)
        try:
            self._refuse_unknown(arguments)
            text = await self.fn(**self.fn_metadata.validate_arguments(arguments))
        except AnalystError as error:
            return CallToolResult(content=[TextContent(type="text", text=error.payload())], is_error=True)
        except ValidationError as error:
            wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:3])
            told = BadArgument(wrong, near=self.parameters["properties"])
            return CallToolResult(content=[TextContent(type="text", text=told.payload())], is_error=True)
        except MCPError:
            raise
        except Exception as error:
            raise UnexpectedToolError(f"Error executing tool {self.name}") from error
        return CallToolResult(content=[TextContent(type="text", text=text)])

    def _refuse_unknown(self, arguments: dict[str, Any]) -> None:
        """The SDK drops what it does not know; a misspelt argument would be ignored in silence."""
        if unknown := sorted(set(arguments) - set(self.parameters["properties"])):
            raise BadArgument(
                f"{self.name} has no argument {', '.join(unknown)[:60]}", near=self.parameters["properties"]
            )


def _tool(fn: Callable[..., Awaitable[str]], title: str) -> Tool:
    tool = _Tool.from_function(
        fn, title=title, description=inspect.getdoc(fn), annotations=_READ_ONLY, structured_output=False
    )
    tool.parameters = _lean(tool.parameters) | {"additionalProperties": False}
    return tool


def _lean(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without what costs tokens and says nothing: titles made up from names, empty defaults, null beside an optional value."""
    lean = {
        key: {name: _lean(value) for name, value in part.items()} if key == "properties" else part
        for key, part in schema.items()
        if key not in ("title", "anyOf") and not (key == "default" and not part)
    }
    for choice in schema.get("anyOf", ()):
        lean |= {} if choice == {"type": "null"} else {key: part for key, part in choice.items() if part is not True}
    return lean


def tools(analyst: Analyst) -> list[Tool]:
    """The five tools as a host lists them: their docstrings and schemas are what an agent reads, and pays for."""

    async def find(
        text: Annotated[str, Field(description="name, BIN/IIN, document number or topic; ru, kk or en")],
        kind: Annotated[
            str, Field(description="counterparty, item, document, metric, relation or prompt; empty: all")
        ] = "",
    ) -> str:
        """Find counterparties, items, documents, metrics and relations by words. Returns candidates with scores; `pick` is set only when one is certain."""
        return await analyst.find(text, kind)

    async def describe(
        name: Annotated[
            str, Field(description="relation, metric, prompt or topic; empty: all names by topic; 'freshness'")
        ] = "",
        full: Annotated[bool, Field(description="everything known, sample rows")] = False,
        untrusted: Annotated[bool, Field(description="sample untrusted text too")] = False,
    ) -> str:
        """Card of a relation or metric: meaning, columns, units, how to call it. Use before `query`."""
        return await analyst.describe(name, full=full, untrusted=untrusted)

    async def metric(
        name: Annotated[str, Field(description="metric id, see find or describe")],
        arguments: Annotated[
            dict[str, Any] | None,
            Field(description='e.g. {"counterparty":"cp_12","period":"2025-Q4"}'),
        ] = None,
        rows: Annotated[int, Field(ge=0, description="to show, 0: the first few")] = 0,
    ) -> str:
        """A certified number with its definition and receipt: prefer it to `query`. Counterparty: id, BIN or name. as_of defaults to the snapshot's day."""
        return await analyst.metric(name, arguments or {}, rows)

    async def query(
        sql: Annotated[
            str,
            Field(description="DuckDB SQL over published relations: SELECT * FROM ar_open(DATE '2026-01-31')"),
        ],
        rows: Annotated[int, Field(ge=0, description="to show, 0: 200")] = 0,
    ) -> str:
        """One read-only SELECT when no metric fits: 10 s, 200 rows (2000 if asked). `warn`: why it may be wrong."""
        return await analyst.query(sql, rows)

    async def explain(
        receipt: Annotated[str, Field(description="R-… of an answer")],
        part: Annotated[str, Field(description="column whose documents to list")] = "",
        rows: Annotated[int, Field(description="to show, 0: 10")] = 0,
        start: Annotated[int, Field(description="to pass over")] = 0,
    ) -> str:
        """What stands behind an answer: definition, SQL, the number made again, and the documents that add up to it."""
        return await analyst.explain(receipt, part, rows, start)

    return [
        _tool(find, "Find"),
        _tool(describe, "Describe"),
        _tool(metric, "Certified metric"),
        _tool(query, "Guarded SQL"),
        _tool(explain, "Explain"),
    ]
