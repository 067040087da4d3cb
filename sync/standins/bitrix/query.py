"""Filter, order, select and paging of list methods, with the refusals that real portals give."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timezone
from typing import Any

from sync.standins.bitrix.records import Entity, Money, Row, rendered

PAGE = 50
_OPERATIONS: tuple[tuple[str, Callable[[Any, Any], bool]], ...] = (  # longest prefix first
    (">=", operator.ge),
    ("<=", operator.le),
    (">", operator.gt),
    ("<", operator.lt),
    ("@", lambda value, wanted: value in wanted),
    ("!=", operator.ne),
    ("!", operator.ne),
    ("=", operator.eq),
    ("", operator.eq),
)
_INTEGERS = frozenset({"integer", "user", "crm_company", "crm_contact", "crm_category", "crm_lead", "crm_entity"})


class Refusal(Exception):
    """A call that the portal answers with an error body. `error` may be "" or 0, as in real replies."""

    def __init__(self, status: int, error: str | int, description: str) -> None:
        super().__init__(f"{status} {error}: {description}")
        self.status = status
        self.error = error
        self.description = description

    def body(self) -> dict[str, object]:
        """The JSON body of the reply."""
        return {"error": self.error, "error_description": self.description}


@dataclass(frozen=True, slots=True)
class Listed:
    """A page. total and next are None where the portal leaves them out."""

    rows: list[dict[str, object]]
    total: int
    next: int | None


def listed(entity: Entity, params: Mapping[str, Any], zone: timezone, *, as_text: bool) -> Listed:
    """Answer a list call. start -1: no count (total 0, no next), from the first row that the filter lets through.

    Raises: Refusal: for a field that cannot be filtered or ordered by, or a value that does not fit it.
    """
    rows = _ordered(entity, _filtered(entity, _mapping(params.get("filter"))), _mapping(params.get("order")))
    start = int(params.get("start") or 0)
    counted = start >= 0
    first = max(start, 0)
    page = rows[first : first + PAGE]
    left = first + PAGE < len(rows)
    wanted = _selected(entity, params.get("select"))
    chosen = [{name: value for name, value in row.items() if wanted is None or name in wanted} for row in page]
    shown = [{name: rendered(value, zone, as_text=as_text) for name, value in row.items()} for row in chosen]
    return Listed(shown, total=len(rows) if counted else 0, next=first + PAGE if counted and left else None)


def _mapping(value: object) -> dict[str, Any]:
    """PHP clients send `[]` for an empty map."""
    return value if isinstance(value, dict) else {}


def _selected(entity: Entity, select: object) -> set[str] | None:
    if not isinstance(select, list) or not select or "*" in select:
        return None
    return {name for name in select if name in entity.fields and name != "fm"}


def _filtered(entity: Entity, conditions: Mapping[str, Any]) -> list[Row]:
    rows = list(entity.rows)
    for key, raw in conditions.items():
        prefix, compare = next((p, op) for p, op in _OPERATIONS if key.startswith(p))
        name = key[len(prefix) :]
        kind = entity.fields.get(name)
        if kind is None or kind == "crm_multifield":
            raise Refusal(400, "INVALID_ARG_VALUE", f"Invalid filter: field '{name}' is not allowed in filter")
        try:
            wanted = [_typed(one, kind) for one in raw] if isinstance(raw, list) else _typed(raw, kind)
        except (ValueError, TypeError):
            raise Refusal(400, "INVALID_ARG_VALUE", f"Invalid filter: field '{name}' has invalid value") from None
        if isinstance(wanted, list):
            rows = [row for row in rows if row[name] in wanted]
        else:
            rows = [row for row in rows if row[name] is not None and compare(row[name], wanted)]
    return rows


def _typed(raw: object, kind: str) -> object:
    text = str(raw)
    if kind in _INTEGERS:
        return int(text)
    if kind == "double":
        whole, _, part = text.partition(".")
        return Money(int(whole) * 100 + int((part + "00")[:2]))
    if kind == "datetime":
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if kind == "date":
        return date.fromisoformat(text[:10])
    if kind == "boolean" and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    return text


def _ordered(entity: Entity, rows: list[Row], order: Mapping[str, Any]) -> list[Row]:
    for name, direction in reversed(list(order.items())):
        if name not in entity.fields:
            raise Refusal(400, "INVALID_ARG_VALUE", f"Invalid order: field '{name}' is not allowed in order")
        if str(direction).upper() not in {"ASC", "DESC"}:
            text = f"Invalid order: allowed sort directions are `ASC, DESC`. But got '{direction}' for field '{name}'"
            raise Refusal(400, "INVALID_ARG_VALUE", text)
        descending = str(direction).upper() == "DESC"
        rows = sorted(rows, key=lambda row: (row[name] is not None, row[name]), reverse=descending)
    return rows
