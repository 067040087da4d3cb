"""The demo company: one seed, one story, the same to the byte on every machine.

`generate(size, seed)` gives two states of the same company and the answers that are true of the later one.
"""

from sync.standins.company.model import Company
from sync.standins.company.story import SIZES, Story, generate

__all__ = ["SIZES", "Company", "Story", "generate"]
