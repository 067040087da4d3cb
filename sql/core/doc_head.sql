-- Heads of all documents of 1C in one shape, still with the keys of the source.
--
-- kind:      view
-- published: no
-- grain:     src_base, src_ref
-- source:    the document sets of 1C
-- units:     money DECIMAL(18,2) in the document's currency
--
-- src_base          which base
-- src_ref           key in 1C
-- doc_set           which of the sets: sale, bank_in, cash_out, …
-- type              what the document means; see doc
-- status            counts, draft, deleted or vanished
-- first_synced_at   when the mirror first saw it, UTC
-- number            number as in 1C [untrusted]
-- doc_date          day it counts on: the bank's day for bank documents
-- doc_time          moment of the document, local
-- org_ref           own entity
-- cp_ref            counterparty card
-- contract_ref      contract; payments hold theirs in the splits
-- currency_ref      currency
-- rate              KZT for `mult` units, where the document says it
-- mult              units that the rate is for
-- sum_doc           total with VAT
-- has_vat           VAT is counted
-- vat_included      line sums hold VAT
-- base_ref          document it is based on
-- warehouse_ref     warehouse
-- bank_account_ref  own bank account
-- cash_desk_ref     own cash desk
-- ddc_ref           cash flow item of the payment as a whole
-- operation         ВидОперации
-- knp               payment purpose code
-- purpose           purpose of payment [untrusted]
-- comment           words of the accountant [untrusted]
-- in_number         number on the incoming paper [untrusted]
-- in_date           date on the incoming paper
with
heads as (
    select 'invoice_out' as doc_set, * from staging.stg_onec__invoice_out
    union all by name
    select 'sale' as doc_set, * from staging.stg_onec__sale
    union all by name
    select 'sale_return' as doc_set, * from staging.stg_onec__sale_return
    union all by name
    select 'purchase' as doc_set, * from staging.stg_onec__purchase
    union all by name
    select 'purchase_return' as doc_set, * from staging.stg_onec__purchase_return
    union all by name
    select 'debt_adjust' as doc_set, * from staging.stg_onec__debt_adjust
    union all by name
    select 'reval' as doc_set, * from staging.stg_onec__reval
    union all by name
    select 'bank_in' as doc_set, * from staging.stg_onec__bank_in
    union all by name
    select 'bank_in_order' as doc_set, * from staging.stg_onec__bank_in_order
    union all by name
    select 'bank_out' as doc_set, * from staging.stg_onec__bank_out
    union all by name
    select 'bank_out_order' as doc_set, * from staging.stg_onec__bank_out_order
    union all by name
    select 'cash_in' as doc_set, * from staging.stg_onec__cash_in
    union all by name
    select 'cash_out' as doc_set, * from staging.stg_onec__cash_out
    union all by name
    select
        'journal' as doc_set, src_base, src_ref, entry_time as doc_time, org_ref, true as posted, false as is_deleted, false as is_vanished,
        cast(0 as decimal(18, 2)) as sum_doc,
    from staging.ref_journal
),
typed as (
    select
        *,
        case
            when doc_set in ('bank_in', 'bank_in_order', 'cash_in') then
                case operation
                    when 'ОплатаПокупателя' then 'pay_in'
                    when 'ВозвратОтПоставщика' then 'refund_in'
                    when 'ПереводСобственныхСредств' then 'transfer_in'
                    when 'ПолучениеНаличныхВБанке' then 'transfer_in'
                    else 'other_in'
                end
            when doc_set in ('bank_out', 'bank_out_order', 'cash_out') then
                case operation
                    when 'ОплатаПоставщику' then 'pay_out'
                    when 'ВозвратПокупателю' then 'refund_out'
                    when 'ПереводСобственныхСредств' then 'transfer_out'
                    when 'ВзносНаличнымиВБанк' then 'transfer_out'
                    when 'КомиссияБанка' then 'fee'
                    else 'other_out'
                end
            when doc_set = 'debt_adjust' then
                case operation
                    when 'ПроведениеВзаимозачета' then 'offset'
                    when 'СписаниеЗадолженности' then 'writeoff'
                    else 'debt_adjust'
                end
            else doc_set
        end as type,
        -- a bank document moves money only when the bank has carried it out
        case
            when is_vanished then 'vanished'
            when is_deleted then 'deleted'
            when not posted or not coalesce(is_paid, true) then 'draft'
            else 'counts'
        end as status,
    from heads
)
select
    src_base,
    src_ref,
    doc_set,
    type,
    status,
    first_synced_at,
    number,
    cast(coalesce(stmt_time, doc_time) as date) as doc_date,
    doc_time,
    org_ref,
    case
        when doc_set = 'debt_adjust' then coalesce(debtor_ref, creditor_ref)
        when cp_type is null or cp_type = 'Catalog_Контрагенты' then cp_ref
    end as cp_ref,
    contract_ref,
    currency_ref,
    rate,
    mult,
    sum_doc,
    has_vat,
    vat_included,
    coalesce(base_ref, deal_ref) as base_ref,
    warehouse_ref,
    bank_account_ref,
    cash_desk_ref,
    ddc_ref,
    operation,
    knp,
    purpose,
    comment,
    in_number,
    in_date,
from typed
