-- Entries of the general ledger, two rows an entry: its debit side and its credit side. The close of a month is among them: it takes income and expense (6…, 7…) to 56…
--
-- kind:     table
-- grain:    entry_id, line_side
-- source:   1C AccountingRegister_Типовой, active entries
-- units:    amount_kzt in tenge, amount_doc in `currency`; DECIMAL(18,2), as entered: a reversal is negative
-- label.ru: Проводки
-- label.kk: Бухгалтерлік жазбалар
-- label.en: General ledger
-- synonyms: проводка, бухгалтерия, дебет, кредит, оборот по счёту, главная книга, бухгалтерлік жазба, айналым, ledger, entry, journal
--
-- entry_id     document and row of the register
-- line_side    dr or cr
-- account      account code; joins account
-- org_id       own entity
-- cp_id        counterparty of this side; joins cp
-- contract_id  contract of this side; joins contract
-- doc_id       document that made the entry; null when it is not mirrored
-- dt           day, local
-- amount_kzt   sum in tenge
-- amount_doc   sum in `currency`
-- currency     currency of this side
-- corr_account the account on the other side
-- bank_account_id own bank account of this side, where the account keeps one
-- cash_desk_id cash desk of this side, where the account keeps one; joins cash_desk
with
sided as (
    select
        src_base, recorder_ref, line_no, entry_time, org_ref, amount_kzt,
        'dr' as line_side,
        dr_account_ref as account_ref,
        cr_account_ref as corr_ref,
        dr_currency_ref as currency_ref,
        dr_amount_doc as amount_doc,
        case
            when dr1_type = 'Catalog_Контрагенты' then dr1_ref
            when dr2_type = 'Catalog_Контрагенты' then dr2_ref
            when dr3_type = 'Catalog_Контрагенты' then dr3_ref
        end as cp_ref,
        case
            when dr2_type = 'Catalog_ДоговорыКонтрагентов' then dr2_ref
            when dr1_type = 'Catalog_ДоговорыКонтрагентов' then dr1_ref
            when dr3_type = 'Catalog_ДоговорыКонтрагентов' then dr3_ref
        end as contract_ref,
        'Catalog_Контрагенты' in (dr1_type, dr2_type, dr3_type) as has_cp,
        case
            when dr1_type = 'Catalog_БанковскиеСчета' then dr1_ref
            when dr2_type = 'Catalog_БанковскиеСчета' then dr2_ref
            when dr3_type = 'Catalog_БанковскиеСчета' then dr3_ref
        end as bank_account_ref,
        case
            when dr1_type = 'Catalog_Кассы' then dr1_ref
            when dr2_type = 'Catalog_Кассы' then dr2_ref
            when dr3_type = 'Catalog_Кассы' then dr3_ref
        end as cash_desk_ref,
    from staging.stg_onec__gl
    union all
    select
        src_base, recorder_ref, line_no, entry_time, org_ref, amount_kzt,
        'cr' as line_side,
        cr_account_ref as account_ref,
        dr_account_ref as corr_ref,
        cr_currency_ref as currency_ref,
        cr_amount_doc as amount_doc,
        case
            when cr1_type = 'Catalog_Контрагенты' then cr1_ref
            when cr2_type = 'Catalog_Контрагенты' then cr2_ref
            when cr3_type = 'Catalog_Контрагенты' then cr3_ref
        end as cp_ref,
        case
            when cr2_type = 'Catalog_ДоговорыКонтрагентов' then cr2_ref
            when cr1_type = 'Catalog_ДоговорыКонтрагентов' then cr1_ref
            when cr3_type = 'Catalog_ДоговорыКонтрагентов' then cr3_ref
        end as contract_ref,
        'Catalog_Контрагенты' in (cr1_type, cr2_type, cr3_type) as has_cp,
        case
            when cr1_type = 'Catalog_БанковскиеСчета' then cr1_ref
            when cr2_type = 'Catalog_БанковскиеСчета' then cr2_ref
            when cr3_type = 'Catalog_БанковскиеСчета' then cr3_ref
        end as bank_account_ref,
        case
            when cr1_type = 'Catalog_Кассы' then cr1_ref
            when cr2_type = 'Catalog_Кассы' then cr2_ref
            when cr3_type = 'Catalog_Кассы' then cr3_ref
        end as cash_desk_ref,
    from staging.stg_onec__gl
)
select
    coalesce(k.doc_id, 'r_' || left(md5(s.recorder_ref), 12)) || '_' || s.line_no as entry_id,
    s.line_side,
    a.account,
    case when io.id is not null then 'org_' || io.id end as org_id,
    case when s.has_cp then coalesce(ck.cp_id, 'cp_unknown') end as cp_id,
    case when ic.id is not null then 'ct_' || ic.id end as contract_id,
    k.doc_id,
    cast(s.entry_time as date) as dt,
    s.amount_kzt,
    -- a side without a currency is in tenge
    case when v.currency is null or v.currency = 'KZT' then s.amount_kzt else coalesce(s.amount_doc, 0) end as amount_doc,
    coalesce(v.currency, 'KZT') as currency,
    b.account as corr_account,
    ib.bank_account_id,
    case when id.id is not null then 'cd_' || id.id end as cash_desk_id,
from sided as s
left join doc_key as k on k.src_base = s.src_base and k.src_ref = s.recorder_ref
left join staging.stg_onec__account as a on a.src_base = s.src_base and a.src_ref = s.account_ref
left join staging.stg_onec__account as b on b.src_base = s.src_base and b.src_ref = s.corr_ref
left join staging.stg_onec__currency as v on v.src_base = s.src_base and v.src_ref = s.currency_ref
left join cp_key as ck on ck.src_base = s.src_base and ck.src_ref = s.cp_ref
left join meta.short_id as io on io.kind = 'org' and io.src_base = s.src_base and io.src_ref = s.org_ref
left join meta.short_id as ic on ic.kind = 'contract' and ic.src_base = s.src_base and ic.src_ref = s.contract_ref
left join bank_account_key as ib on ib.src_base = s.src_base and ib.src_ref = s.bank_account_ref
left join meta.short_id as id on id.kind = 'cash_desk' and id.src_base = s.src_base and id.src_ref = s.cash_desk_ref
