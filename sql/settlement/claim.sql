-- What each credit with a named target takes from each stage of it: what was open of the stage at that moment, no more.
--
-- A link comes too late when the target has been paid by then in order of date. How far that order has come depends on
-- what earlier links took, so the amounts are guessed as if nothing else paid, and corrected, pool by pool, until stable.
-- A correction of a link rests only on earlier links: the first pass settles the first one for good, and so on.
--
-- published: no
-- kind:      table
-- grain:     doc_id, line_no, stage
-- source:    credit_item, debit_item
--
-- pool          where it happens
-- credit_turn   the credit's place in the pool
-- debit_turn    the stage's place in the pool
-- taken_doc     what the credit takes from the stage
with recursive
links as (
    select
        c.pool, c.turn as credit_turn, d.turn as debit_turn, c.target_doc_id, c.amount_doc as wanted, d.amount_doc as asked,
        d.reach_doc - d.amount_doc as ahead,
        c.free_date = c.doc_date as may_be_late
    from credit_item c
    join debit_item d on d.pool = c.pool and d.doc_id = c.target_doc_id
),

-- as if links alone paid: of the running total that links want of a document, and of its stages, the overlap
sole as (
    select
        *,
        sum(asked) over stages - asked as stage_from,
        sum(asked) over stages as stage_to,
        sum(wanted) over earlier - wanted as claim_from,
        sum(wanted) over earlier as claim_to,
    from links
    window
        stages as (partition by pool, credit_turn order by debit_turn),
        earlier as (partition by pool, target_doc_id, debit_turn order by credit_turn)
),

unlinked as (
    select pool
    from credit_item c
    join contract k using (contract_id)
    where k.settle_mode <> 'by_document'
    group by pool
),

pass (pool, credit_turn, debit_turn, taken, n) as (
    select
        pool, credit_turn, debit_turn,
        cast(greatest(0, least(claim_to, stage_to) - greatest(claim_from, stage_from)) as decimal(18, 2)) as taken,
        0 as n
    from sole

    union all

    select pool, credit_turn, debit_turn, taken, n
    from (
        with
        given as (
            select pool, credit_turn, sum(taken) as taken from pass group by all
        ),

        -- free credit that came before, in order
        supply as (
            select
                c.pool, c.turn,
                coalesce(sum(c.amount_doc - coalesce(g.taken, 0)) over (
                    partition by c.pool order by c.turn rows between unbounded preceding and 1 preceding
                ), 0) as free
            from credit_item c
            left join given g on g.pool = c.pool and g.credit_turn = c.turn
            where c.pool in (select pool from pass)
        ),

        seen as (
            select
                p.*, l.wanted, l.asked, l.ahead, l.may_be_late, s.free,
                coalesce(sum(p.taken) over (
                    partition by p.pool, p.debit_turn order by p.credit_turn rows between unbounded preceding and 1 preceding
                ), 0) as taken_before
            from pass p
            join links l using (pool, credit_turn, debit_turn)
            join supply s on s.pool = p.pool and s.turn = p.credit_turn
            where p.pool in (select pool from unlinked)
        ),

        -- only where free credit may have come as far as the stage: what earlier links took from the stages ahead of it
        skipped as (
            select s.pool, s.credit_turn, s.debit_turn, sum(e.taken) as taken
            from seen s
            join pass e on e.pool = s.pool and e.credit_turn < s.credit_turn and e.debit_turn < s.debit_turn
            where s.may_be_late and s.free > 0
            group by all
        ),

        left_open as (
            select
                s.*,
                s.asked - s.taken_before - case
                    when s.may_be_late then greatest(0, least(
                        s.free - (s.ahead - coalesce(k.taken, 0)),
                        s.asked - s.taken_before
                    ))
                    else 0
                end as open
            from seen s
            left join skipped k using (pool, credit_turn, debit_turn)
        ),

        corrected as (
            select
                *,
                cast(greatest(0, least(open, wanted - coalesce(sum(open) over (
                    partition by pool, credit_turn order by debit_turn rows between unbounded preceding and 1 preceding
                ), 0))) as decimal(18, 2)) as now_taken
            from left_open
        ),

        moved as (
            select *, bool_or(now_taken <> taken) over (partition by pool) as is_unstable from corrected
        )

        select pool, credit_turn, debit_turn, now_taken as taken, n + 1 as n from moved where is_unstable
    )
)
select pool, credit_turn, debit_turn, taken as taken_doc
from pass
qualify n = max(n) over (partition by pool) and taken > 0
