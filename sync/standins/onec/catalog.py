"""What every catalog set has: the standard fields, look-up by reference, order by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sync.standins.onec.books import Books
from sync.standins.onec.field import EntitySet, Field, flag, flatten, text, version


def catalog(
    books: Books, name: str, rows: Callable[[], Sequence[Any]], *fields: Field | tuple[Field, ...], **more: Any
) -> EntitySet:
    """Return a catalog set: the standard fields, then its own. Code and Description come with `fields`."""
    standard = flatten(
        Field("Ref_Key", "Edm.Guid", lambda r: r.ref),
        Field("DataVersion", "Edm.String", lambda r: version(books.writes(r))),
        flag("DeletionMark", lambda r: getattr(r, "deleted", False)),
        flag("Predefined", lambda _: False),
        text("PredefinedDataName", lambda _: ""),
    )

    def find(key: str) -> Any:
        return books.made(f"find/{name}", lambda: {r.ref: r for r in rows()}).get(key)

    own = flatten(*fields)
    label = next(f.get for f in own if f.name == "Description")
    return EntitySet(
        name, ("Ref_Key",), standard + own, rows, presentation=lambda r: (label(r), r.ref), find=find, **more
    )
