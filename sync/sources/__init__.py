"""The companies' systems that the mirror reads: 1C, bank statement files, Bitrix24. Each gives a `sync.table.Source`."""
