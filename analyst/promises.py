"""What this product promises about its safety: one id, one sentence, the layers that hold it, and where it is tried.

Layers: guard (the walk over the engine's parse), connection (read-only and locked), file (holds nothing that is hidden), worker (bounded
process, killed when late), server (what a host talks to), sync (what writes the mirror).
A test carries the promises that it holds as a marker, `@pytest.mark.promise("guard.one_statement")`; docs/security.md lists both.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

AREAS = ("guard", "worker", "file", "result", "state", "errors", "audit", "access", "sync")
LAYERS = ("guard", "connection", "file", "worker", "server", "sync")
START = "<!-- promises: written by analyst security --write -->"
END = "<!-- promises end -->"


@dataclass(frozen=True, slots=True)
class Promise:
    """layers: each holds it alone. topics: files of the corpus that try it. measured: selfcheck looks at it besides."""

    id: str
    text: str
    layers: tuple[str, ...]
    topics: tuple[str, ...] = ()
    measured: bool = False

    @property
    def area(self) -> str:
        """The part of the product it is about."""
        return self.id.partition(".")[0]


def _promise(name: str, text: str, layers: str, topics: str = "", *, measured: bool = False) -> Promise:
    return Promise(name, text, tuple(layers.split()), tuple(topics.split()), measured)


PROMISES: tuple[Promise, ...] = (
    _promise("guard.length", "A statement longer than 20,000 characters does not reach the parser.", "guard", "exhaustion_parser"),
    _promise("guard.characters", "A statement with NUL or with half a code pair does not reach the parser.", "guard", "unicode_comments"),
    _promise("guard.depth", "Brackets nested deeper than 64 do not reach the parser.", "guard", "exhaustion_parser"),
    _promise("guard.one_statement", "One statement runs at a time; a second one behind it is refused with the first.", "guard", "stacked"),
    _promise(
        "guard.only_select",
        "Only SELECT runs: nothing writes, defines, sets, attaches, installs, copies, prepares or begins.",
        "guard connection",
        "write file_write settings attach_network state",
    ),
    _promise("guard.describe", "DESCRIBE, SUMMARIZE and SHOW do not reach the engine; the tool describe answers instead.", "guard", "statistics"),
    _promise("guard.node_kinds", "A part of the parse whose kind is not on the guard's list is refused.", "guard", "dynamic_sql"),
    _promise("guard.own_files", "A link in the extension folder is not followed, and a definition holds no character that cannot be seen.", "server sync"),
    _promise("guard.own_metrics", "A company's own metric passes the guard like any statement, and takes no shipped name.", "guard"),
    _promise("guard.pivot_values", "PIVOT names its values; one that would read them from a type is refused.", "guard"),
    _promise("guard.cte_names", "A CTE of a caller may not take the name of a published relation.", "guard", "cte_scope"),
    _promise("guard.cte_scope", "A CTE's name stands for it only after it, and inside it only in the recursive arm.", "guard", "cte_scope"),
    _promise("guard.moment", "A relation is read as it stands in the snapshot, at no other moment.", "guard", "hidden_columns"),
    _promise(
        "guard.relations",
        "FROM names published relations only: no path, address, catalog table, other schema or the serving file itself.",
        "guard connection file",
        "catalog file_read own_file attach_network hidden_columns",
    ),
    _promise(
        "guard.table_functions",
        "Table functions are our own macros and unnest, range, generate_series.",
        "guard connection",
        "dynamic_sql own_file file_read statistics",
    ),
    _promise("guard.macro_arguments", "A macro gets as many arguments as it declares, of the types that it declares.", "guard"),
    _promise(
        "guard.macro_scope",
        "No name in a macro's argument is one that the macro's body would take for its own: it would be another number.",
        "guard",
        "cte_scope",
    ),
    _promise("guard.macro_chance", "A macro's argument holds nothing drawn by lot: it would be drawn again in each place of the body.", "guard"),
    _promise(
        "guard.functions",
        "Functions are those of a frozen list, examined one by one for the exact engine version.",
        "guard",
        "dynamic_sql settings statistics exhaustion_memory",
    ),
    _promise(
        "guard.sizes",
        "A function whose argument says how large its result is gets that argument as a small literal.",
        "guard",
        "exhaustion_memory",
    ),
    _promise("guard.function_paths", "A function is called by its plain name, so that no other schema's can stand for it.", "guard"),
    _promise("guard.telling_names", "A name that the engine turns into user, database or schema is refused.", "guard", "catalog"),
    _promise("guard.structures", "A structure of types given as text is a literal and names types of the guard's list only.", "guard", "dynamic_sql"),
    _promise("guard.types", "A cast names a type of the engine's own that is on the list.", "guard"),
    _promise("guard.parameters", "A caller's statement has no parameters; certified metrics bind theirs with types.", "guard"),
    _promise("guard.engine", "An engine version whose functions were never examined is not served.", "guard"),
    _promise(
        "guard.disguise",
        "Case, comments, quotes, spaces, look-alike letters and nesting do not change the verdict.",
        "guard",
        "unicode_comments",
    ),
    _promise("guard.honest_sql", "What an analyst writes over published relations runs.", "guard", measured=True),
    _promise(
        "worker.locked",
        "Without the guard too, the connection writes nothing, reads no other file, reaches no network and keeps its settings.",
        "connection",
    ),
    _promise(
        "worker.time",
        "Every statement ends within its time limit and one second.",
        "worker",
        "exhaustion_cpu exhaustion_memory exhaustion_output exhaustion_parser",
    ),
    _promise("worker.memory", "A statement that needs more memory than allowed ends; the process is bounded by the system.", "worker", "exhaustion_memory"),
    _promise("worker.limits", "The worker can write no file, dump no core, and take no more address space and CPU time than set.", "worker"),
    _promise("worker.environment", "The worker gets nothing of the server's environment but what an interpreter needs.", "worker"),
    _promise("worker.cancelled", "A question that the client gives up ends its worker.", "worker server"),
    _promise("worker.replaced", "A worker that died or was killed is never met by the next question.", "worker", measured=True),
    _promise("worker.slots", "No more statements run at a time than there are slots; the queue before them is bounded, and says when to ask again.", "worker server"),
    _promise("worker.together", "What all workers hold in memory together stays under one limit, where the system tells it.", "server"),
    _promise("worker.apart", "The server process itself loads neither the engine nor the file.", "server"),
    _promise(
        "file.published_only",
        "The serving file holds the schema main with the relations, columns and macros of its catalog, and nothing else.",
        "file",
        "hidden_columns",
        measured=True,
    ),
    _promise("file.no_source_keys", "No column holds keys (GUIDs) of a source.", "file", measured=True),
    _promise("file.no_credentials", "No column is named like a credential or holds what has the form of one.", "file", measured=True),
    _promise("file.no_freed_blocks", "The file has no freed blocks, in which deleted rows could remain.", "file", measured=True),
    _promise("file.as_published", "The file's SHA-256 is the one that CURRENT names, after any statement too.", "file connection", measured=True),
    _promise("result.bounded", "An answer keeps its limits of rows, bytes, cell size and columns.", "worker", "exhaustion_output", measured=True),
    _promise("result.marked", "What is cut is said, with the number of all rows; cut rows never look like no rows, and what was drawn by lot says so.", "worker"),
    _promise("result.exact", "Money, whole numbers, dates, spans of time and bytes are told exactly.", "worker"),
    _promise("result.untrusted", "Text from outside is named as untrusted, without hidden characters, and absent from samples.", "worker server"),
    _promise("result.known_days", "A number about days before the mirror begins or after it ends says so; a day is told only where it counts.", "server"),
    _promise("result.same_good", "A good of another size is never answered for the one that was asked for.", "server"),
    _promise("result.no_formula", "No cell of text in a csv file begins a formula or a row.", "server"),
    _promise("result.answered", "A request that holds half a surrogate is answered like any other.", "server"),
    _promise("state.nothing_kept", "Nothing that one question does is seen by the next.", "guard connection worker", "state settings", measured=True),
    _promise("state.one_snapshot", "An answer comes from one snapshot, whatever is published meanwhile.", "file server"),
    _promise(
        "state.kept",
        "An answer is given again only for the same text, size and values on the same snapshot, and never where a lot or the clock decides it.",
        "server",
    ),
    _promise("errors.no_values", "An error holds no value of a cell.", "worker", "error_values", measured=True),
    _promise("errors.no_paths", "An error holds no path of the host and no name that the engine suggests.", "worker server", measured=True),
    _promise("errors.short", "An error says what, why, near and fix, in 480 bytes at most.", "server", measured=True),
    _promise("errors.fix_runs", "A statement that an error offers as its fix runs.", "server", measured=True),
    _promise("audit.everything", "Every question is recorded, whether answered, refused, failed or cancelled.", "server", measured=True),
    _promise("audit.chain", "A record that was changed, moved, broken or taken from between others breaks the chain.", "server", measured=True),
    _promise("audit.receipts", "A receipt gives its number again on the snapshot that it names, to the role that got it, or says why it cannot.", "server"),
    _promise("audit.bounded", "One question cannot fill the log: of arguments beyond 64,000 characters the start, the length and the hash are kept.", "server"),
    _promise("audit.outlives", "A record has left the server before its answer does: a server that is killed keeps them all; a power cut may not.", "server"),
    _promise("audit.or_nothing", "Nothing is answered that cannot be recorded.", "server"),
    _promise("access.role", "A role is answered from its own file; a role without one gets nothing.", "server file"),
    _promise("access.settings", "Settings are read whole, or the one that is unknown or wrong is named and nothing starts.", "server"),
    _promise("sync.secrets_not_in_mirror", "Credentials of the sources are in no file of the data folder.", "sync"),
    _promise("sync.secrets_not_in_logs", "Credentials are in no log line, by name, by form or by value.", "sync"),
    _promise("sync.secrets_not_in_errors", "Credentials are in no message, also when the source echoes them.", "sync"),
    _promise("sync.plain_files", "XML from the inbox expands no entity and reads nothing outside its own file.", "sync"),
    _promise("sync.no_contacts", "Phones and mail addresses are never asked of the CRM.", "sync"),
    _promise(
        "sync.own_relations",
        "A company's own relation is made of published ones by functions of their arguments alone, in limited time; it reaches no file, "
        "takes no shipped name, and its text stays marked.",
        "sync file",
    ),
    _promise("sync.published_whole", "A snapshot is published whole and checked, or the one before it stays.", "sync"),
)  # fmt: skip

BY_ID: Mapping[str, Promise] = {promise.id: promise for promise in PROMISES}


def _marked(node: ast.AST) -> Iterator[str]:
    """Promise ids in the markers below a node: `pytest.mark.promise("a", "b")`."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.promise":
            for argument in call.args:
                yield from (str(c.value) for c in ast.walk(argument) if isinstance(c, ast.Constant))


