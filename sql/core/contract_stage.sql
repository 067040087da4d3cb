-- Payment stages that the words of a contract's terms promise, «30% через 0 дней, 50% через 30 дней, 20% через 60 дней».
-- Only contracts whose stages sum to exactly 100 per cent are here.
--
-- kind:      table
-- published: no
-- grain:     contract_id, stage
-- source:    contract.terms
-- units:     share in per cent, days are calendar days
--
-- contract_id  contract
-- stage        1, 2, … by day
-- takes_rest   the stage that is written last: it takes what rounding leaves
-- share        per cent of the document
-- due_days     days after the document
with
read as (
    select
        contract_id,
        unnest(regexp_extract_all(lower(terms), '(\d+(?:[.,]\d+)?)\s*%\s*через\s*(\d+)\s*д', 1)) as share,
        unnest(regexp_extract_all(lower(terms), '(\d+(?:[.,]\d+)?)\s*%\s*через\s*(\d+)\s*д', 2)) as due_days,
        generate_subscripts(regexp_extract_all(lower(terms), '(\d+(?:[.,]\d+)?)\s*%\s*через\s*(\d+)\s*д', 1), 1) as position,
    from contract
    where terms like '%\%%' escape '\'
),
typed as (
    select
        contract_id,
        position,
        try_cast(replace(share, ',', '.') as decimal(9, 4)) as share,
        try_cast(due_days as integer) as due_days,
    from read
),
numbered as (
    select
        contract_id,
        row_number() over (partition by contract_id order by due_days, position) as stage,
        position = max(position) over (partition by contract_id) as takes_rest,
        share,
        due_days,
        sum(share) over (partition by contract_id) as total,
        bool_and(share > 0 and due_days is not null) over (partition by contract_id) as readable,
    from typed
)
select
    contract_id,
    cast(stage as integer) as stage,
    takes_rest,
    share,
    due_days,
from numbered
where total = 100 and readable
