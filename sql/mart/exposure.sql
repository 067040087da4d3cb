-- How much is at stake with each customer under each contract on a date: receivables less advances of the same contract.
-- The limit is an additional attribute of the contract. Empty: nobody has set one, which is not a limit of zero.
--
-- kind:      macro(as_of date)
-- grain:     org_id, cp_id, contract_id
-- source:    ar_open, advances, contract
-- units:     tenge as the ledger carries it
-- label.ru:  Кредитный риск по договорам
-- label.kk:  Шарттар бойынша несие тәуекелі
-- label.en:  Credit exposure by contract
-- synonyms:  кредитный лимит, превышение лимита, риск по клиенту, несие лимиті, credit exposure, credit limit
--
-- org_id          own entity
-- cp_id           customer
-- counterparty    its name [untrusted]
-- contract_id     agreement
-- contract        its number
-- receivables_kzt what it owes under it
-- advances_kzt    its unused advances and credits under it
-- exposure_kzt    the first less the second; negative when it has paid ahead
-- limit_kzt       credit limit; empty when none is kept
-- limit_state     within, breach (more is at stake than a limit above zero allows), zero (the limit is written as 0, so it breaks
--     nothing) or not_kept
-- is_intercompany the customer is an own entity; company totals leave it out
with
parts as (
    select org_id, cp_id, contract_id, open_kzt, 0 as unused_kzt, is_intercompany from ar_open(as_of)
    union all
    select org_id, cp_id, contract_id, 0, unused_kzt, is_intercompany from advances(as_of) where side = 'ar'
),

sums as (
    select
        p.org_id, p.cp_id, p.contract_id, p.is_intercompany,
        sum(p.open_kzt) as receivables_kzt, sum(p.unused_kzt) as advances_kzt,
    from parts p
    group by all
)
select
    s.org_id, s.cp_id, cp.name as counterparty, s.contract_id, k.number as contract,
    cast(s.receivables_kzt as decimal(18, 2)) as receivables_kzt,
    cast(s.advances_kzt as decimal(18, 2)) as advances_kzt,
    cast(s.receivables_kzt - s.advances_kzt as decimal(18, 2)) as exposure_kzt,
    k.credit_limit_kzt as limit_kzt,
    case
        when k.credit_limit_kzt is null then 'not_kept'
        when k.credit_limit_kzt = 0 then 'zero'
        when s.receivables_kzt - s.advances_kzt > k.credit_limit_kzt then 'breach'
        else 'within'
    end as limit_state,
    s.is_intercompany,
from sums s
left join cp on cp.cp_id = s.cp_id
left join contract k on k.contract_id = s.contract_id
