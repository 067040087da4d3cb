"""What an engine's error may say to a caller: its kind and real names, never a value, a path or a suggestion from the engine's own catalog."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from analyst import concepts, guess, lexer, mend
from analyst.calls import told as takes
from analyst.catalog import Catalog, Relation
from analyst.errors import AnalystError, OutOfBudget, QueryFailed, Refused

if TYPE_CHECKING:
    import duckdb

_COLUMN = re.compile(
    r'(?:[Cc]olumn|alias)(?: named)? (?:"([^"\n]{1,60})"|([\w.]{1,60})) (?:not found|does not exist|must appear|referenced that exists)|does not have a column named "([^"\n]{1,60})"|Alias with name "+([^"\n]{1,60})"+ exists'
)
_TYPES = re.compile(r"argument types '([^'\n]{1,80})'")
_MACRO = re.compile(r"Macro (\w{1,60})\(\) does not support")
_TOKEN = re.compile(r"near '(.{1,40}?)'", re.DOTALL)
_TABLE = re.compile(r'Referenced table "(\w{1,60})" not found')

# Errors met while rows are read: their text can hold a value of a cell, so none of it is passed on.
_AT_RUN_TIME = {
    "ConversionException": "a value does not convert to the type asked for: TRY_CAST gives NULL instead",
    "OutOfRangeException": "a number left the range of its type: cast to DECIMAL(38,2) or DOUBLE first",
    "InvalidInputException": "an argument has a value that its function does not take: TRY(…) around the call gives NULL",
    "InvalidTypeException": "two types do not fit together: cast one side",
    "TypeMismatchException": "two types do not fit together: cast one side",
    "OverflowError": "a value is out of the range that can be shown: cast it to VARCHAR",
    "ValueError": "a value is out of the range that can be shown: cast it to VARCHAR",
    "UnicodeDecodeError": "a value does not convert to the type asked for: TRY_CAST gives NULL instead",
}
_SEVERAL = "a subquery gives several rows where one value stands: IN (…) takes them all"
# Errors of names and types, met before any row is read: only their text is the statement's own.
_KINDS = {
    "ParserException": "not valid SQL",
    "BinderException": "the names or types do not fit",
    "CatalogException": "a name is not known",
}
# After these the engine or the process is not what it was; no question may meet it again.
_MEMORY = ("OutOfMemoryException", "MemoryError")
ROOM = 150  # letters of columns that an error lists
MENDABLE = 2000  # characters of a statement that is worth mending
_FATAL = (*_MEMORY, "InternalException", "InternalError", "FatalException")


def fatal(error: BaseException) -> bool:
    """Whether the process must end after this error."""
    return any(kind.__name__ in _FATAL for kind in type(error).__mro__)


def short_of_memory(error: BaseException) -> bool:
    """Whether the same statement may do in a process with fresh memory and cells that are cut earlier."""
    return type(error).__name__ in _MEMORY


def _spent(error: BaseException) -> str | None:
    """Why it ran out of what one statement may use; None when something else was wrong."""
    if short_of_memory(error):
        return "it needs more memory than one statement may use: filter or aggregate earlier, sort and join fewer rows"
    if fatal(error):
        return "the engine gave it up: write it another way"
    if type(error).__name__ == "InterruptException" or "max_execution_time" in str(error):
        return "it runs longer than one statement may: narrow the dates or aggregate first"
    return None


@dataclass(frozen=True, slots=True)
class Told:
    """The caller's version of an error, and statements that may be what was meant, likeliest first; none of them is checked.

    instead: another question over the same relation, when none of them runs.
    """

    error: AnalystError
    mends: Iterator[str]
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells errors about one statement over one catalog."""

    sql: str
    catalog: Catalog
    named: tuple[str, ...]
    as_of: str

    @property
    def example(self) -> str:
        """A statement over a relation that the caller named, or over any."""
        return self.catalog.example([n for n in self.named if n in self.catalog.relations], self.as_of)

    def told(self, error: duckdb.Error | MemoryError | ValueError | OverflowError) -> Told:
        """The caller's version of an error of the engine or of its client."""
        kind = type(error).__name__
        if (why := _spent(error)) is not None:
            return Told(OutOfBudget(why, fix=self.example), iter(()))
        if "More than one row returned by a subquery" in str(error):
            return Told(QueryFailed(_SEVERAL, fix=self.example), mend.listed(self.sql))
        if kind in _AT_RUN_TIME:
            return Told(QueryFailed(_AT_RUN_TIME[kind], fix=self.example), mend.translated(self.sql, run_time=True))
        if kind in _KINDS:
            return self._before_rows(kind, str(error).split("\nLINE ", 1)[0])
        if "unordered_map::at" in str(error):  # the engine's planner loses a CTE that a neighbour's column reaches into
            return Told(QueryFailed(self._beside(), fix=self._in_subquery()), iter(()))
        return Told(QueryFailed("the engine could not run it", fix=self.example), mend.translated(self.sql))

    def _macro(self) -> Relation | None:
        named = (self.catalog.relations[n] for n in self.named if n in self.catalog.macros)
        return next((relation for relation in named), None)

    def _beside(self) -> str:
        name = macro.name if (macro := self._macro()) else "a macro"
        return f"{name} cannot take a column of its neighbour in FROM: call it in a subquery of SELECT, once a row"

    def _in_subquery(self) -> str:
        """A macro asked for several days, in the form that runs."""
        if (macro := self._macro()) is None or not any(a.type.lower() == "date" for a in macro.args):
            return self.example
        call = macro.call(self.as_of).replace(f"DATE '{self.as_of}'", "each_day.day")
        days = f"SELECT unnest([DATE '{self.as_of}']) AS day"
        return f"SELECT each_day.day, (SELECT count(*) FROM {call}) FROM ({days}) AS each_day"

    def _before_rows(self, kind: str, text: str) -> Told:
        why, near, instead = _KINDS[kind], list[str](), ""
        mends: Iterable[str] = ()
        if column := _COLUMN.search(text):
            name = next(group for group in column.groups() if group).split(".")[-1]
            if "must appear in the GROUP BY" in text:
                why, mends = f"column {name} must be in GROUP BY or inside an aggregate", mend.grouped(self.sql)
            else:
                near = mend.columns(name, self._visible(), self.catalog)
                why, mends = f"there is no column {name}", mend.renamed(self.sql, name, self._alike(name, near))
                instead = self._columns(near)
        elif table := _TABLE.search(text):
            near = sorted(self.named)
            why, mends = f"there is no relation or alias {table[1]} in FROM", mend.renamed(self.sql, table[1], near)
        elif (macro := _MACRO.search(text)) and macro[1] in self.catalog.relations:
            why = f"{takes(self.catalog.relations[macro[1]])}; DATE minus INTERVAL is a TIMESTAMP, cast it with ::DATE"
            mends = mend.dated(self.sql, macro[1])
        elif "GROUP BY" in text or "aggregate" in text:
            why, mends = (
                "aggregates and columns do not fit: use GROUP BY ALL, and HAVING for aggregates",
                chain(mend.grouped(self.sql), mend.having(self.sql)),
            )
        elif types := _TYPES.search(text):
            why = f"no function fits {types[1]}: cast the arguments"
        return Told(QueryFailed(why, near=near, fix=self.example), chain(mends, mend.translated(self.sql)), instead)

    def _visible(self) -> frozenset[str]:
        names = (n for n in self.named if n in self.catalog.relations)
        return frozenset(c.name for n in names for c in self.catalog.relations[n].columns) or self.catalog.columns

    def _alike(self, name: str, near: list[str]) -> list[str]:
        """Those of the near columns that may be what a name means."""
        known = {
            c.name: c for n in self.named if n in self.catalog.relations for c in self.catalog.relations[n].columns
        }
        return [c for c in near if c not in known or concepts.alike(guess.plain(name), known[c])]

    def _columns(self, near: list[str]) -> str:
        """The columns that there are, those nearest first, as many as an error has room for."""
        relation = self.catalog.relations.get(self._read())
        if relation is None or relation.kind == "scalar":
            return ""
        names = list(dict.fromkeys([*(n for n in near if n in relation.trusted), *relation.trusted]))
        while len(", ".join(names)) > ROOM:
            names.pop()
        return f"SELECT {', '.join(names)} FROM {relation.call(self.as_of)} LIMIT 20"

    def _read(self) -> str:
        """The first relation after the outermost FROM; empty where there is none."""
        depth, words = 0, list[str]()
        for token in lexer.tokens(self.sql):
            depth += (token.text in "([{") - (token.text in ")]}") if token.kind == "mark" else 0
            words += [token.text.strip('"`').lower()] if depth == 0 and token.kind in ("word", "name") else []
        return next(iter(words[words.index("from") + 1 :]), "") if "from" in words else ""

    def _part(self, why: str) -> str:
        """The word for some of the counterparties that was taken for a relation; empty when it was no such word."""
        word = why.removeprefix("there is no relation ").rsplit(".", 1)[-1]
        meant = guess.relation(word, self.catalog)
        return word if meant is not None and meant.part else ""

    def refused(self, error: AnalystError) -> Told:
        """The same for a refusal of the guard and for text that is not SQL."""
        mends: Iterable[str] = ()
        if isinstance(error, Refused) and error.rule == "guard.relations" and (word := self._part(error.why)):
            why = f"{error.why}: cp holds all counterparties, and only some of them are {word}; join or filter it"
            error = Refused(why, near=error.near, fix=error.fix, rule=error.rule)
        if isinstance(error, Refused) and error.rule in (
            "guard.relations",
            "guard.table_functions",
            "guard.macro_arguments",
        ):
            last = re.search(
                r"^there is no (?:relation|table function) ([^ :]+)(?:$|: )|^(\w+) (?:takes|needs|is)", error.why
            )
            name = (last[1] or last[2]) if last else ""
            mends = mend.called(self.sql, name, error.near, self.catalog, self.as_of) if name else ()
            if "bare column" in error.why:
                mends = chain(mend.qualified(self.sql, name), mends)
        elif isinstance(error, Refused) and error.rule == "guard.functions":
            name = error.why.removeprefix("the function ").split(" ", 1)[0]
            again = mend.recalled(self.sql, name, error.near)
            return Told(error, chain(mend.translated(self.sql), again))
        elif isinstance(error, QueryFailed) and (token := _TOKEN.search(error.why)):
            return Told(
                error, chain(mend.translated(self.sql), mend.quoted(self.sql, token[1]), mend.renamed_alias(self.sql))
            )
        elif isinstance(error, Refused) and error.rule == "guard.describe":
            return Told(error, iter(()))
        return Told(error, chain(mends, mend.translated(self.sql)))
