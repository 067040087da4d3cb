-- Whether a document with this number has been paid: customer invoices, sales, purchases, whatever has the number.
-- The number matches on its trailing digits (234 = 00000000234); several documents may share it, so read every row. Letters typed
-- before them mean the number with these letters, where there is one.
--
-- kind:      macro(wanted_number varchar, as_of date)
-- grain:     doc_id
-- source:    doc, doc_inactive, settlement, pay_alloc
-- units:     money in the document currency
-- label.ru:  Оплачен ли документ
-- label.kk:  Құжат төленді ме
-- label.en:  Invoice status
-- synonyms:  счёт оплачен, статус счёта, оплатили ли счёт, накладная оплачена, шот төленді ме, invoice paid
--
-- doc_id          document
-- doc_type        invoice_out (счёт на оплату), sale, purchase
-- doc_number      full number in 1C
-- doc_date        its date
-- cp_id           the other party
-- counterparty    its name [untrusted]
-- currency        its currency
-- sum_doc         its amount
-- paid_doc        paid with money: payments that settle a sale or purchase; payments that name a customer invoice
-- other_doc       of a sale or purchase, closed otherwise: by returns, offsets, write-offs and entries without a document
-- likely_doc      for a customer invoice: unlinked later payments of exactly its amount under its contract; never counted as paid
-- open_doc        sum_doc less both, never below zero
-- status          open, part, paid, overpaid, closed (nothing is open, and not all of it was money), likely_paid, draft, deleted or vanished
-- last_paid_on    day of the last payment counted
-- paid_by         numbers of the payments
-- other_kind      return, offset, writeoff or manual; several when it was more than one of them
-- other_by        numbers of these documents
with
numbered as (
    select doc_id, type, number, doc_date, cp_id, org_id, contract_id, currency, sum_doc, 'active' as state
    from doc
    where doc.number_short = ltrim(regexp_extract(wanted_number, '(\d+)\D*$', 1), '0') and doc.type in ('invoice_out', 'sale', 'purchase')
        and doc.doc_date <= as_of
    union all
    select doc_id, type, doc_inactive.number, doc_date, cp_id, org_id, contract_id, currency, sum_doc, status
    from doc_inactive
    where doc_inactive.number_short = ltrim(regexp_extract(wanted_number, '(\d+)\D*$', 1), '0')
        and doc_inactive.type in ('invoice_out', 'sale', 'purchase') and doc_inactive.doc_date <= as_of
),

-- letters that were typed mean that number: the whole number alone where a document has it, else those that begin so
compared as (
    select
        *,
        regexp_replace(translate(lower(number), 'abcehkmoptxy', 'авсенкмортху'), '[\s-]', '', 'g') as known,
        regexp_replace(translate(lower(wanted_number), 'abcehkmoptxy', 'авсенкмортху'), '[\s-]', '', 'g') as typed,
    from numbered
),

wanted as (
    select * exclude (known, typed)
    from compared
    qualify rank() over (
        order by case
            when typed = known or regexp_full_match(typed, '[0-9]*') then 0
            when starts_with(known, regexp_extract(typed, '^[^0-9]*')) and regexp_extract(typed, '^[^0-9]*') <> '' then 1
            else 2
        end
    ) = 1
),

paid as (
    select w.doc_id, s.amount_doc, s.eff_date, c.number as paid_by
    from wanted w
    join settlement s on s.debit_doc_id = w.doc_id and s.eff_date <= as_of and s.method in ('explicit', 'contract_fifo')
    join doc c on c.doc_id = s.credit_doc_id
    union all
    select w.doc_id, case when p.currency = w.currency then a.amount_doc else a.amount_settled end, p.doc_date, p.number
    from wanted w
    join pay_alloc a on a.invoice_doc_id = w.doc_id
    join doc p on p.doc_id = a.doc_id and p.doc_date <= as_of
),

paid_sums as (
    select
        doc_id, sum(amount_doc) as paid_doc, max(eff_date) as last_paid_on,
        string_agg(distinct paid_by, ', ' order by paid_by) as paid_by
    from paid
    group by doc_id
),

-- a debt that was taken back, offset or written off is closed, and nobody has paid it
otherwise as (
    select
        w.doc_id,
        sum(s.amount_doc) as other_doc,
        if(count(distinct s.method) = 1, any_value(s.method), 'several') as other_kind,
        string_agg(distinct c.number, ', ' order by c.number) as other_by,
    from wanted w
    join settlement s on s.debit_doc_id = w.doc_id and s.eff_date <= as_of and s.method in ('return', 'offset', 'writeoff', 'manual')
    join doc c on c.doc_id = s.credit_doc_id
    group by w.doc_id
),

likely as (
    select w.doc_id, max(a.amount_doc) as likely_doc
    from wanted w
    join pay_alloc a on a.contract_id = w.contract_id and a.amount_doc = w.sum_doc
        and a.invoice_doc_id is null and a.target_doc_id is null
    join doc p on p.doc_id = a.doc_id and p.type = 'pay_in' and p.currency = w.currency and p.doc_date between w.doc_date and as_of
    where w.type = 'invoice_out'
    group by w.doc_id
),

joined as (
    select
        w.*, coalesce(p.paid_doc, 0) as paid_doc, p.last_paid_on, p.paid_by, coalesce(o.other_doc, 0) as other_doc, o.other_kind, o.other_by,
        case when p.paid_doc is null then l.likely_doc end as likely_doc
    from wanted w
    left join paid_sums p using (doc_id)
    left join otherwise o using (doc_id)
    left join likely l using (doc_id)
)
select
    j.doc_id, j.type as doc_type, j.number as doc_number, j.doc_date, j.cp_id, cp.name as counterparty, j.currency, j.sum_doc,
    cast(j.paid_doc as decimal(18, 2)) as paid_doc,
    cast(j.other_doc as decimal(18, 2)) as other_doc,
    cast(j.likely_doc as decimal(18, 2)) as likely_doc,
    cast(greatest(j.sum_doc - j.paid_doc - j.other_doc, 0) as decimal(18, 2)) as open_doc,
    case
        when j.state <> 'active' then j.state
        when j.paid_doc > j.sum_doc then 'overpaid'
        when j.paid_doc = j.sum_doc then 'paid'
        when j.paid_doc + j.other_doc = j.sum_doc then 'closed'
        when j.paid_doc > 0 then 'part'
        when j.likely_doc is not null then 'likely_paid'
        else 'open'
    end as status,
    j.last_paid_on, j.paid_by, j.other_kind, j.other_by,
from joined j
left join cp on cp.cp_id = j.cp_id
