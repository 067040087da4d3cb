"""What `analyst status` says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from analyst import audit, extension
from analyst.errors import MirrorMissing
from analyst.settings import Settings
from analyst.snapshot import Mirror


def lines(settings: Settings) -> Iterator[str]:
    """The snapshot, its sources and differences, the file's hash and the audit log. Raises MirrorMissing or audit.ChainBroken."""
    snapshot = Mirror(settings.data, settings.role).current()
    yield f"snapshot {snapshot.name}, as of {snapshot.as_of} ({snapshot.timezone}), published {snapshot.created_at}, engine {snapshot.engine}"
    for source in snapshot.sources:
        yield f"source {source.name}: {source.status}, last good {source.last_ok_at or 'never'}, data to {source.data_to or '?'}, {source.rows} rows"
    for found in snapshot.reconciliations:
        yield f"check {found.told()}" + (f" ({label})" if (label := found.labels.get("ru")) else "")
    for fault in (*snapshot.left_out, *extension.read(settings.extensions_folder).faults):
        yield f"extension left out: {fault}"
    yield f"role {settings.role}: {len(snapshot.catalog.relations)} relations"
    if snapshot.sha256:
        with snapshot.file.open("rb") as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()
        if actual != snapshot.sha256:
            raise MirrorMissing(
                "the serving file differs from what was published (its SHA-256)", fix="run: analyst-sync run"
            )
        yield "file as published (SHA-256)"
    yield f"audit {audit.verify(settings.audit_folder)} records, chain holds"
