"""The shape of a statement before any parser sees it: brackets, length, trailing semicolon.

The engine's parser needs seconds for some nine-kilobyte strings of open brackets, so the depth is capped here first.
Where this reading and the engine's could differ, it counts more brackets rather than fewer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?<!\w)[eE]'(?:[^'\\]|\\.|'')*'
    | '(?:[^']|'')*'
    | "(?:[^"]|"")*"
    | \$(?P<tag>(?:[^\W\d]\w*)?)\$.*?\$(?P=tag)\$
    | --[^\n\r]*
    | /\*.*?\*/
    | [()\[\]{};]
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"(?:\s|--[^\n\r]*|/\*.*?\*/)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shape:
    """depth: deepest nesting of brackets. open: brackets left open. core: the text without a closing semicolon and what follows it."""

    depth: int
    open: int
    core: str


def measure(sql: str) -> Shape:
    """Read the shape of a text in one pass, linear in its length."""
    depth = deepest = 0
    end: int | None = None
    for token in _TOKEN.finditer(sql):
        first = token[0]
        if first in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif first in ")]}":
            depth = max(0, depth - 1)
        elif first == ";" and end is None and _COMMENT.fullmatch(sql, token.end()):
            end = token.start()
    return Shape(deepest, depth, sql[:end])
