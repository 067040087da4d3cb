-- Advances got from customers and paid to suppliers that are not used on a date.
--
-- id:        advances_total
-- version:   1
-- changed_on: 2026-11-20
-- owner:     chief accountant
-- title.ru:  Авансы полученные и выданные
-- title.kk:  Алынған және берілген аванстар
-- title.en:  Advances received and paid
-- synonyms:  авансы, предоплаты, переплаты, advances, prepayments,
--     алдын ала төлем, алдын ала төлемдер, предоплата, advance payments
-- unit:      KZT
-- basis:     cash, booked rate
-- shape:     value
-- grain:     one row
-- params:    as_of date, org org?, include_intercompany choice(true|false)?
-- formula:   sum of unused_kzt over advances(as_of) without intercompany
-- needs:     onec
-- tests:     tests/test_oracle_planted.py::test_totals_are_those_planted
--
-- value         advances received from customers, in tenge
-- paid_kzt      advances paid to suppliers
-- credits_kzt   unused returns and offsets of customers
select
    cast(coalesce(sum(unused_kzt) filter (where side = 'ar' and kind = 'advance'), 0) as decimal(18, 2)) as value,
    cast(coalesce(sum(unused_kzt) filter (where side = 'ap' and kind = 'advance'), 0) as decimal(18, 2)) as paid_kzt,
    cast(coalesce(sum(unused_kzt) filter (where side = 'ar' and kind = 'credit'), 0) as decimal(18, 2)) as credits_kzt,
from advances($as_of)
where not is_intercompany
