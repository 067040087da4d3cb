"""What must change in a statement so that it becomes another: a few texts to replace, for a statement too long to be told whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from analyst import lexer

TOKENS = 1000  # of a statement that is compared
APART = (0, 4, 8)  # tokens between two changes that are told as one
LIST = 12  # letters that one more change is worth
GROWN = 12  # tokens that a change may take from its neighbours

Run = tuple[int, int, int, int]  # tokens of the one statement, and of the other


def flat(sql: str) -> str:
    """A statement in one line, without remarks; what is in quotes stays as it is."""
    runs = groupby(lexer.tokens(sql), key=lambda token: token.kind == "space")
    return "".join(" " if blank else "".join(t.text for t in run) for blank, run in runs).strip()


def applied(sql: str, changes: Mapping[str, str]) -> str:
    """The statement with every change made wherever its text stands, one after another."""
    for old, new in changes.items():
        sql = sql.replace(old, new)
    return sql


def changes(sql: str, mended: str) -> Mapping[str, str] | None:
    """Texts of `sql` and what stands for each, so that `applied` gives `mended` but for its spaces and remarks; None where there are none so few.

    A text is a run of whole tokens that stands in the statement only where it is meant.
    """
    tokens, others = list(lexer.tokens(sql)), list(lexer.tokens(mended))
    if max(len(tokens), len(others)) > TOKENS:
        return None
    old, new = [t.text for t in tokens], [t.text for t in others]
    one, other = ([" " if t.kind == "space" else t.text for t in side] for side in (tokens, others))
    runs = [
        (i, j, k, m)
        for kind, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        if kind != "equal" and ("".join(one[i:j]).strip() or "".join(other[k:m]).strip())
    ]
    ways = (_told(sql, mended, old, new, _together(runs, apart)) for apart in APART)
    return min(
        (way for way in ways if way),
        key=lambda way: sum(len(part) + LIST for part in (*way, *way.values())),
        default=None,
    )


def _together(runs: Sequence[Run], apart: int) -> list[Run]:
    """Runs that stand so many tokens apart as one."""
    made: list[Run] = []
    for run in runs:
        if made and run[0] - made[-1][1] <= apart:
            made[-1] = (made[-1][0], run[1], made[-1][2], run[3])
        else:
            made.append(run)
    return made


def _told(sql: str, mended: str, old: list[str], new: list[str], runs: Sequence[Run]) -> dict[str, str]:
    """What to replace for these runs; empty where that cannot be told apart from the rest of the statement."""
    found = [(i, j, "".join(new[k:m])) for i, j, k, m in runs]
    alike = Counter(("".join(old[i:j]), text) for i, j, text in found)
    made: dict[str, str] = {}
    for number, (start, end, text) in enumerate(found):
        told = "".join(old[start:end])
        if _says(told) and sql.count(told) == alike[told, text]:
            made[told] = text  # wherever it stands
            continue
        low = found[number - 1][1] if number else 0
        high = found[number + 1][0] if number + 1 < len(found) else len(old)
        grown = _grown(old, (start, end), (low, high), text, sql)
        if grown is None:
            return {}
        made[grown[0]] = grown[1]
    made = dict(sorted(made.items(), key=lambda item: -len(item[0])))
    return made if flat(applied(sql, made)) == flat(mended) else {}


def _says(text: str) -> bool:
    """Whether a reader can find a text: it has a letter or a digit."""
    return any(letter.isalnum() for letter in text)


def _grown(
    old: list[str], run: tuple[int, int], bounds: tuple[int, int], text: str, sql: str
) -> tuple[str, str] | None:
    """A change with as many tokens around it as make its text the only one of its kind."""
    start, end = run
    for step in range(GROWN):
        told = "".join(old[start:end])
        if _says(told) and sql.count(told) == 1:
            return told, text
        if step % 2 and start > bounds[0]:
            start, text = start - 1, old[start - 1] + text
        elif end < bounds[1]:
            end, text = end + 1, text + old[end]
        elif start > bounds[0]:
            start, text = start - 1, old[start - 1] + text
        else:
            return None
    return None
