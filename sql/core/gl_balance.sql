-- Balances of the general ledger that 1C itself gives, at the end of one day. What our own sums are held against.
--
-- kind:     table
-- grain:    account, org_id, cp_id, contract_id, currency, as_of
-- source:   1C AccountingRegister_Типовой, virtual table Balance
-- units:    _kzt in tenge, _doc in `currency`; DECIMAL(18,2)
-- label.ru: Остатки по счетам
-- label.kk: Шоттар бойынша қалдықтар
-- label.en: Ledger balances
-- synonyms: остаток по счёту, сальдо, оборотно-сальдовая, қалдық, сальдо, balance, trial balance
--
-- account      account code; joins account
-- org_id       own entity
-- cp_id        counterparty; null on accounts that have none
-- contract_id  contract
-- currency     ISO letter code
-- debit_kzt    debit balance in tenge
-- credit_kzt   credit balance in tenge
-- debit_doc    debit balance in `currency`
-- credit_doc   credit balance in `currency`
-- as_of        end of this day
with
placed as (
    select
        *,
        case
            when dim1_type = 'Catalog_Контрагенты' then dim1_ref
            when dim2_type = 'Catalog_Контрагенты' then dim2_ref
            when dim3_type = 'Catalog_Контрагенты' then dim3_ref
        end as cp_ref,
        case
            when dim2_type = 'Catalog_ДоговорыКонтрагентов' then dim2_ref
            when dim1_type = 'Catalog_ДоговорыКонтрагентов' then dim1_ref
            when dim3_type = 'Catalog_ДоговорыКонтрагентов' then dim3_ref
        end as contract_ref,
        'Catalog_Контрагенты' in (dim1_type, dim2_type, dim3_type) as has_cp,
    from staging.stg_onec__gl_balance
),
resolved as (
    select
        a.account,
        case when io.id is not null then 'org_' || io.id end as org_id,
        case when p.has_cp then coalesce(ck.cp_id, 'cp_unknown') end as cp_id,
        case when ic.id is not null then 'ct_' || ic.id end as contract_id,
        coalesce(v.currency, 'KZT') as currency,
        coalesce(p.debit_kzt, 0) as debit_kzt,
        coalesce(p.credit_kzt, 0) as credit_kzt,
        case when coalesce(v.currency, 'KZT') = 'KZT' then coalesce(p.debit_kzt, 0) else coalesce(p.debit_doc, 0) end as debit_doc,
        case when coalesce(v.currency, 'KZT') = 'KZT' then coalesce(p.credit_kzt, 0) else coalesce(p.credit_doc, 0) end as credit_doc,
        p.as_of,
    from placed as p
    left join staging.stg_onec__account as a on a.src_base = p.src_base and a.src_ref = p.account_ref
    left join staging.stg_onec__currency as v on v.src_base = p.src_base and v.src_ref = p.currency_ref
    left join cp_key as ck on ck.src_base = p.src_base and ck.src_ref = p.cp_ref
    left join meta.short_id as io on io.kind = 'org' and io.src_base = p.src_base and io.src_ref = p.org_ref
    left join meta.short_id as ic on ic.kind = 'contract' and ic.src_base = p.src_base and ic.src_ref = p.contract_ref
)
select
    account,
    org_id,
    cp_id,
    contract_id,
    currency,
    cast(sum(debit_kzt) as decimal(18, 2)) as debit_kzt,
    cast(sum(credit_kzt) as decimal(18, 2)) as credit_kzt,
    cast(sum(debit_doc) as decimal(18, 2)) as debit_doc,
    cast(sum(credit_doc) as decimal(18, 2)) as credit_doc,
    as_of,
from resolved
group by account, org_id, cp_id, contract_id, currency, as_of
