-- All that customers owe on a date, own entities left out, advances not netted.
--
-- id:        ar_total
-- version:   2
-- title.ru:  Дебиторская задолженность, всего
-- title.kk:  Дебиторлық берешек, барлығы
-- title.en:  Receivables, total
-- synonyms:  дебиторка, ДЗ, сколько нам должны, всего должны, қарыз, қанша қарыз, how much are we owed, receivables, AR,
--     задолженность, долг, долги, owe us, customers owe, owed to us, бізге қарыз, бізге барлығы қанша қарыз
-- unit:      KZT
-- basis:     accrual, gross, at the value that the ledger carries, revaluations included
-- shape:     value
-- params:    as_of date, org org?
-- formula:   sum of open_kzt over ar_open(as_of) without intercompany
-- needs:     onec
--
-- value          receivables in tenge
-- now_kzt        the same at the National Bank's rates of the day; empty when a rate is missing
-- overdue_kzt    of it, past the due date
-- advances_kzt   advances of customers, not netted
-- credits_kzt    returns and offsets not used, not netted
-- counterparties how many owe
select
    cast(coalesce(sum(open_kzt), 0) as decimal(18, 2)) as value,
    cast(case when count(*) = count(open_kzt_now) then coalesce(sum(open_kzt_now), 0) end as decimal(18, 2)) as now_kzt,
    cast(coalesce(sum(overdue_kzt), 0) as decimal(18, 2)) as overdue_kzt,
    cast(coalesce(sum(advances_kzt), 0) as decimal(18, 2)) as advances_kzt,
    cast(coalesce(sum(credits_kzt), 0) as decimal(18, 2)) as credits_kzt,
    count(*) filter (where open_kzt > 0) as counterparties,
from ageing($as_of)
