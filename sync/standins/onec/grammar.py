"""The filter language of OData v3 as 1C understands it: text to a tree.

Not read, because 1C does not have them or nobody here asks: arithmetic, lambdas over sections, isof, round, dates
calculus, `length indexof replace tolower toupper trim floor ceiling contains` (these 1C refuses).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sync.standins.onec.refusal import bad_option, method_not_found

COMPARISONS = ("eq", "ne", "gt", "ge", "lt", "le")
FUNCTIONS = {"substringof": 2, "startswith": 2, "endswith": 2, "like": 2, "year": 1, "month": 1, "day": 1}

TOKEN = re.compile(
    r"""\s*(?:
      (?P<guid>guid'(?P<guid_value>[0-9a-fA-F-]{36})')
    | (?P<datetime>datetime'(?P<datetime_value>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)')
    | (?P<string>'(?P<string_value>(?:[^']|'')*)')
    | (?P<number>-?\d+(?:\.\d+)?)
    | (?P<word>[^\W\d]\w*(?:/\w+)*)
    | (?P<mark>[(),])
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Path:
    """A property, or a property of what it refers to: `Контрагент/Code`."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant. kind: guid | datetime | string | number | boolean | null | ref (value: guid, target: set)."""

    kind: str
    value: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the filter language."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """left op right."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Join:
    """`and` or `or` of two or more."""

    op: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """not part."""

    part: Node


Node = Path | Literal | Call | Compare | Join | Not


def parse(text: str, option: str = "$filter") -> Node:
    """Read a filter.

    Raises: RefusalError 400/14 when it is no filter, 400/11 for a function 1C does not have.
    """
    reader = _Reader(text, option)
    node = reader.either()
    if reader.kind:
        raise bad_option(option, text)
    return node


class _Reader:
    """Recursive descent over the tokens; `kind` and `value` are the token not yet taken."""

    def __init__(self, text: str, option: str) -> None:
        self.text = text
        self.option = option
        self.at = 0
        self.kind = ""
        self.value = ""
        self.take()

    def take(self) -> str:
        """Step to the next token; return the value of the one left behind."""
        taken = self.value
        if not self.text[self.at :].strip():
            self.kind = self.value = ""
            return taken
        found = TOKEN.match(self.text, self.at)
        if found is None:
            raise bad_option(self.option, self.text)
        kinds = ("guid", "datetime", "string", "number", "word", "mark")
        self.kind = next(k for k in kinds if found.group(k) is not None)
        inner = f"{self.kind}_value"
        self.value = found.group(inner) if inner in found.re.groupindex else found.group(self.kind)
        self.at = found.end()
        return taken

    def expect(self, mark: str) -> None:
        """Take a mark or refuse."""
        if (self.kind, self.value) != ("mark", mark):
            raise bad_option(self.option, self.text)
        self.take()

    def either(self) -> Node:
        """A or b."""
        return self._joined("or")

    def both(self) -> Node:
        """A and b."""
        return self._joined("and")

    def _joined(self, op: str) -> Node:
        read = self.both if op == "or" else self.negation
        parts = [read()]
        while self.kind == "word" and self.value == op:
            self.take()
            parts.append(read())
        return parts[0] if len(parts) == 1 else Join(op, tuple(parts))

    def negation(self) -> Node:
        """Not a, or a comparison."""
        if self.kind == "word" and self.value == "not":
            self.take()
            return Not(self.negation())
        left = self.operand()
        if self.kind == "word" and self.value in COMPARISONS:
            op = self.take()
            return Compare(op, left, self.operand())
        return left

    def operand(self) -> Node:
        """A constant, a path, a call, or a filter in parentheses."""
        if (self.kind, self.value) == ("mark", "("):
            self.take()
            node = self.either()
            self.expect(")")
            return node
        if self.kind in ("guid", "datetime", "number"):
            kind = self.kind
            return Literal(kind, self.take().lower() if kind == "guid" else self.take())
        if self.kind == "string":
            return Literal("string", self.take().replace("''", "'"))
        if self.kind != "word":
            raise bad_option(self.option, self.text)
        word = self.take()
        if (self.kind, self.value) == ("mark", "("):
            return self.call(word)
        if word in ("true", "false"):
            return Literal("boolean", word)
        return Literal("null", "") if word == "null" else Path(word)

    def call(self, name: str) -> Node:
        """name(a, b); a cast of a GUID becomes a typed reference."""
        self.take()
        arguments = [self.either()]
        while (self.kind, self.value) == ("mark", ","):
            self.take()
            arguments.append(self.either())
        self.expect(")")
        if name == "cast":
            match arguments:
                case [Literal("guid", key), Literal("string", target)]:
                    return Literal("ref", key, target.removeprefix("StandardODATA."))
            raise bad_option(self.option, self.text)
        if name not in FUNCTIONS:
            raise method_not_found(name)
        if len(arguments) != FUNCTIONS[name]:
            raise bad_option(self.option, self.text)
        return Call(name, tuple(arguments))
