-- What the bank has and 1C does not, and what 1C has and the bank does not, line by line, with what may be the reason.
--
-- id:        unmatched_bank
-- version:   1
-- changed_on: 2026-11-21
-- owner:     head of finance
-- title.ru:  Несверенные строки банка и 1С
-- title.kk:  Банк пен 1С-тің салыстырылмаған жолдары
-- title.en:  Unmatched lines of bank and 1C
-- synonyms:  неразнесённые платежи, деньги без документа, чего нет в 1С, чего нет в банке, невыясненные поступления, салыстырылмаған төлемдер, банктегі қай төлем 1С-те жоқ, сверка банка и 1С построчно, банкті 1С-пен жолдап салыстыру, unmatched receipts, unmatched bank lines, bank lines missing in 1C, bank reconciliation line by line
-- unit:      currency of the account
-- basis:     bank statements and 1C, days that a statement covers
-- shape:     table
-- grain:     statement line or document
-- params:    period period, account text?, counterparty counterparty?, org org?
-- formula:   bank_rec without a pair, by the day of the line, else of the payment; only_bank_doc and only_book_doc by account and direction are those of bank_reconciliation; `account`: short id, IBAN or its end
-- needs:     bank, onec
-- tests:     tests/test_facts.py::test_bank_lines_and_payments_are_matched_once_or_told,
--     tests/sql/test_metrics_stopped.py::test_each_reason_names_what_it_rests_on,
--     tests/sql/test_metrics_stopped.py::test_sums_are_those_of_the_account_and_direction,
--     tests/sql/test_bank_rec.py::test_a_rent_forgotten_in_one_month_leaves_the_other_months_paired
--
-- found_in      bank: a line that 1C does not have; book: a payment in 1C that the bank does not have
-- iban          account
-- currency      its currency
-- direction     in or out
-- day           day of the line, or of the payment
-- amount_doc    amount
-- cp_id         the other party; empty when the bank's words name nobody known
-- counterparty  its name, else as the bank spells it [untrusted]
-- number        number of the payment paper, or of the document in 1C
-- purpose       words of the payer [untrusted]
-- reason        not_posted: 1C has it as a draft or deleted; other_account, other_day, other_amount: the other side has it so;
--     bank_fee: payment purpose code 840; own_transfer: to or from an own account; unknown_party; entered_twice: 1C has
--     another one just like it; else not_entered in 1C, or not_in_statement. For an empty list no_such_account or all_matched
-- see           number of the paper or document that the reason rests on
-- lines         how many there are in the list
-- only_bank_doc all in the bank alone, of this account and direction
-- only_book_doc all in 1C alone, of this account and direction
with
accounts as (
    select a.bank_account_id, a.iban, a.currency
    from bank_account a
    where $account is null or a.bank_account_id = trim($account) or ends_with(upper(a.iban), upper(replace($account, ' ', '')))
),

alone as (
    select
        r.status, r.bank_account_id, r.direction, r.amount, r.cp_id, r.purpose, r.bank_line_id, r.doc_id,
        coalesce(r.value_date, r.doc_date) as day,
        coalesce(l.doc_number, d.number) as number,
        coalesce(ltrim(regexp_extract(l.doc_number, '(\d+)\D*$', 1), '0'), d.number_short) as number_short,
        coalesce(l.knp, d.knp) as knp,
        l.cp_name,
        o.bank_account_id is not null as is_own,
    from bank_rec r
    left join bank_line l on l.bank_line_id = r.bank_line_id
    left join doc d on d.doc_id = r.doc_id
    left join bank_account o on o.iban = l.cp_iban
    where r.status <> 'matched'
),

-- a lone line and a lone payment that may be the same: all of one thing is the same but for one. Three joins, each on equal
-- columns: a year that nobody entered must not be paired with all of another
hints as (
    select b.bank_line_id, k.doc_id, b.number as bank_number, k.number as book_number,
        if(b.bank_account_id = k.bank_account_id, 'other_day', 'other_account') as reason,
    from alone b
    join alone k on k.direction = b.direction and k.cp_id = b.cp_id and k.amount = b.amount
    where b.status = 'unmatched_bank' and k.status = 'unmatched_book'
        and (k.bank_account_id = b.bank_account_id or abs(date_diff('day', k.day, b.day)) <= 5)
    union all
    select b.bank_line_id, k.doc_id, b.number, k.number, 'other_amount'
    from alone b
    join alone k on k.bank_account_id = b.bank_account_id and k.direction = b.direction and k.cp_id = b.cp_id and k.day = b.day
    where b.status = 'unmatched_bank' and k.status = 'unmatched_book' and k.amount <> b.amount
    union all
    select b.bank_line_id, k.doc_id, b.number, k.number, 'other_amount'
    from alone b
    join alone k on k.bank_account_id = b.bank_account_id and k.direction = b.direction and k.number_short = b.number_short
    where b.status = 'unmatched_bank' and k.status = 'unmatched_book' and k.amount <> b.amount and abs(date_diff('day', k.day, b.day)) <= 5
),

