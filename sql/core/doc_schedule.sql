-- Payment stages of sales and purchases: when which part is to be paid. Every sale and purchase has at least one stage.
--
-- kind:     table
-- grain:    doc_id, stage
-- source:   doc, contract terms
-- units:    amount_doc in the document's currency, DECIMAL(18,2); stages sum to the document
-- label.ru: График оплаты
-- label.kk: Төлем кестесі
-- label.en: Payment schedule
-- synonyms: график платежей, этапы оплаты, рассрочка, срок оплаты, төлем кестесі, бөліп төлеу, payment schedule, instalments, due date
--
-- doc_id      sale or purchase; joins doc
-- stage       1, 2, … by due date
-- due_date    day by which the stage is to be paid
-- amount_doc  amount of the stage, in the document's currency; parts are cut to the tiyn and the stage written last takes the rest
with
documents as (
    select doc_id, contract_id, doc_date, due_date, due_source, sum_doc
    from doc
    where type in ('sale', 'purchase')
),
staged as (
    -- parts are cut to the tiyn, never rounded up, so that what is left for the last one is never negative
    select
        d.doc_id,
        s.stage,
        s.takes_rest,
        d.doc_date + s.due_days as due_date,
        d.sum_doc,
        case when s.takes_rest then 0 else trunc(cast(d.sum_doc as decimal(38, 2)) * s.share * 0.01, 2) end as part,
    from documents as d
    join contract_stage as s on s.contract_id = d.contract_id
    where d.due_source = 'schedule'
)
select
    doc_id,
    stage,
    due_date,
    cast(case when takes_rest then sum_doc - sum(part) over (partition by doc_id) else part end as decimal(18, 2)) as amount_doc,
from staged
union all
select
    doc_id,
    1 as stage,
    due_date,
    sum_doc as amount_doc,
from documents
where due_source <> 'schedule'
