-- A sale between own entities has no purchase of the same amount on the other side.
--
-- kind:     reconciliation
-- label.ru: Внутригрупповая продажа не отражена у второй стороны
-- label.kk: Топішілік сату екінші жақта көрсетілмеген
-- label.en: An intercompany sale is missing on the other side
-- touches:  intercompany_balance, ar_total, ap_total
with
inner_docs as (
    select
        d.doc_id, d.type, d.number, d.doc_date, d.org_id, other.org_id as other_org_id, d.sum_kzt, d.cp_id,
        -- the k-th sale of an amount looks for the k-th purchase of it: one purchase covers one sale
        row_number() over (partition by d.type, d.org_id, other.org_id, d.sum_kzt order by d.doc_date, d.doc_id) as n
    from doc d
    join cp on cp.cp_id = d.cp_id and cp.is_intercompany
    join org other on other.bin = cp.bin_iin
    where d.type in ('sale', 'purchase')
)
select
    'sale ' || s.number as subject,
    s.doc_date || ' between own entities, no purchase with this amount' as detail,
    s.sum_kzt as amount,
    s.cp_id,
    s.doc_date as first_day,
    s.doc_date as last_day,
from inner_docs s
left join inner_docs p on p.type = 'purchase' and p.org_id = s.other_org_id and p.other_org_id = s.org_id and p.sum_kzt = s.sum_kzt and p.n = s.n
    and abs(date_diff('day', s.doc_date, p.doc_date)) <= 31
where s.type = 'sale' and p.doc_id is null
