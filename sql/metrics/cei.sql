-- Collection effectiveness index: how much of what could be collected in a period is gone, write-offs among it.
--
-- id:        cei
-- version:   2
-- changed_on: 2026-11-21
-- owner:     head of finance
-- title.ru:  Индекс эффективности взыскания (CEI)
-- title.kk:  Берешекті өндіріп алу тиімділігінің индексі (CEI)
-- title.en:  Collection effectiveness index (CEI)
-- synonyms:  CEI, эффективность взыскания, собираемость, как собираем долги, collection effectiveness, қарызды өндіріп алу тиімділігі
-- unit:      %
-- basis:     accrual, with VAT; receivables as the ledger carries them, sales at the booked rate
-- shape:     value
-- grain:     one row
-- params:    period period, org org?, include_intercompany choice(true|false)?
-- formula:   (receivables before the period + credit sales − receivables at its end) / (the same − what is not yet due at its end) × 100; credit sales by the number of calendar months
-- needs:     onec
-- tests:     tests/sql/test_metrics_receivables.py::test_collection_index_and_write_offs_off_its_numerator,
--     tests/sql/test_metrics_receivables.py::test_collection_index_of_several_months_takes_an_average_month_of_sales,
--     tests/sql/test_metrics_receivables.py::test_collection_index_of_nothing_is_nothing
--
-- value         per cent; empty when there was nothing to collect
-- reason        nothing_to_collect when value is empty
-- begin_kzt     receivables on the day before the period
-- sales_kzt     credit sales of the period, a month on average
-- end_kzt       receivables on its last day
-- not_due_kzt   of them, not yet due
-- writeoffs_kzt debt written off in the period; they look like collections here, see cei_adj
select
    case when possible_kzt > 0 then cast(round(collected_kzt / possible_kzt * 100, 2) as decimal(18, 2)) end as value,
    case when possible_kzt <= 0 then 'nothing_to_collect' end as reason,
    begin_kzt, sales_kzt, end_kzt, not_due_kzt, writeoffs_kzt,
from collections($period_from, $period_to)
