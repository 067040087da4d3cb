-- Own bank accounts: those of 1C, and those that only the bank's statements know.
--
-- kind:     table
-- grain:    bank_account_id
-- source:   1C Catalog_БанковскиеСчета, statement files
-- units:    none
-- label.ru: Банковские счета
-- label.kk: Банк шоттары
-- label.en: Bank accounts
-- synonyms: расчётный счёт, банковский счёт, IBAN, ИИК, счёт в банке, банк шоты, ЖСК, bank account
--
-- bank_account_id  short id
-- org_id           own entity; null when only a statement knows the account
-- iban             account number
-- bank             bank
-- currency         ISO letter code
-- name             name in 1C
-- closed_on        day it was closed
with
own as (
    select
        a.src_base,
        a.src_ref,
        'org_' || o.id as org_id,
        a.iban,
        b.name as bank,
        coalesce(v.currency, 'KZT') as currency,
        a.name,
        a.closed_on,
    from staging.stg_onec__bank_account as a
    join meta.short_id as o on o.kind = 'org' and o.src_base = a.src_base and o.src_ref = a.owner_ref
    left join staging.stg_onec__bank as b on b.src_base = a.src_base and b.src_ref = a.bank_ref
    left join staging.stg_onec__currency as v on v.src_base = a.src_base and v.src_ref = a.currency_ref
    where a.owner_type = 'Catalog_Организации'
),
in_files as (
    select
        'bank:' || src_base as src_base,
        iban as src_ref,
        null as org_id,
        iban,
        null as bank,
        arg_max(currency, last_day) as currency,
        null as name,
        null as closed_on,
    from staging.stg_bank__stmt
    where iban is not null
    group by all
)
select
    'ba_' || i.id as bank_account_id,
    a.org_id,
    a.iban,
    a.bank,
    a.currency,
    a.name,
    a.closed_on,
from (select * from own union all select * from in_files) as a
join meta.short_id as i on i.kind = 'bank_account' and i.src_base = a.src_base and i.src_ref = a.src_ref
-- an account that came from a file first and got its card in 1C later keeps only the card
qualify row_number() over (partition by coalesce(a.iban, a.src_base || a.src_ref) order by a.org_id is null, a.closed_on nulls first, i.id) = 1
