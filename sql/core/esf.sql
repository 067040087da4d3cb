-- Electronic invoices (ЭСФ) of the state portal, issued and received, each in its last known state. A tax document: never a debt.
-- A fixed one takes the place of what it corrects, an additional one adds to it.
--
-- kind:     table
-- grain:    esf_id
-- source:   ЭСФ exports
-- units:    sum_doc and vat_doc in `currency`; sum_kzt and vat_kzt in tenge; DECIMAL(18,2)
-- label.ru: Электронные счета-фактуры (ЭСФ)
-- label.kk: Электрондық шот-фактуралар (ЭШФ)
-- label.en: Electronic invoices (ESF)
-- synonyms: ЭСФ, счёт-фактура, электронный счёт-фактура, исправленный ЭСФ, дополнительный ЭСФ, ЭШФ, шот-фактура, ESF, e-invoice, tax invoice
--
-- esf_id           short id
-- reg_no           registration number; null for a draft
-- number           seller's number [untrusted]
-- number_short     its trailing digits without leading zeros
-- kind             basic, fixed or additional (with minus: takes back)
-- status           the portal's word: CREATED, DELIVERED, REVOKED, DECLINED, CANCELED, …
-- is_effective     it counts: CREATED, DELIVERED or IMPORTED, and no fixed one stands in its place
-- issue_date       issued
-- turnover_date    day of the turnover
-- seller_org_id    own entity that sells; joins org
-- buyer_org_id     own entity that buys; joins org
-- seller_cp_id     seller; joins cp
-- buyer_cp_id      buyer; joins cp
-- seller_bin       BIN or IIN of the seller
-- buyer_bin        BIN or IIN of the buyer; null for a foreigner
-- seller_name      seller [untrusted]
-- buyer_name       buyer [untrusted]
-- currency         ISO letter code
-- sum_doc          total with VAT
-- vat_doc          VAT in it
-- sum_kzt          total with VAT, at its own rate, else the National Bank's of the turnover day
-- vat_kzt          VAT in it
-- related_reg_no   what it corrects
-- related_date     its day of issue
-- root_id          first of the invoices that correct each other: its esf_id
-- delivery_number  number of the waybill or act [untrusted]
-- updated_at       when it came into its state, the portal's clock
-- cancel_reason    why it was withdrawn [untrusted]
with recursive
latest as (
    -- of two states of one moment the withdrawn one came later
    select *, 'esf_' || left(md5(invoice_key), 14) as esf_id
    from staging.stg_esf__invoice
    qualify row_number() over (
        partition by invoice_key
        order by updated_at desc nulls last, status not in ('CREATED', 'DELIVERED', 'IMPORTED') desc, status = 'CREATED', src_ref
    ) = 1
),
linked as (
    select
        l.esf_id,
        coalesce(
            'esf_' || left(md5(l.related_reg_no), 14),
            (
                select min(o.esf_id)
                from latest as o
                where o.seller_bin = l.seller_bin and o.number = l.related_number and o.issue_date = l.related_date
            )
        ) as parent_id,
    from latest as l
    where l.kind <> 'basic'
),
climb as (
    select esf_id, parent_id as root_id, 1 as step
    from linked
    where parent_id is not null
    union all
    select c.esf_id, k.parent_id, c.step + 1
    from climb as c
    join linked as k on k.esf_id = c.root_id
    where k.parent_id is not null and c.step < 20 and k.parent_id <> c.esf_id
),
rooted as (
    select
        l.*,
        coalesce(c.root_id, l.esf_id) as root_id,
        l.status in ('CREATED', 'DELIVERED', 'IMPORTED') as is_standing,
    from latest as l
    left join (select esf_id, arg_max(root_id, step) as root_id from climb group by esf_id) as c on c.esf_id = l.esf_id
),
-- KZT for one unit; eight places hold a rate that the bank quotes for ten thousand
for_one as (
    select
        r.esf_id,
        case
            when r.currency = 'KZT' then cast(1 as decimal(18, 8))
            when r.rate is not null then cast(r.rate as decimal(18, 8))
            else cast(cast(f.rate as decimal(14, 4)) * cast(
                case f.mult when 1 then 1 when 10 then 0.1 when 100 then 0.01 when 1000 then 0.001 when 10000 then 0.0001 end as decimal(6, 4)
            ) as decimal(18, 8))
        end as rate,
    from rooted as r
    asof left join fx_rate as f on f.currency = r.currency and f.rate_date <= r.turnover_date
),
own as (
    select bin, min(org_id) as org_id
    from org
    where bin is not null
    group by bin
),
party as (
    select bin_iin, cp_id
    from cp
    where bin_valid
),
-- a foreigner has no BIN: the name decides where only one party without a BIN has it
nameless as (
    select name_norm, min(cp_id) as cp_id
    from cp
    where not bin_valid and name_norm <> ''
    group by name_norm
    having count(*) = 1
)
select
    r.esf_id,
    r.reg_no,
    r.number,
    ltrim(regexp_extract(r.number, '(\d+)\D*$', 1), '0') as number_short,
    r.kind,
    r.status,
    r.is_standing and (
        r.kind = 'additional'
        or row_number() over (
            partition by r.root_id, r.kind = 'additional', r.is_standing order by r.issue_date desc, r.input_at desc nulls last, r.esf_id desc
        ) = 1
    ) as is_effective,
    r.issue_date,
    r.turnover_date,
    os.org_id as seller_org_id,
    ob.org_id as buyer_org_id,
    ps.cp_id as seller_cp_id,
    coalesce(pb.cp_id, case when r.buyer_bin is null then nb.cp_id end) as buyer_cp_id,
    r.seller_bin,
    r.buyer_bin,
    r.seller_name,
    r.buyer_name,
    r.currency,
    r.sum_doc,
    r.vat_doc,
    cast(round(cast(r.sum_doc as decimal(20, 2)) * u.rate, 2) as decimal(18, 2)) as sum_kzt,
    cast(round(cast(r.vat_doc as decimal(20, 2)) * u.rate, 2) as decimal(18, 2)) as vat_kzt,
    r.related_reg_no,
    r.related_date,
    r.root_id,
    r.delivery_number,
    r.updated_at,
    r.cancel_reason,
from rooted as r
left join own as os on os.bin = r.seller_bin
left join own as ob on ob.bin = r.buyer_bin
left join party as ps on ps.bin_iin = r.seller_bin
left join party as pb on pb.bin_iin = r.buyer_bin
left join nameless as nb on nb.name_norm = name_norm(r.buyer_name)
left join for_one as u on u.esf_id = r.esf_id
