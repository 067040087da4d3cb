-- The opening balance and the lines of the latest statement of each account behind cash_position, and the ledger entries behind 1C's own, cash desks among them.
--
-- grain:  part, doc_id, doc_date
-- parts:  bank_balance, book_balance
-- units:  currency of the account
--
-- part         column of cash_position that these amounts add up to
-- doc_id       line of the statement, the account itself for its opening balance; or the document of a ledger entry
-- type         statement, bank_line, or type of the document
-- number       number of the paper that the bank names, or in 1C
-- doc_date     day of the line or entry
-- counterparty the other party; as the bank spells it where 1C does not know it [untrusted]
-- amount       balance or money in; negative when out
with
latest as (
    select s.bank_account_id, s.first_day, s.opening, least(s.last_day, cast($as_of as date)) as stmt_date
    from bank_stmt s
    join bank_account a using (bank_account_id)
    where s.first_day <= $as_of
    qualify row_number() over (partition by s.bank_account_id order by least(s.last_day, cast($as_of as date)) desc, s.first_day desc) = 1
),

booked as (
    select
        g.doc_id, d.type, d.number, g.dt as doc_date, any_value(cp.name) as counterparty,
        sum(case g.line_side when 'dr' then g.amount_doc else -g.amount_doc end) as amount,
    from gl g
    left join doc d on d.doc_id = g.doc_id
    left join cp on cp.cp_id = d.cp_id
    where g.dt <= $as_of and (left(g.account, 3) = '101' or (left(g.account, 4) in ('1030', '1040', '1050', '1060') and g.bank_account_id is not null))
    group by g.doc_id, d.type, d.number, g.dt
)
select 'bank_balance' as part, bank_account_id as doc_id, 'statement' as type, null as number, first_day as doc_date, null as counterparty, opening as amount
from latest
union all
select
    'bank_balance', l.bank_line_id, 'bank_line', l.doc_number, l.value_date, coalesce(cp.name, l.cp_name),
    case l.direction when 'in' then l.amount else -l.amount end,
from latest s
join bank_line l on l.bank_account_id = s.bank_account_id and l.value_date between s.first_day and s.stmt_date
left join cp on cp.cp_id = l.cp_id
union all
select 'book_balance', doc_id, type, number, doc_date, counterparty, cast(amount as decimal(18, 2)) from booked
