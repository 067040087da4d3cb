"""Bank statements: files of an inbox to rows. See `inbox` for what is read and how rows are told apart."""

from sync.sources.bank.inbox import TABLES, source

__all__ = ["TABLES", "source"]
