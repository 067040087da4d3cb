-- What entries have added to the accounts of debts and advances on each day: the side of control_gl that is the ledger's.
--
-- kind:      table
-- grain:     side, org_id, cp_id, contract_id, currency, day
-- source:    gl, debt_account
-- units:     money in the currency of the row, _kzt in tenge
-- listed:    no
-- label.ru:  Обороты по счетам расчётов за день
-- label.kk:  Есеп айырысу шоттарының күндік айналымы
-- label.en:  Daily turnover of the accounts of debts
-- synonyms:  обороты по дням, сверка со счетами, шоттармен салыстыру, turnover by day
--
-- side        ar: 1210, 3510 and their like (see debt_account); ap: 3310, 1710 and theirs
-- org_id      own entity
-- cp_id       the other party
-- contract_id agreement
-- currency    currency of the entries
-- day         their day
-- ledger      added to the balance, positive when it makes a debt
-- ledger_kzt  the same in tenge
with
-- by whole accounts: there are few of them, and entries are many
accounts as (
    select g.account, a.side
    from (select distinct account from gl) g
    join debt_account a on a.account = g.account[1:4]
),

entries as (
    select
        a.side, g.org_id, g.cp_id, g.contract_id, g.currency, g.dt as day,
        (g.line_side = 'dr') = (a.side = 'ar') as is_added,
        g.amount_doc, g.amount_kzt,
    from gl g
    join accounts a on a.account = g.account
)
select
    side, org_id, cp_id, contract_id, currency, day,
    cast(sum(if(is_added, amount_doc, -amount_doc)) as decimal(18, 2)) as ledger,
    cast(sum(if(is_added, amount_kzt, -amount_kzt)) as decimal(18, 2)) as ledger_kzt,
from entries
group by all
