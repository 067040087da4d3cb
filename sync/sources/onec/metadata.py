"""$metadata: which sets, properties and virtual tables a base publishes, and whether that is what is declared here.

A real document has 3–17 MB and thousands of types, so it is walked, not built. Only names count: 1C leaves out most enums.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from sync.errors import SourceChanged, SourceRefused, SourceUnavailable
from sync.sources.onec.tables import LEDGER, OPTIONAL, RESERVE, RESERVE_BALANCE, SETS, SUPPLY, VIRTUAL, EntitySet
from sync.table import Table

SOURCE = "onec"
CHART, PARTIES, TAX_ID = "ChartOfAccounts_Типовой", "Catalog_Контрагенты", "ИдентификационныйКодЛичности"
PUBLISH = (
    "Publish them in 1C: run УстановитьСоставСтандартногоИнтерфейсаOData with these objects added "
    "(Администрирование — Настройка состава стандартного интерфейса OData), then run again"
)
# A set of each configuration that no other one has, for a clear refusal.
OTHERS = {
    "ChartOfAccounts_Хозрасчетный": "«Бухгалтерия предприятия 3.0» (Russia) or a configuration with its chart of accounts",
    "Document_ЗаказКлиента": "«Управление торговлей 11» or ERP",
    "Document_РасходнаяНакладная": "«Управление нашей фирмой»",
}
READ = ("EntityType", "ComplexType", "EntitySet", "FunctionImport")
PASSED = ("Association", "EnumType")  # thousands of them: seen only to be forgotten


@dataclass(frozen=True, slots=True)
class Function:
    """A virtual table: the names of its parameters and of the type of its rows."""

    parameters: frozenset[str]
    rows: str


@dataclass(frozen=True, slots=True)
class Published:
    """What a base shows: entity sets, for each type its properties (name to EDM type), virtual tables by (register, name)."""

    sets: set[str] = field(default_factory=set)
    types: dict[str, Mapping[str, str]] = field(default_factory=dict)
    functions: dict[tuple[str, str], Function] = field(default_factory=dict)


def read(body: bytes) -> Published:
    """Walk a $metadata document. Raises SourceUnavailable if it is not whole XML, SourceRefused if it carries a DTD."""
    # Anywhere in the document, and in no encoding that would hide it: attributes expand entities whatever the parser is told.
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body or b"\0" in body[:200]:
        raise SourceRefused(
            SOURCE,
            "$metadata carries a document type definition, which 1C never sends",
            "Check the address in the settings",
        )
    published = Published()
    try:
        for name, element in _elements(body):
            _note(published, name, element)
    except etree.XMLSyntaxError as broken:
        raise SourceUnavailable(SOURCE, f"$metadata is not whole XML: {broken}") from broken
    return published


def check(published: Published) -> frozenset[str]:
    """Hold what is published against what is declared; the paths of optional sets that are not published.

    Raises:  SourceRefused: another configuration, or a set or virtual table is not published (all of them are named).
             SourceChanged: a published set lacks a declared property.
    """
    parties = published.types.get(PARTIES, {})
    if not ({CHART, LEDGER} & published.sets or TAX_ID in parties):
        other = next((what for name, what in OTHERS.items() if name in published.sets), None)
        found = (
            f"This looks like {other}"
            if other
            else f"{len(published.sets)} sets are published, none tells which configuration this is"
        )
        raise SourceRefused(
            SOURCE, f"«Бухгалтерия для Казахстана 3.0» is not recognised. {found}",
            f"Only that configuration is read; if it is the right base, {PUBLISH[0].lower()}{PUBLISH[1:]}",
        )  # fmt: skip
    wanted = [s.table.path for s in SETS] + [LEDGER]
    absent = frozenset(s.table.path for s in SETS if s.optional and s.table.path not in published.sets)
    missing = [name for name in wanted if name not in published.sets and name not in absent]
    missing += [t.path for t in VIRTUAL if LEDGER not in missing and _virtual(t) not in published.functions]
    if missing:
        raise SourceRefused(SOURCE, f"Not published over OData: {', '.join(missing)}", PUBLISH)
    there = parts(published)
    for entity_set in (*SETS, *(s for s in OPTIONAL if s.table.part in there)):
        if entity_set.table.path in absent:
            continue
        sections = tuple(s.path for s in entity_set.sections)
        own = (
            *entity_set.key,
            *(["DataVersion"] if entity_set.versioned else []),
            *entity_set.table.columns,
            *sections,
        )
        _hold(entity_set.table, own, published.types.get(entity_set.table.path, {}))
        for section in entity_set.sections:
            row_type = f"{entity_set.table.path}_{section.path}_RowType"
            if row_type in published.types:
                _hold(section, tuple(section.columns), published.types[row_type])
    for table in VIRTUAL:
        rows = published.types.get(published.functions[_virtual(table)].rows)
        if rows:
            _hold(table, tuple(c for c in table.columns if c not in {"as_of", "month"}), rows)
    return absent


def parts(published: Published) -> frozenset[str]:
    """The parts of which this base publishes every set: a plan of half the registers would promise what is not there."""

    def whole(sets: Sequence[EntitySet]) -> bool:
        return all(s.table.path in published.sets for s in sets)

    names = {s.table.part for s in OPTIONAL}
    found = {name for name in names if whole([s for s in OPTIONAL if s.table.part == name])}
    # Without its balance there is nothing to hold the reservations against.
    if RESERVE not in published.sets or _virtual(RESERVE_BALANCE) not in published.functions:
        found.discard(SUPPLY)
    return frozenset(found)


def _virtual(table: Table) -> tuple[str, str]:
    register, _, function = table.path.partition("/")
    return register, function


def _hold(table: Table, names: Sequence[str], properties: Mapping[str, str]) -> None:
    for name in names:
        if name not in properties and name not in table.lacking:
            raise SourceChanged(SOURCE, table.name, name, f"{table.path} has no property {name} in $metadata")


def _elements(body: bytes) -> Iterator[tuple[str, etree._Element]]:
    """Types, sets and functions, each whole; forgotten after its turn, so that memory stays flat."""
    walk = etree.iterparse(
        BytesIO(body),
        events=("end",),
        tag=tuple(f"{{*}}{name}" for name in (*READ, *PASSED)),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
    )
    for _, element in walk:
        name = etree.QName(element).localname
        if name in READ:
            yield name, element
        element.clear()


def _note(published: Published, name: str, element: etree._Element) -> None:
    own = element.get("Name", "")
    if name == "EntitySet":
        published.sets.add(own)
    elif name == "FunctionImport":
        parameters = {p.get("Name", ""): p.get("Type", "") for p in element.iterchildren("{*}Parameter")}
        register = _bare(parameters.pop("bindingParameter", ""))
        published.functions[register, own] = Function(frozenset(parameters), _bare(element.get("ReturnType", "")))
    else:
        children = element.iterchildren("{*}Property")
        published.types[own] = {p.get("Name", ""): p.get("Type", "") for p in children}


def _bare(type_name: str) -> str:
    """Collection(StandardODATA.X) and StandardODATA.X to X."""
    return type_name.removeprefix("Collection(").removesuffix(")").removeprefix("StandardODATA.")
