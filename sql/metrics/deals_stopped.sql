-- Deals won in a period and where each stands on its way to money: no invoice, not shipped, not paid, paid.
--
-- id:        deals_stopped
-- version:   2
-- changed_on: 2026-11-21
-- owner:     head of sales
-- title.ru:  Где остановились выигранные сделки
-- title.kk:  Ұтып алынған мәмілелер қай жерде тоқтады
-- title.en:  Where won deals stop
-- synonyms:  где застряли сделки, сделки без оплаты, сделки не отгружены, выиграли но не заплатили, мәмілелер тоқтаған жер, stuck deals, deals not paid
-- unit:      KZT
-- basis:     CRM stage; documents of 1C
-- shape:     table
-- grain:     deal_id
-- params:    period period, owner text?, as_of date, counterparty counterparty?
-- formula:   deal_chain(as_of) of deals won with a close date in the period, at most as_of; since: close of the deal, day of the invoice, day of the oldest shipment that is not fully paid; `owner`: every word in the name
-- needs:     bitrix, onec
-- tests:     tests/sql/test_metrics_stopped.py::test_a_won_deal_waits_since_its_last_step,
--     tests/sql/test_metrics_stopped.py::test_on_an_earlier_day_a_deal_stands_earlier,
--     tests/sql/test_metrics_stopped.py::test_deals_of_one_employee_or_one_party,
--     tests/sql/test_metrics_agree.py::test_deals_stop_where_the_chain_says
--
-- deal_id        deal
-- title          its name [untrusted]
-- owner          responsible employee
-- cp_id          counterparty, empty when it is not known in 1C
-- counterparty   its name [untrusted]
-- close_date     day it was won
-- amount_kzt     what it is worth; empty without a rate
-- stop           won_no_invoice, invoiced_not_shipped, shipped_not_paid or paid
-- since          since when it waits; empty when paid
-- days_waiting   as_of less since
-- invoice_number customer invoice in 1C
-- invoice_link   number: the deal names it; likely: same party and amount within 14 days
-- shipped_kzt    shipped on the invoice; deals that share an invoice each show all of it
-- paid_kzt       paid for it
-- deals          deals that stop here
-- stop_kzt       what they are worth
-- total_deals    all deals of the list
-- total_kzt      what they are worth
-- reason         no_such_owner or no_won_deals when the list is empty
with
owners as (
    select deal_id, owner
    from deal
    where $owner is null or list_bool_and(list_transform(
        string_split(lower(trim($owner)), ' '), lambda word: contains(lower(owner), word)
    ))
),

-- no more than deals lead to: to look for every shipment among the unpaid ones would take longer than all the rest
shipments as (
    select m.invoice_doc_id, min(m.day) as first_shipped, min(o.doc_date) as oldest_open
    from deal_money m
    left join ar_open($as_of) o on o.doc_id = m.doc_id
    where m.step = 'shipped' and m.day <= $as_of
    group by m.invoice_doc_id
),

won as (
    select
        c.*, w.owner,
        case c.gap when 'none' then 'paid' else c.gap end as stop,
        case c.gap
            when 'won_no_invoice' then c.close_date
            when 'invoiced_not_shipped' then i.invoice_date
            when 'shipped_not_paid' then coalesce(s.oldest_open, s.first_shipped)
        end as since,
    from deal_chain($as_of) c
    join owners w on w.deal_id = c.deal_id
    left join deal_invoice i on i.deal_id = c.deal_id and i.invoice_doc_id = c.invoice_doc_id and i.invoice_link = c.invoice_link
    left join shipments s on s.invoice_doc_id = c.invoice_doc_id
    where c.stage_kind = 'won' and c.close_date between $period_from and least($period_to, $as_of)
        and ($counterparty is null or c.cp_id = $counterparty)
)
select
    w.deal_id, w.title, w.owner, w.cp_id, w.counterparty, w.close_date, w.amount_kzt, w.stop, w.since,
    cast(date_diff('day', w.since, cast($as_of as date)) as integer) as days_waiting,
    w.invoice_number, w.invoice_link, w.shipped_kzt, w.paid_kzt,
    count(w.deal_id) over (partition by w.stop) as deals,
    cast(coalesce(sum(w.amount_kzt) over (partition by w.stop), 0) as decimal(18, 2)) as stop_kzt,
    count(w.deal_id) over () as total_deals,
    cast(coalesce(sum(w.amount_kzt) over (), 0) as decimal(18, 2)) as total_kzt,
    case
        when w.deal_id is not null then null
        when not exists (from owners) then 'no_such_owner'
        else 'no_won_deals'
    end as reason,
from (select 1) one
left join won w on true
order by list_position(['won_no_invoice', 'invoiced_not_shipped', 'shipped_not_paid', 'paid'], w.stop), w.amount_kzt desc nulls last, w.deal_id
