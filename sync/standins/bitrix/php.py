"""PHP's reading of a query string, which is how a batch carries the parameters of its calls."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

_KEY = re.compile(r"\[([^\]]*)\]")


def parse_str(query: str) -> dict[str, Any]:
    """`a=1&b[]=2&c[>=d]=3` as {'a': '1', 'b': ['2'], 'c': {'>=d': '3'}}; every scalar stays text, as in PHP."""
    root: dict[str, Any] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        head, bracket, _ = name.partition("[")
        path = [head, *_KEY.findall(name[len(head) :])] if bracket else [head]
        node = root
        for step in path[:-1]:
            node = node.setdefault(_slot(node, step), {})
        node[_slot(node, path[-1])] = value
    return {key: _listed(value) for key, value in root.items()}


def _slot(node: dict[str, Any], step: str) -> str:
    """An empty bracket appends, as `[]` does in PHP."""
    return step or str(len(node))


def _listed(node: Any) -> Any:
    """Maps with the keys 0..n-1 are lists."""
    if not isinstance(node, dict):
        return node
    inner = {key: _listed(value) for key, value in node.items()}
    if inner and list(inner) == [str(i) for i in range(len(inner))]:
        return list(inner.values())
    return inner


def json_map(mapping: dict[str, Any]) -> dict[str, Any] | list[Any]:
    """A map as PHP's json_encode writes it: the empty one is `[]`."""
    return mapping or []
