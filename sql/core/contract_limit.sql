-- Credit limits of contracts. 1C has no field of its own for one: it is the additional attribute whose name says «лимит» of
-- credit or debt («Кредитный лимит», «Лимит задолженности»). Of several the smallest counts.
--
-- kind:      view
-- published: no
-- grain:     src_base, contract_ref
-- source:    additional attributes of contracts
-- units:     tenge
--
-- src_base          which base
-- contract_ref      contract
-- credit_limit_kzt  limit; a value that is no number of zero or more is none
select
    e.src_base,
    e.contract_ref,
    min(try_cast(replace(regexp_replace(e.value, '\s', '', 'g'), ',', '.') as decimal(18, 2))) as credit_limit_kzt,
from staging.stg_onec__contract_extra as e
join staging.stg_onec__extra_property as p on p.src_base = e.src_base and p.src_ref = e.property_ref
where regexp_matches(lower(p.name), 'лимит') and regexp_matches(lower(p.name), 'кредит|задолж|долг')
    and try_cast(replace(regexp_replace(e.value, '\s', '', 'g'), ',', '.') as decimal(18, 2)) >= 0
group by all
