"""Rows as 1C writes them: light JSON, and Atom for those who did not ask for JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from sync.standins.company.model import EMPTY_REF
from sync.standins.onec.field import EXACT, EntitySet, Field, Section
from sync.standins.onec.refusal import RefusalError

Row = dict[str, Any]
JSON = "application/json;odata=minimalmetadata;charset=utf-8"
BARE_JSON = "application/json;odata=nometadata;charset=utf-8"
ATOM = "application/atom+xml;type=feed;charset=utf-8"
UNFILLED = ("", EMPTY_REF, None)
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
BARE = re.compile(f'"{EXACT}([-0-9.]+)"')
NAMESPACES = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" '
    'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"'
)


def kind(style: str) -> str:
    """Return the Content-Type of a JSON style."""
    return JSON if style == "json" else BARE_JSON


def render(fields: Sequence[Field], sections: Sequence[Section], record: Any) -> Row:
    """Return a record's wire values, sections as arrays of rows."""
    row = {f.name: f.get(record) for f in fields}
    for section in sections:
        getters = [(f.name, f.get) for f in section.fields]
        row[section.name] = [{name: get(r) for name, get in getters} for r in section.rows(record)]
    return row


def key_of(entity: EntitySet, row: Row) -> str:
    """Return the address of an entity below the service root: Catalog_X(guid'…')."""
    if entity.keys == ("Ref_Key",):
        return f"{entity.name}(guid'{row['Ref_Key']}')"
    parts = []
    for key in entity.keys:
        field = entity.field(key)
        edm = field.type if field else ""
        value = row[key]
        text = {"Edm.Guid": f"guid'{value}'", "Edm.DateTime": f"datetime'{value}'", "Edm.Int64": value}
        parts.append(f"{key}={text.get(edm, repr(value))}")
    return f"{entity.name}({','.join(parts)})"


def add_links(entity: EntitySet, rows: Sequence[Row]) -> None:
    """Add X@navigationLinkUrl to every row for every reference that is filled."""
    links = [(f.name, f.link, f"{f.link}@navigationLinkUrl") for f in entity.fields if f.link]
    for row in rows:
        address = key_of(entity, row)
        for name, link, mark in links:
            if row[name] not in UNFILLED:
                row[mark] = f"{address}/{link}"


def dumps(value: Any) -> bytes:
    """Return JSON text with exact decimals."""
    text = ENCODER.encode(value)
    return (BARE.sub(r"\1", text) if EXACT in text else text).encode()


def collection(root: str, name: str, rows: list[Row], count: int | None, *, metadata: bool) -> bytes:
    """Return a collection's JSON. `count` is what $inlinecount asked for, as text on the wire."""
    envelope: Row = {"odata.metadata": f"{root}$metadata#{name}"} if metadata else {}
    if count is not None:
        envelope["odata.count"] = str(count)
    return dumps(envelope | {"value": rows})


def element(root: str, name: str, row: Row, *, metadata: bool, turn: int) -> bytes:
    """Return one entity's JSON: no wrapper, and its fields in whatever order (`turn` moves it on)."""
    keys = list(row)
    shift = turn % max(1, len(keys))
    mixed = {k: row[k] for k in keys[shift:] + keys[:shift]}
    return dumps(({"odata.metadata": f"{root}$metadata#{name}/@Element"} if metadata else {}) | mixed)


def feed(root: str, name: str, entries: Iterable[tuple[str, Row]]) -> bytes:
    """Return a minimal Atom feed; scalars carry no type, only collections do."""
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed {NAMESPACES} xml:base="{escape(root)}"><id>{escape(root + name)}</id><title type="text">{name}</title>',
    ]
    for address, row in entries:
        parts.append(
            f'<entry><id>{escape(root + address)}</id><category term="StandardODATA.{name}" '
            'scheme="http://schemas.microsoft.com/ado/2007/08/dataservices/scheme"/><content type="application/xml">'
            f"<m:properties>{''.join(_property(name, k, v) for k, v in row.items())}</m:properties></content></entry>"
        )
    parts.append("</feed>")
    return "".join(parts).encode()


def _property(name: str, key: str, value: Any) -> str:
    if isinstance(value, list):
        row_type = f"StandardODATA.{name}_{key}_RowType"
        rows = "".join(
            f'<d:element m:type="{row_type}">{"".join(_property(name, k, v) for k, v in row.items())}</d:element>'
            for row in value
        )
        return f'<d:{key} m:type="Collection({row_type})">{rows}</d:{key}>'
    if value is None:
        return f'<d:{key} m:null="true"/>'
    text = str(value).lower() if isinstance(value, bool) else str(value).removeprefix(EXACT)
    return f"<d:{key}>{escape(text)}</d:{key}>"


def service_document(root: str, names: Sequence[str]) -> bytes:
    """Return the list of published sets as JSON."""
    sets = [{"name": name, "url": name} for name in names]
    return dumps({"odata.metadata": f"{root}$metadata", "value": sets})


def service_atom(root: str, names: Sequence[str]) -> bytes:
    """Return the list of published sets as an Atom service document."""
    sets = "".join(f'<collection href="{n}"><atom:title>{n}</atom:title></collection>' for n in names)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><service xmlns="http://www.w3.org/2007/app" '
        f'xmlns:atom="http://www.w3.org/2005/Atom" xml:base="{escape(root)}"><workspace>'
        f"<atom:title>Default</atom:title>{sets}</workspace></service>"
    ).encode()


def error_xml(error: RefusalError) -> bytes:
    """Return an error for those who did not ask for JSON."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<m:error xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">'
        f'<m:code>{error.code}</m:code><m:message xml:lang="ru">{escape(error.text)}</m:message></m:error>'
    ).encode()
