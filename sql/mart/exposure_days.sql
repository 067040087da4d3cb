-- How much was at stake under each contract that has a credit limit, day by day where it changed, up to a date.
-- The limit is the one of today: 1C keeps no history of it.
--
-- kind:      macro(as_of date)
-- grain:     org_id, cp_id, contract_id, day
-- source:    exposure_day
-- units:     tenge as the ledger carries it
-- label.ru:  Кредитный риск по дням
-- label.kk:  Күндер бойынша несие тәуекелі
-- label.en:  Credit exposure by day
-- synonyms:  когда превышен лимит, история лимита, нарушение лимита, лимит бұзылған күн, credit limit history, first breach
--
-- org_id        own entity
-- cp_id         customer
-- counterparty  its name [untrusted]
-- contract_id   agreement
-- day           from this day
-- until         to this day, as_of for the last row
-- exposure_kzt  receivables less unused advances and credits
-- limit_kzt     credit limit
-- is_breach     more is at stake than a limit above zero allows
select
    e.org_id, e.cp_id, e.counterparty, e.contract_id, e.day,
    least(coalesce(e.until, cast(as_of as date)), cast(as_of as date)) as until,
    e.exposure_kzt, e.limit_kzt, e.is_breach,
from exposure_day e
where e.day <= as_of
