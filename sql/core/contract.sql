-- Contracts with counterparties.
--
-- kind:     table
-- grain:    contract_id
-- source:   1C Catalog_ДоговорыКонтрагентов
-- units:    pay_days in calendar days, credit_limit_kzt in tenge
-- label.ru: Договоры
-- label.kk: Шарттар
-- label.en: Contracts
-- synonyms: договор, контракт, отсрочка, условия оплаты, шарт, келісімшарт, төлем мерзімі, contract, payment terms
--
-- contract_id    short id
-- cp_id          counterparty
-- org_id         own entity
-- number         number in the papers, or the card's name when there is none
-- contract_date  date in the papers
-- kind           sale, purchase or other
-- currency       currency of settlement
-- pay_days       calendar days to pay after the document; null when no term is set
-- settle_mode    by_contract or by_document
-- terms          payment terms in words [untrusted]
-- credit_limit_kzt  how much the customer may owe under it, an additional attribute of the card; null when nobody has set one,
--     which is not a limit of zero
-- is_dummy       a card «Без договора», not a real contract
-- name           name of the card [untrusted]
select
    'ct_' || i.id as contract_id,
    coalesce(k.cp_id, 'cp_unknown') as cp_id,
    'org_' || io.id as org_id,
    coalesce(c.number, c.name) as number,
    c.contract_date,
    case c.kind when 'СПокупателем' then 'sale' when 'СПоставщиком' then 'purchase' else 'other' end as kind,
    coalesce(v.currency, 'KZT') as currency,
    case when c.has_term then c.pay_days end as pay_days,
    case c.settle_mode when 'ПоРасчетнымДокументам' then 'by_document' else 'by_contract' end as settle_mode,
    c.terms,
    l.credit_limit_kzt,
    coalesce(regexp_matches(lower(concat_ws(' ', c.name, c.number)), 'без\s+договора|шартсыз'), false) as is_dummy,
    c.name,
from staging.stg_onec__contract as c
join meta.short_id as i on i.kind = 'contract' and i.src_base = c.src_base and i.src_ref = c.src_ref
left join cp_key as k on k.src_base = c.src_base and k.src_ref = c.cp_ref
left join meta.short_id as io on io.kind = 'org' and io.src_base = c.src_base and io.src_ref = c.org_ref
left join contract_limit as l on l.src_base = c.src_base and l.contract_ref = c.src_ref
left join staging.stg_onec__currency as v on v.src_base = c.src_base and v.src_ref = c.currency_ref
