"""Statements to files."""

from __future__ import annotations

from pathlib import Path

from sync.standins.company.banking import Statement
from sync.standins.company.model import Company
from sync.standins.statements.kazakh import bcc, halyk, jusan, kaspi
from sync.standins.statements.russian import russian
from sync.standins.statements.sides import Sides

HANDS = {"ru": russian, "kaspi": kaspi, "halyk": halyk, "bcc": bcc, "jusan": jusan}


def write(company: Company, folder: Path) -> list[Path]:
    """Write every statement of the company into `folder`, made if it is not there; gives the paths in the company's order."""
    folder.mkdir(parents=True, exist_ok=True)
    sides = Sides(company)
    paths = []
    for statement in company.statements:
        path = folder / statement.file
        path.write_bytes(encoded(statement, sides))
        paths.append(path)
    return paths


def encoded(statement: Statement, sides: Sides) -> bytes:
    """One statement as the bytes of its file."""
    lines = ["1CClientBankExchange", *HANDS[statement.dialect](statement, sides), "КонецФайла"]
    return "".join(f"{line}\r\n" for line in lines).encode(statement.encoding, "replace")
