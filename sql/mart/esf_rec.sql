-- Electronic invoices (ЭСФ) held against sales and purchases of 1C, one row a turnover: the document less what came back of it, beside the
-- invoice with all that corrects it. Only what exports cover: turnovers of an own entity since the month of the first issue that they hold.
--
-- kind:     table
-- grain:    direction, doc_id, esf_id
-- source:   esf, doc, doc_line, org, tax_invoice
-- units:    `currency`: that of the document; KZT where the invoice is in another. *_kzt in tenge
-- label.ru: Сверка ЭСФ с 1С
-- label.kk: ЭШФ-ті 1С-пен салыстыру
-- label.en: ESF against 1C
-- synonyms: сверка ЭСФ, нет ЭСФ, ЭСФ не выписан, просрочен ЭСФ, ЭСФ и реализация, ЭШФ салыстыру, ESF reconciliation, missing ESF
--
-- direction      out: issued to customers; in: received from suppliers
-- outcome        ok; sum_diff, vat_diff: totals or VAT differ; missing_esf: none although its term has passed; pending: none yet, and
--     the term runs; missing_1c: no such document; cancelled_but_posted: withdrawn or declined, and 1C has the document;
--     late: issued after the term of 15 days, else ok
-- rule           reg_no (1C names it), number (same parties, number and day: those of 1C's own tax invoice of the sale, else of the document) or amount (same party and total within 3 days, the only such)
-- org_id         own entity
-- cp_id          the other party; null when its BIN is no counterparty's
-- doc_id         sale or purchase; joins doc
-- esf_id         invoice that counts, else the last withdrawn; joins esf
-- status         its state, the portal's word
-- turnover_date  day of the document, of a purchase that of the supplier's paper; else of the invoice
-- issued_on      first issued
-- last_day       last day of the term: turnover_date + 15
-- days_late      days after it: to the issue, else to the last day that exports cover; 0 in time
-- currency       ISO letter code
-- book_doc       document less returns, with VAT
-- esf_doc        invoices that count, with VAT
-- difference_doc esf_doc - book_doc
-- vat_diff_doc   VAT of the invoices less VAT of 1C
-- book_kzt       book_doc in tenge
-- esf_kzt        esf_doc in tenge
with
terms as (select 15 as esf_days),
sides as (
    select *, 'out' as direction, seller_org_id as org_id, buyer_cp_id as cp_id
    from esf
    where seller_org_id is not null
    union all
    select *, 'in', buyer_org_id, seller_cp_id
    from esf
    where buyer_org_id is not null
),
covered as (
    select
        direction, org_id,
        cast(date_trunc('month', min(issue_date)) as date) as covered_from,
        max(greatest(issue_date, cast(updated_at as date))) as covered_to,
    from sides
    group by all
),
chains as (
    select
        direction, org_id, root_id,
        -- the one that counts; where none does, the last
        max_by(
            {
                'esf_id': esf_id, 'status': status, 'cp_id': cp_id, 'number': number_short, 'currency': currency, 'sum_doc': sum_doc,
                'delivery': ltrim(regexp_extract(delivery_number, '(\d+)\D*$', 1), '0'), 'turnover_date': turnover_date
            },
            (is_effective, issue_date, esf_id)
        ) filter (kind <> 'additional') as head,
        coalesce(bool_or(is_effective) filter (kind <> 'additional'), false) as is_live,
        min(least(issue_date, coalesce(related_date, issue_date))) filter (kind <> 'additional') as issued_on,
        coalesce(sum(sum_doc) filter (is_effective), 0) as sum_doc,
        coalesce(sum(vat_doc) filter (is_effective), 0) as vat_doc,
        coalesce(sum(sum_kzt) filter (is_effective), 0) as sum_kzt,
        coalesce(sum(vat_kzt) filter (is_effective), 0) as vat_kzt,
    from sides
    group by all
),
foreign_vat as (
    select doc_id, sum(vat_doc) as vat_doc
    from doc_line
    where doc_id in (select doc_id from doc where currency <> 'KZT')
    group by doc_id
),
papers as (
    select
        d.doc_id, d.type, d.org_id, d.cp_id, d.base_doc_id, d.doc_date, d.currency, d.sum_doc, d.sum_kzt, coalesce(d.vat_kzt, 0) as vat_kzt,
        coalesce(v.vat_doc, d.vat_kzt, 0) as vat_doc,
        case d.type when 'sale' then 'out' when 'purchase' then 'in' end as direction,
        case d.type when 'purchase' then coalesce(d.in_date, d.doc_date) else d.doc_date end as turnover_date,
        case d.type
            when 'purchase' then ltrim(regexp_extract(d.in_number, '(\d+)\D*$', 1), '0')
            else d.number_short
        end as number,
        nullif(regexp_extract(upper(concat_ws(' ', d.in_number, d.comment)), 'ESF-\d{12}-\d{8}-[0-9A-Z]+'), '') as reg_no,
    from doc as d
    left join foreign_vat as v using (doc_id)
    where d.type in ('sale', 'purchase', 'sale_return', 'purchase_return')
),
came_back as (
    select
        r.base_doc_id as doc_id,
        sum(r.sum_doc) as sum_doc, sum(r.vat_doc) as vat_doc, sum(r.sum_kzt) as sum_kzt, sum(r.vat_kzt) as vat_kzt,
        -- of which the term for the correction has passed
        coalesce(sum(r.sum_doc) filter (r.doc_date + t.esf_days < c.covered_to), 0) as due_doc,
        coalesce(sum(r.vat_doc) filter (r.doc_date + t.esf_days < c.covered_to), 0) as due_vat_doc,
    from papers as r
    join terms as t on true
    join covered as c on c.org_id = r.org_id and c.direction = case r.type when 'sale_return' then 'out' else 'in' end
    where r.type in ('sale_return', 'purchase_return') and r.doc_date <= c.covered_to
    group by all
),
books as (
    select
        p.doc_id, p.direction, p.org_id, p.cp_id, p.turnover_date, p.number, p.reg_no, p.currency, p.sum_doc as own_doc,
        p.sum_doc - coalesce(b.sum_doc, 0) as sum_doc,
        p.vat_doc - coalesce(b.vat_doc, 0) as vat_doc,
        p.sum_kzt - coalesce(b.sum_kzt, 0) as sum_kzt,
        p.vat_kzt - coalesce(b.vat_kzt, 0) as vat_kzt,
        p.sum_doc - coalesce(b.due_doc, 0) as due_doc,
        p.vat_doc - coalesce(b.due_vat_doc, 0) as due_vat_doc,
        -- who must issue: an own entity that pays VAT; of a supplier only VAT on the paper tells it
        p.turnover_date >= c.covered_from
            and case p.direction when 'out' then coalesce(o.vat_from <= p.turnover_date, false) else p.vat_kzt <> 0 end as is_required,
        c.covered_to,
    from papers as p
    join covered as c on c.direction = p.direction and c.org_id = p.org_id
    join org as o on o.org_id = p.org_id
    left join came_back as b on b.doc_id = p.doc_id
    -- an invoice of the first month may be of a turnover before it
    where p.turnover_date between c.covered_from - 60 and c.covered_to
),
by_reg_no as (
    select b.doc_id, c.direction, c.root_id, 'reg_no' as rule
    from books as b
    join sides as s on s.reg_no = b.reg_no and s.direction = b.direction and s.org_id = b.org_id
    join chains as c on c.direction = s.direction and c.org_id = s.org_id and c.root_id = s.root_id
    qualify row_number() over (partition by b.doc_id order by c.root_id) = 1
        and row_number() over (partition by c.direction, c.root_id order by b.doc_id) = 1
),
books_2 as (from books where doc_id not in (select doc_id from by_reg_no)),
chains_2 as (from chains as c where not exists (from by_reg_no as m where m.direction = c.direction and m.root_id = c.root_id)),
numbered as (
    -- the number of the paper that the invoice names goes before its own
    select c.direction, c.org_id, c.root_id, c.head.cp_id as cp_id, c.head.turnover_date as turnover_date, c.head.delivery as number, 1 as turn
    from chains_2 as c
    union all
    select c.direction, c.org_id, c.root_id, c.head.cp_id, c.head.turnover_date, c.head.number, 2
    from chains_2 as c
),
number_pairs as (
    select b.doc_id, n.direction, n.root_id, min(n.turn) as turn
    from books_2 as b
    join numbered as n
        on n.direction = b.direction and n.org_id = b.org_id and n.cp_id = b.cp_id and n.turnover_date = b.turnover_date and n.number = b.number
    where b.number <> ''
    group by all
    union all
    -- what 1C itself has issued for the sale says it best
    select b.doc_id, c.direction, c.root_id, 0
    from books_2 as b
    join tax_invoice as t on t.doc_id = b.doc_id
    join chains_2 as c
        on c.direction = 'out' and b.direction = 'out' and c.org_id = b.org_id and c.head.cp_id = b.cp_id
        and c.head.turnover_date = t.turnover_date and c.head.number = t.number_short
),
by_number as (
    select doc_id, direction, root_id, 'number' as rule
    from number_pairs
    qualify row_number() over (partition by doc_id order by turn, root_id) = 1
        and row_number() over (partition by direction, root_id order by turn, doc_id) = 1
),
books_3 as (from books_2 where doc_id not in (select doc_id from by_number)),
chains_3 as (from chains_2 as c where not exists (from by_number as m where m.direction = c.direction and m.root_id = c.root_id)),
by_amount as (
    select b.doc_id, c.direction, c.root_id, 'amount' as rule
    from books_3 as b
    join chains_3 as c
        on c.direction = b.direction and c.org_id = b.org_id and c.head.cp_id = b.cp_id and c.head.currency = b.currency
        and c.head.sum_doc = b.own_doc
    where abs(date_diff('day', c.head.turnover_date, b.turnover_date)) <= 3
    qualify count(*) over (partition by b.doc_id) = 1 and count(*) over (partition by c.direction, c.root_id) = 1
),
matched as (
    from by_reg_no union all from by_number union all from by_amount
),
paired as (
    select
        coalesce(b.direction, c.direction) as direction,
        m.rule,
        coalesce(b.org_id, c.org_id) as org_id,
        coalesce(b.cp_id, c.head.cp_id) as cp_id,
        b.doc_id,
        c.head.esf_id as esf_id,
        c.head.status as status,
        coalesce(b.turnover_date, c.head.turnover_date) as turnover_date,
        c.issued_on,
        b.is_required,
        b.covered_to,
        coalesce(c.is_live, false) as is_live,
        coalesce(c.head.status like 'CANCELED%' or c.head.status in ('REVOKED', 'DECLINED', 'DELETED'), false) as is_withdrawn,
        if(b.currency = c.head.currency, b.currency, if(b.doc_id is null, c.head.currency, if(c.root_id is null, b.currency, 'KZT'))) as currency,
        if(b.currency <> c.head.currency, b.sum_kzt, b.sum_doc) as book_doc,
        if(b.currency <> c.head.currency, c.sum_kzt, c.sum_doc) as esf_doc,
        if(b.currency <> c.head.currency, b.vat_kzt, b.vat_doc) as book_vat,
        if(b.currency <> c.head.currency, c.vat_kzt, c.vat_doc) as esf_vat,
        b.due_doc, b.due_vat_doc,
        b.sum_kzt as book_kzt,
        c.sum_kzt as esf_kzt,
    from books as b
    left join matched as m on m.doc_id = b.doc_id
    full join chains as c on c.direction = m.direction and c.root_id = m.root_id and c.org_id = b.org_id
),
judged as (
    select
        p.*,
        p.turnover_date + t.esf_days as last_day,
        case
            when p.doc_id is null then 'missing_1c'
            when not p.is_live and p.is_withdrawn then 'cancelled_but_posted'
            when not p.is_live then if(p.turnover_date + t.esf_days < p.covered_to, 'missing_esf', 'pending')
            when p.esf_doc not in (p.book_doc, p.due_doc) then 'sum_diff'
            when p.esf_doc <> p.book_doc then 'pending'
            when p.esf_vat not in (p.book_vat, p.due_vat_doc) then 'vat_diff'
            when p.issued_on > p.turnover_date + t.esf_days then 'late'
            else 'ok'
        end as outcome,
    from paired as p
    join terms as t on true
    -- what was withdrawn and has no document is nobody's concern, nor is an additional one whose basic one no export holds;
    -- what need not be invoiced is none where it is not
    where if(p.doc_id is null, p.is_live, p.esf_id is not null or p.is_required)
)
select
    direction,
    outcome,
    rule,
    org_id,
    cp_id,
    doc_id,
    esf_id,
    status,
    turnover_date,
    issued_on,
    last_day,
    greatest(coalesce(issued_on, covered_to) - last_day, 0) as days_late,
    currency,
    cast(coalesce(book_doc, 0) as decimal(18, 2)) as book_doc,
    cast(coalesce(esf_doc, 0) as decimal(18, 2)) as esf_doc,
    cast(coalesce(esf_doc, 0) - coalesce(book_doc, 0) as decimal(18, 2)) as difference_doc,
    cast(coalesce(esf_vat, 0) - coalesce(book_vat, 0) as decimal(18, 2)) as vat_diff_doc,
    cast(coalesce(book_kzt, 0) as decimal(18, 2)) as book_kzt,
    cast(coalesce(esf_kzt, 0) as decimal(18, 2)) as esf_kzt,
from judged
