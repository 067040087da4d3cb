"""Which sources are set up: the one place that knows all of them. A new source is one module and a few lines here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from sync import http
from sync.errors import Unwritable
from sync.quarantine import INBOX
from sync.settings import Settings
from sync.sources import bank, bitrix, bitrix_tables, esf, onec, own, written
from sync.table import Source, Table

DECLARED: Mapping[str, tuple[Table, ...]] = {
    "onec": onec.TABLES, "bank": bank.TABLES, esf.NAME: esf.TABLES, "bitrix": bitrix_tables.TABLES, written.NAME: own.TABLES,
}  # fmt: skip


@contextmanager
def configured(settings: Settings) -> Iterator[tuple[Source, ...]]:
    """The sources that the settings name, with their connections open.

    The inbox is always two, bank files and electronic invoices; it is made if need be. The company's own tables are one where their folder stands in the data folder.
    """
    with ExitStack() as open_clients:
        found: list[Source] = []
        if settings.onec:
            reading = onec.Reading(
                connections=settings.onec.connections,
                start=settings.onec.start,
                open_from=settings.onec.open_from,
                timezone=settings.timezone,
            )
            login = settings.onec.user, settings.onec.password.get_secret_value()
            client = open_clients.enter_context(http.client(settings.onec.url, login, connections=reading.connections))
            found.append(onec.source(client, settings.onec.base, reading))
        inbox = settings.data / INBOX
        try:
            inbox.mkdir(parents=True, exist_ok=True)
        except OSError as refused:
            raise Unwritable(inbox, refused.strerror or str(refused)) from refused
        found += [bank.source(inbox), esf.source(inbox)]
        if own.is_there(settings.data):
            found.append(own.source(settings.data))
        if settings.bitrix:
            webhook = settings.bitrix.webhook.get_secret_value()
            client = open_clients.enter_context(http.client(webhook, secrets=(webhook,)))
            found.append(bitrix.source(client, webhook, settings.bitrix.base))
        yield tuple(found)
