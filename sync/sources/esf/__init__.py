"""Electronic invoices of Kazakhstan (ЭСФ, IS ESF): files exported from the portal to rows. See `inbox` for what is read."""

from sync.sources.esf.inbox import TABLES, source
from sync.sources.esf.invoice import NAME

__all__ = ["NAME", "TABLES", "source"]
