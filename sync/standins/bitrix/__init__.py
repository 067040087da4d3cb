"""A loopback Bitrix24 portal for the demo company."""

from sync.standins.bitrix.faults import Fault
from sync.standins.bitrix.server import BitrixServer

__all__ = ["BitrixServer", "Fault"]
