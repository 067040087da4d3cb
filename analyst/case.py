"""One statement before the guard's rules: what they are given, what they may say, and what is known of a statement that passed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from analyst.catalog import Catalog
from analyst.taint import Marks
from analyst.tree import Tree


@dataclass(slots=True)
class Checked:
    """A statement that may run: its text without a closing semicolon, the relations and parameters that it names.

    marks: the names in it that stand for text from outside. drawn: another run may give other rows. lasting: at any other moment it
    has the same answer over the same data. cautions: why it may be wrong although it runs.
    """

    core: str
    relations: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    marks: Marks = field(default_factory=Marks)
    drawn: bool = False
    lasting: bool = False
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class No:
    """A rule's refusal: why, real names that are near, and something that runs (empty: any example)."""

    why: str
    near: tuple[str, ...] = ()
    fix: str = ""


@dataclass(slots=True)
class Case:
    """One statement before the rules. bound: names of parameters that have values; as_of: a date for examples."""

    catalog: Catalog
    functions: frozenset[str]
    as_of: str
    found: Checked
    bound: frozenset[str]
    tree: Tree = field(default_factory=Tree)

    def example(self, near: Iterable[str] = ()) -> str:
        """A statement that runs: over the first of these relations, or over any."""
        return self.catalog.example(near, self.as_of)


UNKNOWN = No("a part of the statement is not known to this guard")
