-- All documents with their meaning worked out, those that count and those that do not; doc and doc_inactive divide them.
--
-- kind:      table
-- published: no
-- grain:     doc_id
-- source:    doc_head, doc_key, cp_key, contract, fx_rate, contract_stage
-- units:     sum_doc, in `currency`; sum_kzt and vat_kzt in tenge; DECIMAL(18,2)
--
-- doc_id           short id
-- type             see doc
-- org_id           own entity
-- cp_id            counterparty
-- contract_id      contract
-- number           number as in 1C
-- number_short     trailing digits of the number without leading zeros
-- doc_date         day it counts on
-- doc_time         moment of the document, local
-- currency         currency of the document
-- rate             KZT for `rate_mult` units
-- rate_mult        units that the rate is for
-- sum_doc          total with VAT, in `currency`
-- sum_kzt          total with VAT, in tenge at `rate`
-- vat_kzt          VAT in it, in tenge
-- vat_included     line sums in 1C hold VAT
-- due_date         day by which it is to be paid
-- due_source       schedule, contract or none
-- base_doc_id      document it is based on
-- warehouse_id     warehouse
-- bank_account_id  own bank account
-- cash_desk_id     own cash desk
-- ddc_item_id      cash flow item of the payment as a whole
-- operation        kind of operation
-- knp              payment purpose code
-- purpose          purpose of payment [untrusted]
-- comment          words of the accountant [untrusted]
-- is_late_entry    first seen more than three days after its date, by which time an earlier load had passed that date
-- first_synced_at  when the mirror first saw it, UTC
-- doc_set          which of the sets
-- in_number        number on the incoming paper [untrusted]
-- in_date          date on the incoming paper
-- status           counts, draft, deleted or vanished
with
split as (
    -- what the rows of a payment agree on
    select
        src_base,
        src_ref,
        case when count(distinct contract_ref) = 1 then min(contract_ref) end as contract_ref,
        arg_min(rate, line_no) filter (rate is not null and mult is not null) as rate,
        arg_min(mult, line_no) filter (rate is not null and mult is not null) as mult,
    from split_head
    group by all
),
vat as (
    select src_base, src_ref, sum(vat_doc) as vat_doc
    from line_head
    group by all
),
contract_key as (
    select i.src_base, i.src_ref, c.contract_id, c.currency, c.pay_days
    from meta.short_id as i
    join contract as c on i.kind = 'contract' and c.contract_id = 'ct_' || i.id
),
first_stage as (
    select contract_id, due_days
    from contract_stage
    where stage = 1
),
-- of each day, for few days are on a million documents
day_rate as (
    select d.doc_date, c.currency, f.rate, f.mult
    from (select distinct doc_date from doc_head) as d
    cross join (select distinct currency from fx_rate) as c
    asof join fx_rate as f on f.currency = c.currency and f.rate_date <= d.doc_date
),
joined as (
    select
        h.*,
        k.doc_id,
        case when io.id is not null then 'org_' || io.id end as org_id,
        case
            when ck.cp_id is not null then ck.cp_id
            when h.cp_ref is not null then 'cp_unknown'
            when h.type not in ('transfer_in', 'transfer_out', 'fee', 'other_in', 'other_out', 'reval', 'journal') then 'cp_unknown'
        end as cp_id,
        ct.contract_id,
        coalesce(v.currency, 'KZT') as currency,
        -- a rate in the document is that of the contract's currency
        case when coalesce(ct.currency, v.currency) = v.currency then coalesce(h.rate, s.rate) end as own_rate,
        case when coalesce(ct.currency, v.currency) = v.currency then coalesce(h.mult, s.mult) end as own_mult,
        case
            when not h.has_vat then 0
            when h.doc_set in ('invoice_out', 'sale', 'sale_return', 'purchase', 'purchase_return') then coalesce(vat.vat_doc, 0)
        end as vat_doc,
        case when h.type in ('sale', 'purchase') then coalesce(fs.due_days, ct.pay_days, 0) end as due_days,
        case
            when h.type not in ('sale', 'purchase') then null
            when fs.due_days is not null then 'schedule'
            when ct.pay_days is not null then 'contract'
            else 'none'
        end as due_source,
        kb.doc_id as base_doc_id,
        case when iw.id is not null then 'wh_' || iw.id end as warehouse_id,
        ib.bank_account_id as own_account_id,
        case when id.id is not null then 'cd_' || id.id end as cash_desk_id,
        case when ic.id is not null then 'ddc_' || ic.id end as ddc_item_id,
        l.load_before,
        l.first_seen,
    from doc_head as h
    join doc_key as k on k.src_base = h.src_base and k.src_ref = h.src_ref
    left join doc_load as l on l.src_base = h.src_base and l.first_synced_at = h.first_synced_at
    left join split as s on s.src_base = h.src_base and s.src_ref = h.src_ref
    left join vat on vat.src_base = h.src_base and vat.src_ref = h.src_ref
    left join cp_key as ck on ck.src_base = h.src_base and ck.src_ref = h.cp_ref
    left join contract_key as ct on ct.src_base = h.src_base and ct.src_ref = coalesce(h.contract_ref, s.contract_ref)
    left join first_stage as fs on fs.contract_id = ct.contract_id
    left join staging.stg_onec__currency as v on v.src_base = h.src_base and v.src_ref = h.currency_ref
    left join doc_key as kb on kb.src_base = h.src_base and kb.src_ref = h.base_ref
    left join meta.short_id as io on io.kind = 'org' and io.src_base = h.src_base and io.src_ref = h.org_ref
    left join meta.short_id as iw on iw.kind = 'warehouse' and iw.src_base = h.src_base and iw.src_ref = h.warehouse_ref
    left join meta.short_id as id on id.kind = 'cash_desk' and id.src_base = h.src_base and id.src_ref = h.cash_desk_ref
    left join meta.short_id as ic on ic.kind = 'ddc_item' and ic.src_base = h.src_base and ic.src_ref = h.ddc_ref
    left join bank_account_key as ib on ib.src_base = h.src_base and ib.src_ref = h.bank_account_ref
),
rated as (
    select
        j.*,
        case
            when j.currency = 'KZT' then 1
            when j.own_rate is not null and j.own_mult is not null then j.own_rate
            else f.rate
        end as used_rate,
        case
            when j.currency = 'KZT' then 1
            when j.own_rate is not null and j.own_mult is not null then j.own_mult
            else f.mult
        end as used_mult,
    from joined as j
    left join day_rate as f on f.currency = j.currency and f.doc_date = j.doc_date
)
select
    doc_id,
    type,
    org_id,
    cp_id,
    contract_id,
    number,
    coalesce(nullif(ltrim(regexp_extract(number, '(\d+)\D*$', 1), '0'), ''), number) as number_short,
    doc_date,
    doc_time,
    currency,
    cast(used_rate as decimal(18, 4)) as rate,
    cast(used_mult as bigint) as rate_mult,
    sum_doc,
    in_kzt(sum_doc, used_rate, used_mult) as sum_kzt,
    in_kzt(vat_doc, used_rate, used_mult) as vat_kzt,
    vat_included,
    doc_date + cast(due_days as integer) as due_date,
    due_source,
    base_doc_id,
    warehouse_id,
    own_account_id as bank_account_id,
    cash_desk_id,
    ddc_item_id,
    operation,
    knp,
    purpose,
    comment,
    coalesce(first_seen > doc_date + 3 and load_before > doc_date, false) as is_late_entry,
    first_synced_at,
    doc_set,
    in_number,
    in_date,
    status,
from rated
