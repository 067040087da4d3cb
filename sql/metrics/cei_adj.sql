-- Collection effectiveness index without write-offs: a debt written off is not a debt collected.
--
-- id:        cei_adj
-- version:   2
-- changed_on: 2026-11-21
-- owner:     head of finance
-- title.ru:  Индекс эффективности взыскания без списаний
-- title.kk:  Есептен шығарусыз өндіріп алу тиімділігінің индексі
-- title.en:  Collection effectiveness index without write-offs
-- synonyms:  CEI без списаний, скорректированный CEI, adjusted CEI, есептен шығарусыз өндіріп алу тиімділігі
-- unit:      %
-- basis:     accrual, with VAT; receivables as the ledger carries them, sales at the booked rate
-- shape:     value
-- grain:     one row
-- params:    period period, org org?, include_intercompany choice(true|false)?
-- formula:   as cei, with the write-offs of the period taken off the numerator
-- needs:     onec
-- tests:     tests/sql/test_metrics_receivables.py::test_collection_index_and_write_offs_off_its_numerator,
--     tests/sql/test_metrics_receivables.py::test_collection_index_of_nothing_is_nothing
--
-- value         per cent; empty when there was nothing to collect
-- reason        nothing_to_collect when value is empty
-- begin_kzt     receivables on the day before the period
-- sales_kzt     credit sales of the period, a month on average
-- end_kzt       receivables on its last day
-- not_due_kzt   of them, not yet due
-- writeoffs_kzt debt written off in the period, not counted as collected
select
    case when possible_kzt > 0 then cast(round((collected_kzt - writeoffs_kzt) / possible_kzt * 100, 2) as decimal(18, 2)) end as value,
    case when possible_kzt <= 0 then 'nothing_to_collect' end as reason,
    begin_kzt, sales_kzt, end_kzt, not_due_kzt, writeoffs_kzt,
from collections($period_from, $period_to)
