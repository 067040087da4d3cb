"""What the portal answers to a call: its methods, over one state of the company."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timezone
from typing import Any

from sync.standins.bitrix import records
from sync.standins.bitrix.php import json_map, parse_str
from sync.standins.bitrix.query import Listed, Refusal, listed
from sync.standins.bitrix.records import Entity
from sync.standins.company.model import Company

BATCH_LIMIT = 50
_PARTS = ("result", "result_error", "result_total", "result_next", "result_time")
_STEP = re.compile(r"\[([^\]]+)\]")

Body = dict[str, Any]
Params = Mapping[str, Any]
Caller = Callable[[str, Params], Body]


class Portal:
    """The CRM as one employee's webhook sees it. zone: the portal's offset, in which it writes every moment."""

    def __init__(self, company: Company, zone: timezone) -> None:
        self.company = company
        self.zone = zone
        self.items = records.items(company)
        self._upper = {
            "crm.status.list": records.statuses(company),
            "crm.requisite.list": records.requisites(company),
            "crm.requisite.bankdetail.list": records.bank_details(company),
            "user.get": records.users(company),
        }

    def call(self, method: str, params: Params) -> Body:
        """`result`, `total` and `next` of one call, without the time block. Raises Refusal."""
        match method:
            case "crm.item.list":
                page = listed(self._entity(params), params, self.zone, as_text=False)
                return _body({"items": page.rows}, page)
            case "crm.item.fields":
                fields = self._entity(params).fields
                return {"result": {"fields": {name: _field(name, kind) for name, kind in fields.items()}}}
            case "crm.category.list":
                found = records.categories(self.company, int(params.get("entityTypeId") or 0))
                if found is None:
                    raise Refusal(400, "ENTITY_TYPE_NOT_SUPPORTED", "Entity type is not supported")
                return {"result": {"categories": found}, "total": len(found)}
            case "crm.status.list":
                return self._statuses(params)
            case _ if method in self._upper:
                wanted = {**params, "filter": params.get("filter", params.get("FILTER"))}
                if method == "user.get":  # here the order is a direction, and the field stands in `sort`
                    wanted["order"] = {str(params["sort"]): params.get("order", "ASC")} if params.get("sort") else {}
                page = listed(self._upper[method], wanted, self.zone, as_text=True)
                return _body(page.rows, page)
        raise Refusal(404, "ERROR_METHOD_NOT_FOUND", "Method not found!")

    def _entity(self, params: Params) -> Entity:
        try:
            return self.items[int(params["entityTypeId"])]
        except (KeyError, ValueError):
            raise Refusal(400, "NOT_FOUND", "Smart process not found") from None

    def _statuses(self, params: Params) -> Body:
        """The whole directory at once: this method knows no pages."""
        entity, rows, start = self._upper["crm.status.list"], [], 0
        while True:
            page = listed(entity, {**params, "select": None, "start": start}, self.zone, as_text=True)
            rows += page.rows
            if page.next is None:
                return {"result": rows, "total": page.total}
            start = page.next


def run_batch(params: Params, call: Caller, *, references: bool = True) -> Body:
    """`batch`: up to 50 calls; the reply is 200 whatever they say, and each empty map in it is `[]`.

    references: whether `$result[…]` in a call is replaced by what the calls before it gave.
    Raises: Refusal: for a batch that is too long. A batch inside a batch fails as one of its calls.
    """
    commands = params.get("cmd") or {}
    named = {str(n): text for n, text in enumerate(commands)} if isinstance(commands, list) else dict(commands)
    if len(named) > BATCH_LIMIT:
        raise Refusal(400, "ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded")
    parts: dict[str, dict[str, Any]] = {name: {} for name in _PARTS}
    for key, text in named.items():
        method, _, query = str(text).partition("?")
        try:
            given = parse_str(query)
            body = _unnested(method, _referred(given, parts["result"]) if references else given, call)
        except Refusal as refusal:
            parts["result_error"][key] = refusal.body()
            if str(params.get("halt") or "0") not in {"0", "false", "False"}:
                break
            continue
        for name in ("total", "next", "time"):
            if name in body:
                parts[f"result_{name}"][key] = body[name]
        parts["result"][key] = body["result"]
    return {"result": {name: json_map(part) for name, part in parts.items()}}


def _referred(value: Any, results: Body) -> Any:
    """Parameters with `$result[key][field]…` replaced by what earlier calls of the batch gave; nothing there is the empty text."""
    if isinstance(value, dict):
        return {key: _referred(one, results) for key, one in value.items()}
    if isinstance(value, list):
        return [_referred(one, results) for one in value]
    if not (isinstance(value, str) and value.startswith("$result[")):
        return value
    found: Any = results
    for step in _STEP.findall(value):
        if isinstance(found, list):
            found = found[int(step)] if step.isdigit() and int(step) < len(found) else None
        else:
            found = found.get(step) if isinstance(found, dict) else None
    return "" if found is None else str(found)


def _unnested(method: str, params: Params, call: Caller) -> Body:
    if method == "batch":
        raise Refusal(405, "ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage")
    return call(method, params)


def _body(result: object, page: Listed) -> Body:
    body: Body = {"result": result, "total": page.total}
    return body if page.next is None else {**body, "next": page.next}


def _field(name: str, kind: str) -> dict[str, object]:
    return {
        "type": kind,
        "isRequired": False,
        "isReadOnly": name in {"id", "createdTime", "updatedTime", "movedTime"},
        "isImmutable": False,
        "isMultiple": kind == "crm_multifield",
        "isDynamic": name.startswith("ufCrm"),
        "title": name,
    }
