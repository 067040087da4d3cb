-- The turnovers whose electronic invoice is missing, late, withdrawn or different, one row each, with what is wrong.
--
-- id:        esf_problems
-- version:   2
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Расхождения ЭСФ и 1С по документам
-- title.kk:  ЭШФ мен 1С алшақтықтары құжаттар бойынша
-- title.en:  ESF problems by document
-- synonyms:  где нет ЭСФ, список без ЭСФ, отозванные ЭСФ, отклонённые ЭСФ, ЭСФ не сходится, ЭСФ без реализации, по кому не выписан ЭСФ,
--     ЭШФ жоқ құжаттар, қайтарып алынған ЭШФ, ESF problems, declined ESF, documents without ESF
-- unit:      currency of the document
-- basis:     ЭСФ exports and posted documents of 1C less their returns, turnovers that the exports cover
-- shape:     table
-- grain:     direction, own entity, document
-- params:    period period, direction choice(out|in)?, counterparty counterparty?, org org?
-- formula:   esf_rec of the period with an outcome other than ok and pending; `problems` by direction and own entity are those of esf_reconciliation
-- needs:     esf, onec
-- tests:     tests/sql/test_metrics_agree.py::test_problems_of_electronic_invoices_are_all_listed
--
-- direction      out: issued to customers; in: received from suppliers
-- outcome        missing_esf, missing_1c, sum_diff, vat_diff, cancelled_but_posted or late
-- org            own entity
-- cp_id          the other party; empty when its BIN is no counterparty's
-- counterparty   its name, else as the invoice spells it [untrusted]
-- turnover_date  day of the turnover
-- number         document in 1C
-- esf_number     seller's number of the invoice [untrusted]
-- reg_no         its registration number
-- status         its state, the portal's word
-- last_day       last day of the term
-- days_late      days after it; null in time
-- currency       currency
-- book_doc       document less returns, with VAT
-- esf_doc        invoices that count, with VAT
-- difference_doc esf_doc - book_doc
-- vat_diff_doc   VAT of the invoices less VAT of 1C
-- hint           other_bin: the same day and total stand under another BIN on the other side; draft: 1C has it, not posted
-- reason         for an empty list: all_matched, or not_covered: no export holds a turnover of the period
with
asked as (
    from esf_rec
    where turnover_date between $period_from and $period_to and ($direction is null or direction = $direction)
        and ($counterparty is null or cp_id = $counterparty)
),
listed as (
    from asked
    where outcome not in ('ok', 'pending')
),
-- a document without an invoice and an invoice without a document that only the party keeps apart
twins as (
    select d.doc_id, i.esf_id
    from esf_rec d
    join esf_rec i
        on i.direction = d.direction and i.org_id = d.org_id and i.turnover_date = d.turnover_date and i.currency = d.currency
        and i.esf_doc = d.book_doc
    where d.outcome = 'missing_esf' and i.outcome = 'missing_1c'
),
drafts as (
    select distinct r.esf_id
    from listed r
    join doc_inactive i
        on i.org_id = r.org_id and i.cp_id = r.cp_id and i.sum_doc = r.esf_doc and abs(date_diff('day', i.doc_date, r.turnover_date)) <= 3
        and i.type = if(r.direction = 'out', 'sale', 'purchase')
    where r.outcome = 'missing_1c'
)
select
    r.direction, r.outcome, o.name as org, r.cp_id,
    coalesce(cp.name, if(r.direction = 'out', e.buyer_name, e.seller_name)) as counterparty,
    r.turnover_date, d.number, e.number as esf_number, e.reg_no, r.status, r.last_day, nullif(r.days_late, 0) as days_late, r.currency,
    r.book_doc, r.esf_doc, r.difference_doc, r.vat_diff_doc,
    case
        when r.doc_id in (select doc_id from twins) or r.doc_id is null and r.esf_id in (select esf_id from twins) then 'other_bin'
        when r.esf_id in (select esf_id from drafts) then 'draft'
    end as hint,
    case when r.outcome is null then if(exists (from asked), 'all_matched', 'not_covered') end as reason,
from (select 1) one
left join listed r on true
left join org o using (org_id)
left join doc d on d.doc_id = r.doc_id
left join esf e on e.esf_id = r.esf_id
left join cp on cp.cp_id = r.cp_id
order by
    r.direction desc,
    list_position(['missing_esf', 'cancelled_but_posted', 'sum_diff', 'vat_diff', 'missing_1c', 'late'], r.outcome),
    abs(greatest(r.book_kzt, r.esf_kzt)) desc, r.turnover_date, r.doc_id, r.esf_id
