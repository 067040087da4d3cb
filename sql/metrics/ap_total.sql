-- All that we owe suppliers on a date, own entities left out, advances paid not netted.
--
-- id:        ap_total
-- version:   1
-- title.ru:  Кредиторская задолженность, всего
-- title.kk:  Кредиторлық берешек, барлығы
-- title.en:  Payables, total
-- synonyms:  кредиторка, КЗ, сколько мы должны, payables, AP,
--     мы должны, должны поставщикам, поставщикам, просрочили поставщикам, біз қарызбыз, қарызбыз, жеткізушілерге, we owe,
--     owe our suppliers, owe suppliers, our suppliers, paying suppliers, кредиторская
--     задолженность, просроченная кредиторская задолженность, кредиторлық берешек, мерзімі өткен кредиторлық берешек
-- unit:      KZT
-- basis:     accrual, gross, booked rate
-- shape:     value
-- params:    as_of date
-- formula:   sum of open_kzt over ap_open(as_of) without intercompany
-- needs:     onec
--
-- value          payables in tenge
-- overdue_kzt    of it, past the due date
-- counterparties how many we owe
select
    cast(coalesce(sum(open_kzt), 0) as decimal(18, 2)) as value,
    cast(coalesce(sum(open_kzt) filter (where days_late > 0), 0) as decimal(18, 2)) as overdue_kzt,
    count(distinct cp_id) as counterparties,
from ap_open($as_of)
where not is_intercompany
