-- Words of the names that the search knows, and who has each: a rare word tells more.
--
-- kind:     table
-- grain:    kind, word
-- source:   known_name
-- units:    none
-- label.ru: Слова названий
-- label.kk: Атаулардың сөздері
-- label.en: Words of names
-- synonyms: слово в названии, word in a name
--
-- kind     counterparty or item
-- word     one word, as name_folded() gives it [untrusted]
-- holders  how many counterparties or items have the word
-- places   their places in known_name
select
    kind,
    word,
    cast(count(distinct place) as integer) as holders,
    list(distinct place order by place) as places,
from (select kind, place, unnest(string_split(words, ' ')) as word from known_name)
group by kind, word
order by kind, word