inactive as (
    select a.bank_line_id, 'not_posted' as reason, min(i.number) as see
    from alone a
    join doc_inactive i on i.bank_account_id = a.bank_account_id and i.sum_doc = a.amount and abs(date_diff('day', i.doc_date, a.day)) <= 5
        and case when i.type in ('pay_in', 'refund_in', 'transfer_in', 'other_in') then 'in' else 'out' end = a.direction
        and (i.cp_id is null or a.cp_id is null or i.cp_id = a.cp_id)
        and i.type in ('pay_in', 'refund_in', 'transfer_in', 'other_in', 'pay_out', 'refund_out', 'transfer_out', 'fee', 'other_out')
    where a.status = 'unmatched_bank'
    group by a.bank_line_id
),

twins as (
    select a.doc_id, 'entered_twice' as reason, min(t.number) as see
    from alone a
    join bank_rec r on r.status = 'matched' and r.bank_account_id = a.bank_account_id and r.direction = a.direction and r.doc_date = a.day
        and r.amount = a.amount and r.cp_id = a.cp_id
    join doc t on t.doc_id = r.doc_id
    where a.status = 'unmatched_book'
    group by a.doc_id
),

of_lines as (
    select bank_line_id, arg_min(reason, (reason, book_number)) as reason, arg_min(book_number, (reason, book_number)) as see
    from hints
    group by bank_line_id
),

of_payments as (
    select doc_id, arg_min(reason, (reason, bank_number)) as reason, arg_min(bank_number, (reason, bank_number)) as see
    from hints
    group by doc_id
),

listed as (
    select
        a.*, c.iban, c.currency, cp.name,
        coalesce(i.reason, l.reason, t.reason, p.reason, case
            when a.status = 'unmatched_book' then 'not_in_statement'
            when a.knp = '840' then 'bank_fee'
            when a.is_own or cp.is_intercompany then 'own_transfer'
            when a.cp_id is null then 'unknown_party'
            else 'not_entered'
        end) as reason,
        coalesce(i.see, l.see, t.see, p.see) as see,
        sum(a.amount) filter (where a.status = 'unmatched_bank') over side as only_bank_doc,
        sum(a.amount) filter (where a.status = 'unmatched_book') over side as only_book_doc,
    from alone a
    join accounts c on c.bank_account_id = a.bank_account_id
    left join cp on cp.cp_id = a.cp_id
    left join inactive i on i.bank_line_id = a.bank_line_id
    left join of_lines l on l.bank_line_id = a.bank_line_id
    left join twins t on t.doc_id = a.doc_id
    left join of_payments p on p.doc_id = a.doc_id
    where a.day between $period_from and $period_to and ($counterparty is null or a.cp_id = $counterparty)
    window side as (partition by a.bank_account_id, a.direction)
)
select
    case l.status when 'unmatched_bank' then 'bank' when 'unmatched_book' then 'book' end as found_in,
    l.iban, l.currency, l.direction, l.day,
    cast(l.amount as decimal(18, 2)) as amount_doc,
    l.cp_id, coalesce(l.name, l.cp_name) as counterparty, l.number, l.purpose,
    case
        when l.status is not null then l.reason
        when not exists (from accounts) then 'no_such_account'
        else 'all_matched'
    end as reason,
    l.see,
    count(l.status) over () as lines,
    cast(coalesce(l.only_bank_doc, 0) as decimal(18, 2)) as only_bank_doc,
    cast(coalesce(l.only_book_doc, 0) as decimal(18, 2)) as only_book_doc,
from (select 1) one
left join listed l on true
order by l.iban, l.direction, l.day, l.status, l.bank_line_id, l.doc_id
