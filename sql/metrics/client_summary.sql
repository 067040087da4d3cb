-- One party in one row: what it owes and how late, its limit, how it pays, its deals, and what of it does not tie.
--
-- id:        client_summary
-- version:   1
-- changed_on: 2026-11-21
-- owner:     head of sales
-- title.ru:  Карточка клиента
-- title.kk:  Клиент карточкасы
-- title.en:  Card of a client
-- synonyms:  карточка клиента, всё о клиенте, справка по клиенту, как платит клиент, клиент туралы барлығы, client card, customer summary
-- unit:      KZT
-- basis:     accrual, gross, booked rate; payments by cash; deals as the CRM has them
-- shape:     table
-- grain:     cp_id
-- params:    counterparty counterparty, as_of date
-- formula:   ar_open, ap_open and advances of the party on as_of; limits and exposure by contract; usual_days = median days late of paid_items of twelve months, five settlements or more; deals of pipeline and deal_chain; unmatched lines of bank_rec and differences of control_gl up to as_of
-- needs:     onec
-- tests:     tests/sql/test_metrics_client.py::test_debt_advances_and_what_we_owe_stand_apart,
--     tests/sql/test_metrics_client.py::test_a_habit_needs_five_payments_of_twelve_months,
--     tests/sql/test_metrics_client.py::test_deals_are_nothing_without_a_crm_and_zero_with_one,
--     tests/sql/test_metrics_client.py::test_what_does_not_tie_is_told_and_what_cannot_be_known_is_nothing
--
-- cp_id              the party
-- counterparty       its name [untrusted]
-- open_kzt           what it owes
-- overdue_kzt        of it, past its due date
-- max_days_late      days late of the oldest item; empty when it owes nothing
-- documents          unpaid documents
-- advances_kzt       its advances and credits not used
-- payable_kzt        what we owe it
-- limit_kzt          credit limits of the contracts at stake together; empty when none is kept
-- over_limit_kzt     by how much its exposure is over limits above zero, contract by contract; empty when no limit is kept
-- usual_days         days late that it usually pays; empty when it paid fewer than five times in twelve months
-- late_share_ratio   share of what it paid in twelve months that came late, 0 to 1; empty when it paid nothing
-- settled_kzt        what its payments settled in twelve months
-- last_paid_on       day of its last payment
-- last_paid_kzt      amount of it
-- sold_kzt           sold to it in twelve months, with VAT, returns taken off
-- manager            responsible for its latest deal; empty when the CRM does not say
-- open_deals         deals in work; this and what follows of the CRM is empty when no CRM is mirrored
-- open_deals_kzt     what they are worth
-- stopped_deals      won deals without invoice, shipment or full payment
-- stopped_deals_kzt  what they are worth
-- unmatched_in       statement lines with its money that 1C does not have; empty when no statement is mirrored
-- unmatched_in_doc   their sum, in the currency of the accounts
-- differing          its contracts whose open items differ from the ledger
with
owed as (
    select
        sum(open_kzt) as open_kzt,
        sum(open_kzt) filter (where days_late > 0) as overdue_kzt,
        max(days_late) as max_days_late,
        count(distinct doc_id) as documents,
    from ar_open($as_of)
    where cp_id = $counterparty
),

payable as (
    select sum(open_kzt) as payable_kzt from ap_open($as_of) where cp_id = $counterparty
),

unused as (
    select sum(unused_kzt) as advances_kzt from advances($as_of) where side = 'ar' and cp_id = $counterparty
),

limits as (
    select
        sum(limit_kzt) as limit_kzt,
        sum(case when limit_kzt > 0 then greatest(exposure_kzt - limit_kzt, 0) when limit_kzt is not null then 0 end) as over_limit_kzt,
    from exposure($as_of)
    where cp_id = $counterparty
),

habit as (
    select
        case when count(*) >= 5 then cast(round(median(days_late)) as integer) end as usual_days,
        sum(amount_kzt) as settled_kzt,
        coalesce(sum(amount_kzt) filter (where days_late > 0), 0) as late_kzt,
    from paid_items(cast(cast($as_of as date) - interval 12 months as date) + 1, cast($as_of as date))
    where cp_id = $counterparty
),

last_paid as (
    select max(pay_date) as last_paid_on, arg_max(amount_kzt, (pay_date, doc_id)) as last_paid_kzt
    from pay
    where cp_id = $counterparty and type = 'pay_in' and pay_date <= $as_of
),

sold as (
    select sum(gross_kzt) as sold_kzt
    from sales_in(cast(cast($as_of as date) - interval 12 months as date) + 1, cast($as_of as date))
    where cp_id = $counterparty
),

open_deals as (
    select count(*) as open_deals, coalesce(sum(amount_kzt), 0) as open_deals_kzt from pipeline($as_of) where cp_id = $counterparty
),

stopped as (
    select count(*) as stopped_deals, coalesce(sum(amount_kzt), 0) as stopped_deals_kzt
    from deal_chain($as_of)
    where cp_id = $counterparty and gap in ('won_no_invoice', 'invoiced_not_shipped', 'shipped_not_paid') and close_date <= $as_of
),

alone as (
    select count(*) as unmatched_in, coalesce(sum(amount), 0) as unmatched_in_doc
    from bank_rec
    where cp_id = $counterparty and status = 'unmatched_bank' and direction = 'in' and value_date <= $as_of
),

control as (
    select count(*) as differing from control_gl($as_of) where cp_id = $counterparty and difference <> 0
),

held as (
    select exists (from deal) as has_crm, exists (from bank_stmt) as has_bank
)
select
    cp.cp_id, cp.name as counterparty,
    cast(coalesce(o.open_kzt, 0) as decimal(18, 2)) as open_kzt,
    cast(coalesce(o.overdue_kzt, 0) as decimal(18, 2)) as overdue_kzt,
    o.max_days_late, o.documents,
    cast(coalesce(u.advances_kzt, 0) as decimal(18, 2)) as advances_kzt,
    cast(coalesce(p.payable_kzt, 0) as decimal(18, 2)) as payable_kzt,
    cast(l.limit_kzt as decimal(18, 2)) as limit_kzt,
    cast(l.over_limit_kzt as decimal(18, 2)) as over_limit_kzt,
    h.usual_days,
    case when h.settled_kzt > 0 then cast(round(h.late_kzt / h.settled_kzt, 4) as decimal(18, 4)) end as late_share_ratio,
    cast(coalesce(h.settled_kzt, 0) as decimal(18, 2)) as settled_kzt,
    t.last_paid_on, t.last_paid_kzt,
    cast(coalesce(s.sold_kzt, 0) as decimal(18, 2)) as sold_kzt,
    m.manager,
    case when w.has_crm then d.open_deals end as open_deals,
    cast(case when w.has_crm then d.open_deals_kzt end as decimal(18, 2)) as open_deals_kzt,
    case when w.has_crm then g.stopped_deals end as stopped_deals,
    cast(case when w.has_crm then g.stopped_deals_kzt end as decimal(18, 2)) as stopped_deals_kzt,
    case when w.has_bank then a.unmatched_in end as unmatched_in,
    cast(case when w.has_bank then a.unmatched_in_doc end as decimal(18, 2)) as unmatched_in_doc,
    c.differing,
from cp
cross join owed o
cross join payable p
cross join unused u
cross join limits l
cross join habit h
cross join last_paid t
cross join sold s
cross join open_deals d
cross join stopped g
cross join alone a
cross join control c
cross join held w
left join account_manager($as_of) m on m.cp_id = cp.cp_id
where cp.cp_id = $counterparty
