"""A request's address: the resource path in segments, and the query options as 1C reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from sync.standins.onec.refusal import bad_option, bad_path, bad_value, unknown_option

KNOWN = (
    "$format",
    "$top",
    "$skip",
    "$orderby",
    "$select",
    "$filter",
    "$inlinecount",
    "$expand",
    "allowedOnly",
    "$allowedOnly",
)
ARGUMENT = re.compile(
    r"\s*(?:(?P<name>\w+)=)?(?:guid'(?P<guid>[0-9a-fA-F-]{36})'|datetime'(?P<datetime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)'"
    r"|'(?P<string>(?:[^']|'')*)'|(?P<bare>-?\w+(?:\.\d+)?))\s*(?:,|$)"
)
SEGMENT_LIMIT = 260


@dataclass(frozen=True, slots=True)
class Segment:
    """A step of the path. `arguments` is None without parentheses; an unnamed argument has the name ""."""

    name: str
    arguments: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """The query options, checked for form; `params` are a virtual table's own, given the query way."""

    top: int | None = None
    skip: int = 0
    order: tuple[tuple[str, bool], ...] = ()  # (path, descending)
    select: tuple[str, ...] = ()
    filter: str = ""
    expand: tuple[str, ...] = ()
    count: bool = False
    allowed_only: bool = False
    format: str = ""  # "" (Atom) | json | nometadata
    params: tuple[tuple[str, str], ...] = ()


def too_long(path: str) -> bool:
    """Say whether the web server in front refuses the address: it counts characters of one segment."""
    return any(len(unquote(part)) > SEGMENT_LIMIT for part in path.split("/"))


def segments(path: str) -> list[Segment]:
    """Read the path after the service root, still percent-encoded."""
    return [_segment(unquote(part)) for part in path.split("/") if part]


def _segment(text: str) -> Segment:
    name, bracket, rest = text.partition("(")
    if not bracket:
        return Segment(name)
    if not rest.endswith(")"):
        raise bad_path(text)
    return Segment(name, arguments(rest[:-1], text))


def arguments(text: str, whole: str) -> dict[str, str]:
    """Read `guid'…'` or `Name=value,Name=value`; quotes inside strings come doubled."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        match = ARGUMENT.match(text, at)
        if match is None:
            raise bad_path(whole)
        value = next(v for k, v in match.groupdict().items() if k != "name" and v is not None)
        if match["guid"]:
            value = value.lower()
        found[match["name"] or ""] = value.replace("''", "'")
        at = match.end()
    return found


def options(query: str, accept: str, params: tuple[str, ...] = ()) -> Options:
    """Read the query string, still percent-encoded; `+` stays a plus, it is no space here.

    params: names of the virtual table's parameters, which may stand among the options.
    Raises: RefusalError 400/0 for an option 1C does not know, 400/4 for a value it cannot read.
    """
    given: dict[str, str] = {}
    own: list[tuple[str, str]] = []
    for part in query.split("&"):
        if not part:
            continue
        name, _, value = part.partition("=")
        name, value = unquote(name), unquote(value)
        if name in params:
            own.append((name, next(iter(arguments(value, value).values()), "")))
        elif name in KNOWN:
            given[name] = value
        else:
            raise unknown_option(name)
    return Options(
        top=_whole("$top", given["$top"]) if "$top" in given else None,
        skip=_whole("$skip", given.get("$skip", "0")),
        order=_order(given.get("$orderby", "")),
        select=tuple(s.strip() for s in given.get("$select", "").split(",") if s.strip()),
        filter=given.get("$filter", ""),
        expand=tuple(s.strip() for s in given.get("$expand", "").split(",") if s.strip()),
        count=_count(given.get("$inlinecount", "none")),
        allowed_only="true" in (given.get("allowedOnly"), given.get("$allowedOnly")),
        format=format_of(query, accept),
        params=tuple(own),
    )


def _whole(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise bad_value(name, value)
    return int(value)


def _count(value: str) -> bool:
    if value not in ("allpages", "none"):
        raise bad_value("$inlinecount", value)
    return value == "allpages"


def _order(text: str) -> tuple[tuple[str, bool], ...]:
    found: list[tuple[str, bool]] = []
    for part in filter(None, (p.strip() for p in text.split(","))):
        path, _, direction = part.partition(" ")
        if direction.strip() not in ("", "asc", "desc") or "+" in part:
            raise bad_option("$orderby", text)
        found.append((path, direction.strip() == "desc"))
    return tuple(found)


def format_of(query: str, accept: str) -> str:
    """Return json, nometadata, or "" for Atom, which is what comes unless JSON is asked for."""
    parts = (unquote(part) for part in query.split("&"))
    asked = next((part.removeprefix("$format=") for part in parts if part.startswith("$format=")), accept)
    if "nometadata" in asked:
        return "nometadata"
    return "json" if "json" in asked else ""
