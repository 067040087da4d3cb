-- The movements of money behind cash_movers, of the period and of the one compared with.
--
-- grain:  part, doc_id; a payment of several items has a row for each
-- parts:  difference_kzt, net_kzt, before_kzt, in_kzt, out_kzt, in_before_kzt, out_before_kzt
-- units:  tenge at the rate of the document
--
-- part         column of cash_movers that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       money in or out; net negative when out; in difference_kzt the period compared with is taken off
with
moved as (
    select
        m.doc_id, m.type, m.number, m.move_date as doc_date, m.counterparty, m.in_kzt, m.out_kzt, m.move_date >= $period_from as is_now,
        cast(m.in_kzt - m.out_kzt as decimal(18, 2)) as net_kzt,
    from cash_item(before_from($period_from, $period_to, $compare), $period_to) m
    where m.is_flow
        and (
            m.move_date >= $period_from
            or m.move_date between before_from($period_from, $period_to, $compare) and before_to($period_from, $period_to, $compare)
        )
)
select 'difference_kzt' as part, doc_id, type, number, doc_date, counterparty, if(is_now, net_kzt, -net_kzt) as amount from moved
union all
select if(is_now, 'net_kzt', 'before_kzt'), doc_id, type, number, doc_date, counterparty, net_kzt from moved
union all
select if(is_now, 'in_kzt', 'in_before_kzt'), doc_id, type, number, doc_date, counterparty, in_kzt from moved where in_kzt is distinct from 0
union all
select if(is_now, 'out_kzt', 'out_before_kzt'), doc_id, type, number, doc_date, counterparty, out_kzt from moved where out_kzt is distinct from 0
