-- Names by which counterparties and items are looked for, each as it is spelled in 1C or the CRM, short and in full, once; made for the search.
--
-- kind:     table
-- grain:    kind, id, words, form
-- source:   cp, item, cards of 1C and companies of the CRM
-- units:    none
-- label.ru: Названия для поиска
-- label.kk: Іздеуге арналған атаулар
-- label.en: Names for the search
-- synonyms: как ещё называется, варианты названия, alias, spelling
--
-- kind      counterparty or item
-- place     number of the counterparty or item, from 1: known_word has it too
-- id        cp_id or item_id
-- name      as it is spelled there [untrusted]
-- form      code of the legal form: see legal_form(); that of another spelling where this one has none
-- words     the words that tell it apart: see name_folded() and item_words() [untrusted]
-- size      letters in the words, spaces too
-- initials  first letters of the words, as an abbreviation has them
-- holders   how many counterparties or items have each of the words, in their order, one space between: a rare word tells more
-- bits_1    pairs of letters in the words: see name_bits()
-- bits_2    more of them
-- bits_3    more of them
-- bits_4    more of them
-- title     the name on its card [untrusted]
-- detail    what else tells it: tax number; unit and article [untrusted]
with
spelled as (
    select cp_id, name from cp where cp_id <> 'cp_unknown'
    union
    select cp_id, full_name from cp where cp_id <> 'cp_unknown'
    union
    select cp_id, name from cp_key
    union
    select cp_id, full_name from cp_key
),
party as (
    select
        s.cp_id,
        s.name,
        coalesce(legal_form(s.name), max(legal_form(s.name)) over (partition by s.cp_id), if(c.kind = 'entrepreneur', 'ip', null)) as form,
        name_folded(s.name) as words,
    from spelled as s
    join cp as c on c.cp_id = s.cp_id
    where s.name is not null
),
known as (
    select 'counterparty' as kind, cp_id as id, min(name) as name, form, words from party where words <> '' group by all
    union all
    select 'item', item_id, min(name), null, item_words(name) from item where item_words(name) <> '' group by all
),
part as (
    select kind, id, words, unnest(string_split(words, ' ')) as word, generate_subscripts(string_split(words, ' '), 1) as place
    from (select distinct kind, id, words from known)
),
had as (
    select kind, word, count(distinct id) as holders from part group by all
),
told as (
    select p.kind, p.id, p.words, array_to_string(list(h.holders order by p.place), ' ') as holders
    from part as p
    join had as h on h.kind = p.kind and h.word = p.word
    group by all
)
select
    k.kind,
    dense_rank() over (order by k.kind, k.id)::integer as place,
    k.id,
    k.name,
    k.form,
    k.words,
    length(k.words)::integer as size,
    -- doubled letters once, as in folded words
    list_transform(
        [list_transform(string_split(k.words, ' '), lambda w: w[1])],
        lambda first: array_to_string(list_filter(first, lambda c, i: i = 1 or c <> first[i - 1]), '')
    )[1] as initials,
    t.holders,
    k.bits[1] as bits_1,
    k.bits[2] as bits_2,
    k.bits[3] as bits_3,
    k.bits[4] as bits_4,
    coalesce(c.name, i.name) as title,
    coalesce('BIN ' || c.bin_iin, concat_ws(', ', i.unit, i.article)) as detail,
from (select *, name_bits(words) as bits from known) as k
join told as t on t.kind = k.kind and t.id = k.id and t.words = k.words
left join cp as c on k.kind = 'counterparty' and c.cp_id = k.id
left join item as i on k.kind = 'item' and i.item_id = k.id