def named_by_tests(tests: Path) -> dict[str, list[str]]:
    """For each id that a test carries, the tests as `folder/file.py::name`, sorted; a whole module's marker gives the file alone."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted(tests.rglob("test_*.py")):
        place = path.relative_to(tests).as_posix()
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for name in (n for decorator in node.decorator_list for n in _marked(decorator)):
                    found[name].add(f"{place}::{node.name}")
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
                for name in _marked(node.value):
                    found[name].add(place)
    return {name: sorted(places) for name, places in found.items()}


def table(tests: Mapping[str, Sequence[str]]) -> str:
    """The generated part of docs/security.md: every promise by area, with its layers, what selfcheck does about it, and its tests."""
    lines = [START]
    for area in AREAS:
        lines.append(f"\n### {area}\n")
        for promise in (p for p in PROMISES if p.area == area):
            lines.append(f"**`{promise.id}`** {promise.text}  ")
            tried = [*promise.topics, *(["measured"] if promise.measured else [])]
            shown = f"; `analyst selfcheck`: {', '.join(tried)}" if tried else ""
            lines.append(f"Held by {', '.join(promise.layers)}{shown}. Tests:\n")
            lines += [f"- `tests/{place}`" for place in tests.get(promise.id, ())]
            lines.append("")
    return "\n".join([*lines, END])


def page(text: str, tests: Path) -> str:
    """The page with its generated part renewed; the rest stays as it is. Raises ValueError when the page has no place for it."""
    head, start, rest = text.partition(START)
    _, end, tail = rest.partition(END)
    if not start or not end:
        raise ValueError(f"it has no lines {START} and {END}")
    return head + table(named_by_tests(tests)) + tail
