-- Which payment, return, offset or write-off settled which document and how much of it, in the currency of both.
--
-- A credit that names its target takes what is open of it. The rest, and credits without a target, pay the oldest
-- document of the same contract first, unless the contract is settled document by document.
-- Nothing crosses contracts, currencies, own entities or sides. What it is worth in tenge is told in settlement.
--
-- published: no
-- kind:      table
-- grain:     pool, credit_turn, debit_turn, evidence
-- source:    debit_item, credit_item, claim
-- units:     money in the currency of the pool
--
-- pool         where it happens
-- credit_turn  the credit's place in the pool
-- debit_turn   the stage's place in the pool
-- amount_doc   settled
-- eff_date     from when it counts: the later of both documents' dates
-- evidence     linked: the document names its target; order: by date inside the contract
with
claimed as (
    select pool, credit_turn, debit_turn, taken_doc as amount_doc, 'linked' as evidence from claim
),

by_order as (
    select pool from credit_item join contract using (contract_id) where settle_mode <> 'by_document' group by pool
),

free_credit as (
    select c.pool, c.turn, sum(c.amount_doc - coalesce(k.taken, 0)) over (partition by c.pool order by c.turn) as reach
    from credit_item c
    left join (select pool, credit_turn, sum(taken_doc) as taken from claim group by all) k
        on k.pool = c.pool and k.credit_turn = c.turn
    where c.pool in (from by_order)
),

open_debit as (
    select d.pool, d.turn, sum(d.amount_doc - coalesce(k.taken, 0)) over (partition by d.pool order by d.turn) as reach
    from debit_item d
    left join (select pool, debit_turn, sum(taken_doc) as taken from claim group by all) k
        on k.pool = d.pool and k.debit_turn = d.turn
    where d.pool in (from by_order)
),

-- both running totals on one line: between two marks runs one credit and one debit
marks as (
    select pool, reach, turn as credit_turn, null as debit_turn from free_credit
    union all
    select pool, reach, null, turn from open_debit
),

spans as (
    select
        pool,
        reach - coalesce(lag(reach) over line, 0) as amount_doc,
        min(credit_turn) over onward as credit_turn,
        min(debit_turn) over onward as debit_turn,
    from marks
    window
        line as (partition by pool order by reach),
        onward as (partition by pool order by reach rows between current row and unbounded following)
),

every as (
    from claimed
    union all by name
    select *, 'order' as evidence from spans where amount_doc > 0 and credit_turn is not null and debit_turn is not null
),

-- materialized: else the engine pairs every credit of a pool with every debit of it before it looks at the turns
credited as materialized (
    select e.*, c.free_date
    from every e
    join credit_item c on c.pool = e.pool and c.turn = e.credit_turn
)
select
    e.pool, e.credit_turn, e.debit_turn,
    cast(e.amount_doc as decimal(18, 2)) as amount_doc,
    greatest(e.free_date, d.doc_date) as eff_date,
    e.evidence,
from credited e
join debit_item d on d.pool = e.pool and d.turn = e.debit_turn
