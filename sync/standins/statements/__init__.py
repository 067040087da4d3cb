"""Bank statements of the demo company as the banks' own files: 1CClientBankExchange in a Russian and four Kazakh hands.

It has: the key names, key order, capitals, quotes, version and encoding lines of each bank; one section a day (Halyk) or one for
the period; amounts with two places (Russian, Kaspi) or without trailing zeros (Halyk, BCC, Jusan); CRLF; a code page's `?` for
letters it lacks; every figure as the `Statement` has it, false ones too.
It lacks: payment orders on their way to a bank, budget fields, several accounts in one file, statements as Excel.
"""

from sync.standins.statements.write import write

__all__ = ["write"]
