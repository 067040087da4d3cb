-- How much is at stake with each customer under each contract, beside its credit limit. No limit is empty, not zero.
--
-- id:        credit_exposure
-- version:   2
-- changed_on: 2026-11-21
-- owner:     head of finance
-- title.ru:  Кредитный риск по клиентам
-- title.kk:  Клиенттер бойынша несие тәуекелі
-- title.en:  Credit exposure
-- synonyms:  кредитный лимит, превышение лимита, риск по клиентам, несие лимиті, credit exposure, credit limit
-- unit:      KZT
-- basis:     accrual, gross, at the value that the ledger carries, revaluations included
-- shape:     table
-- grain:     own entity, cp_id, contract
-- params:    as_of date, counterparty counterparty?, org org?, include_intercompany choice(true|false)?
-- formula:   receivables − unused advances and credits of the same contract, without intercompany; shipments are debts at once, so nothing is added for what is not invoiced; reservations are not in the mirror
-- needs:     onec
-- tests:     tests/test_facts_debts.py::test_a_limit_broken_on_past_days_only_is_broken_on_those_days,
--     tests/sql/test_metrics_receivables.py::test_exposure_takes_off_advances_of_the_same_contract_only_and_no_limit_is_none,
--     tests/sql/test_metrics_receivables.py::test_a_limit_is_broken_above_it_and_one_of_zero_is_not_broken,
--     tests/sql/test_metrics_agree.py::test_broken_limits_are_the_breaches_of_the_exposure
--
-- cp_id           customer
-- counterparty    its name [untrusted]
-- contract        number of the contract
-- receivables_kzt what it owes under it
-- advances_kzt    its unused advances and credits under it
-- exposure_kzt    the first less the second
-- limit_kzt       credit limit; empty when none is kept
-- limit_state     within, breach, zero (written as 0, so it breaks nothing) or not_kept
-- total_kzt       exposure of all rows
select
    cp_id, counterparty, contract, receivables_kzt, advances_kzt, exposure_kzt, limit_kzt, limit_state,
    cast(sum(exposure_kzt) over () as decimal(18, 2)) as total_kzt,
from exposure($as_of)
where not is_intercompany and ($counterparty is null or cp_id = $counterparty)
order by exposure_kzt desc, cp_id, contract_id
