"""`$metadata`: the EDMX document of the published sets, as OData v3 and as 1C writes it.

Associations are there and AssociationSets are not; a FunctionImport names no EntitySet, so its register is found
from the type of `bindingParameter`; the system enum AllowedLength is declared twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from sync.standins.onec.field import EntitySet, Field, Function, Section

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx">'
    '<edmx:DataServices xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" '
    'm:DataServiceVersion="3.0" m:MaxDataServiceVersion="3.0">'
    '<Schema xmlns="http://schemas.microsoft.com/ado/2009/11/edm" Namespace="StandardODATA">'
)
TAIL = "</Schema></edmx:DataServices></edmx:Edmx>"

SYSTEM_ENUMS = (
    ("AccountType", ("Active", "Passive", "ActivePassive")),
    ("AccountingRecordType", ("Debit", "Credit")),
    ("AccumulationRecordType", ("Receipt", "Expense")),
    ("AllowedSign", ("Any", "Nonnegative")),
    ("AllowedLength", ("Variable", "Fixed")),
    ("AllowedLength", ("Variable", "Fixed")),
    ("DateFractions", ("Date", "Time", "DateTime")),
)


def edmx(sets: Iterable[EntitySet]) -> bytes:
    """Return the document for these sets, in order."""
    published = list(sets)
    names = {s.name for s in published}
    associations: list[str] = []
    parts = [HEAD]
    for entity in published:
        parts.append(_entity_type(entity, names, associations))
        parts.extend(_row_type(section) for section in entity.sections)
        parts.extend(_result_type(entity, function) for function in entity.functions)
    parts.extend(associations)
    for name, values in SYSTEM_ENUMS:
        members = "".join(f'<Member Name="{v}" Value="{n}"/>' for n, v in enumerate(values))
        parts.append(f'<EnumType Name="{name}">{members}</EnumType>')
    parts.append('<EntityContainer Name="EnterpriseV8" m:IsDefaultEntityContainer="true">')
    parts.extend(f'<EntitySet Name="{e.name}" EntityType="StandardODATA.{e.name}"/>' for e in published)
    parts.extend(_import(entity, function) for entity in published for function in entity.functions)
    parts.append("</EntityContainer>")
    parts.append(TAIL)
    return "".join(parts).encode()


def _entity_type(entity: EntitySet, names: set[str], associations: list[str]) -> str:
    keys = "".join(f'<PropertyRef Name="{key}"/>' for key in entity.keys)
    properties = "".join(_property(f, f.name not in entity.keys) for f in entity.fields)
    properties += "".join(
        f'<Property Name="{s.name}" Type="Collection(StandardODATA.{s.row_type})" Nullable="false"/>'
        for s in entity.sections
    )
    links = ""
    for field in entity.fields:
        if field.to not in names:
            continue
        relationship = f"{entity.name}_{field.link}"
        links += (
            f'<NavigationProperty Name="{field.link}" Relationship="StandardODATA.{relationship}" '
            'FromRole="Begin" ToRole="End"/>'
        )
        associations.append(
            f'<Association Name="{relationship}"><End Role="Begin" Type="StandardODATA.{entity.name}" '
            f'Multiplicity="*"/><End Role="End" Type="StandardODATA.{field.to}" Multiplicity="0..1"/></Association>'
        )
    return f'<EntityType Name="{entity.name}" OpenType="true"><Key>{keys}</Key>{properties}{links}</EntityType>'


def _property(field: Field, nullable: bool) -> str:
    return f'<Property Name="{field.name}" Type="{field.type}" Nullable="{str(nullable).lower()}"/>'


def _row_type(section: Section) -> str:
    properties = "".join(_property(f, True) for f in section.fields)
    return f'<ComplexType Name="{section.row_type}">{properties}</ComplexType>'


def _result_name(entity: EntitySet, function: Function) -> str:
    singular = {"Turnovers": "Turnover", "BalanceAndTurnovers": "BalanceAndTurnover"}
    return f"{entity.name}_{singular.get(function.name, function.name)}"


def _result_type(entity: EntitySet, function: Function) -> str:
    if not function.fields:
        return ""
    properties = "".join(_property(f, True) for f in function.fields)
    return f'<ComplexType Name="{_result_name(entity, function)}">{properties}</ComplexType>'


def _import(entity: EntitySet, function: Function) -> str:
    result = _result_name(entity, function) if function.fields else entity.name
    params = "".join(f'<Parameter Name="{name}" Type="{kind}"/>' for name, kind in sorted(function.params))
    return (
        f'<FunctionImport Name="{function.name}" IsBindable="true" IsSideEffecting="false" '
        f'ReturnType="Collection(StandardODATA.{result})">'
        f'<Parameter Name="bindingParameter" Type="StandardODATA.{entity.name}"/>{params}</FunctionImport>'
    )
