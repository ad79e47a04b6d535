"""Every language beside English: amounts, periods, whole sentences, and the shape of its data."""

import csv
import datetime as dt
import io
import re
from dataclasses import fields
from importlib.resources import files
from math import prod

import pytest
import yaml
from tests.reading.prose.documents import make_document
from tests.reading.prose.language_cases import (
    ABBREVIATED,
    ACTS,
    AMOUNTS,
    BOUNDS,
    CALENDAR,
    DURATIONS,
    NEITHER,
    PERIODS,
    RATES,
    SENTENCES,
    SHARES,
    UNSEEN,
    VAGUE,
    YEAR,
)

from analysis.model import vocabulary
from analysis.pipeline import extract
from analysis.reading.prose import languages
from analysis.reading.prose.figures.lexicon import LISTS, Lexicon, lexicon
from analysis.reading.prose.figures.scene import Steering
from analysis.reading.prose.numbers.amounts import amounts
from analysis.reading.prose.times.counting import COUNTING
from analysis.reading.prose.times.periods import periods
from analysis.reading.prose.times.relative import RELATIVE
from analysis.reading.prose.times.shapes import UNIT_SLOTS, Expression, shape
from analysis.reading.prose.times.time_words import time_words
from analysis.reading.prose.words.tokens import tokenize

PUBLISHED = dt.date(2018, 7, 15)
OTHERS = ("ar", "de", "es", "fa", "fr", "id", "it", "pt", "ru", "tr")
FOLDER = files(languages.__name__)

KEYS = {
    "actions": "actions",
    "items": "items",
    "policies": "policies",
    "platforms": "platforms",
    "groups": "groups",
    "actors": "actors",
}
FORMS = {"gone", "verb", "noun", "vague", "trait"}
PLACES = {"after", "before", "near", "topic", "own", "rate", "whole"}


def flat(table):
    return [(language, *case) for language, cases in table.items() for case in cases]


def day(value):
    return value and dt.date.fromisoformat(value)


def names_in(language):
    return sorted(entry.name for entry in (FOLDER / language).iterdir() if entry.is_file())


def content(language, name):
    return (FOLDER / language / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "text", "value"), flat(AMOUNTS))
def test_amount(language, text, value):
    assert [a.value for a in amounts(text, language)] == [
        pytest.approx(value, abs=0.05 if value > 20 else 1e-9)
    ]


@pytest.mark.parametrize(("language", "text", "value"), flat(ABBREVIATED))
def test_an_abbreviated_multiplier(language, text, value):
    assert [a.value for a in amounts(text, language)] == [pytest.approx(value)]


@pytest.mark.parametrize(("language", "text", "bound"), BOUNDS)
def test_bound(language, text, bound):
    assert [a.bound for a in amounts(text, language)] == [bound]


def test_a_hedge_between_two_numbers_is_of_the_second():
    found = amounts("30 Prozent, etwa 40 Prozent: 50 etwa 60", "de")
    assert [(a.value, a.bound) for a in found] == [
        (30, "stated"),
        (40, "about"),
        (50, "stated"),
        (60, "about"),
    ]


@pytest.mark.parametrize(("language", "text"), VAGUE)
def test_vague_amounts_have_no_value(language, text):
    assert [(a.value, a.vague) for a in amounts(text, language)] == [(None, True)]


@pytest.mark.parametrize(("language", "text", "days"), flat(PERIODS) + flat(CALENDAR))
def test_period(language, text, days):
    found = [(p.start, p.end) for p in periods(text, PUBLISHED, language)]
    assert found == [tuple(map(day, days))]


@pytest.mark.parametrize(("language", "text", "per"), RATES)
def test_rate(language, text, per):
    assert [p.per for p in periods(text, PUBLISHED, language)] == [per]


@pytest.mark.parametrize(("language", "text"), [case[:2] for case in flat(AMOUNTS)])
def test_amounts_point_into_the_text(language, text):
    for amount in amounts(text, language):
        assert text[slice(*amount.span)] == amount.text


@pytest.mark.parametrize(("language", "text", "expected"), SENTENCES)
def test_sentence(language, text, expected):
    found = [
        (o.platform, o.action, o.item, o.value, o.bound, o.period_start, o.period_end)
        for o in extract(make_document(text, str(PUBLISHED), language)).observations
    ]
    assert found == [(*expected[:5], *map(day, expected[5:]))]


@pytest.mark.parametrize(
    ("language", "text", "platform", "action", "item", "value", "bound"), flat(ACTS)
)
def test_act_of_a_year(language, text, platform, action, item, value, bound):
    found = [
        (o.platform, o.action, o.item, o.value, o.bound, o.period_start, o.period_end)
        for o in extract(make_document(text, str(PUBLISHED), language)).observations
    ]
    assert found == [(platform, action, item, value, bound, *map(day, YEAR))]


@pytest.mark.parametrize(("language", "text", "hours"), DURATIONS)
def test_time_to_removal(language, text, hours):
    found = extract(make_document(text, str(PUBLISHED), language)).observations
    assert [o.value for o in found if o.action == "time_to_removal"] == [hours]


@pytest.mark.parametrize(("language", "text", "share"), SHARES)
def test_share_found_by_the_service(language, text, share):
    found = extract(make_document(text, str(PUBLISHED), language)).observations
    assert (share, "found_proactively") in [(o.value, o.action) for o in found]


@pytest.mark.parametrize(("language", "text", "share"), UNSEEN)
def test_share_removed_unseen(language, text, share):
    found = extract(make_document(text, str(PUBLISHED), language)).observations
    assert [(o.value, o.action) for o in found if o.measure == "share"] == [(share, "removed")]


@pytest.mark.parametrize(("language", "text"), NEITHER)
def test_no_moderation_figure(language, text):
    assert not extract(make_document(text, str(PUBLISHED), language)).observations


def test_every_language_is_known():
    assert set(languages.known()) == {"en", *OTHERS}


@pytest.mark.parametrize("language", OTHERS)
def test_same_files_as_english(language):
    assert names_in(language) == names_in("en")


@pytest.mark.parametrize("language", ("en", *OTHERS))
def test_every_file_opens_with_what_belongs_in_it(language):
    assert names_in(language)
    for name in names_in(language):
        assert content(language, name).startswith("# "), name


@pytest.mark.parametrize("language", ("en", *OTHERS))
def test_no_list_stands_twice_in_a_file(language):
    for name in names_in(language):  # the second would take the place of the first
        keys = re.findall(r"^([\w\"]+):", content(language, name), re.M) if "yaml" in name else []
        assert sorted(keys) == sorted({*keys}), name


@pytest.mark.parametrize("language", ("en", *OTHERS))
def test_no_phrase_stands_for_more_than_a_few_thousand(language):
    """Every phrase is held in memory: one that stood for 60,000 took 60 MB and two seconds."""
    for name in names_in(language):
        for phrase in re.split(r"\||\n", content(language, name)):
            choices = re.findall(r"\[([^\]\n]*)\]", phrase)
            assert prod(len(choice.split("/")) for choice in choices) <= 5000, phrase


READ_APART = {
    "shutting",
    "joining",
    "groups_of",
    "found_by",
    "sent_by_machine",
    "said_in",
    "said_earlier",
    "papers",
    "of_paper",
    "telling_that",
    "telling_of",
    "announced",
}  # in figures/closings.py, in times/saying.py, or in parts
# Of languages that say by endings, or by one word, what English says by words that mean more.
ENDINGS = {
    "rest_behind",
    "on_behind",
    "partitive",
    "like",
    "since_near",
    "since_event",
    "count_of",
    "count_of_behind",
    "difference_behind",
    "gap",
    "particles",
    "verb_final",
    "named_behind",
    "views",
    "closing",
    "having",
    "parts_behind",
    "from_behind",
}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", ["numbers.yaml", "periods.yaml", "cues.yaml", "words.yaml"])
def test_sections_are_those_of_english(language, name):
    own, english = (yaml.safe_load(content(code, name)) for code in (language, "en"))
    added = (
        {"compose", "year_suffixes", "bare_years", "no_months", "by", "to"}
        | ENDINGS
        | set(languages.inflection(language).__slots__)
    )
    assert set(own) - set(english) <= added
    if name == "periods.yaml":
        assert set(own["templates"]) <= {*english["templates"], *languages.notations()}
        assert set(own["leads"]) == set(english["leads"])


def test_every_list_of_small_words_is_explained():
    """At the head of the English file, which is the model for all others."""
    lines = content("en", "cues.yaml").splitlines()
    heads = [re.match(r"# +((?:\w+, )*\w+):.*?(?:; (\w+):|$)", line) for line in lines]
    explained = {name for head in heads if head for name in head.group(1).split(", ")}
    explained |= {head.group(2) for head in heads if head and head.group(2)}
    lists = {name for code in ("en", *OTHERS) for name in languages.load_yaml(code, "cues")}
    assert len(lists) > 90
    assert lists == explained


@pytest.mark.parametrize("language", ("en", *OTHERS))
def test_every_list_of_small_words_is_read(language):
    read = {f.name for f in fields(Steering)} | {f.name for f in fields(Lexicon)} | READ_APART
    assert set(languages.load_yaml(language, "cues")) - read == set()


# What days are made of: a template under the heading needs one slot of each set.
NEEDED = {
    "quarter": [{"ordinal", "digit"}],
    "half": [{"ordinal", "digit"}],
    "months": [{"n", "nm", "month_word"}],
    "month": [{"month", "mm"}],
    "day": [{"month", "mm"}, {"day", "nth", "dd", "any_day"}],
    "days": [{"month", "mm"}, {"day", "dd", "any_day"}, {"day2", "dd2", "any_day2"}],
    "dates": [{"mm"}, {"dd"}, {"mm2"}, {"dd2"}],
    "part": [{"half", "month_half", "n", "dayname", "week_word", "day_word", "weekend_word"}],
    "season": [{"season", "season_word"}],
    "holiday": [{"holiday"}],
    "week": [{"week"}],
    "year": [{"year", "yy"}],
    "year_span": [{"year"}, {"yy", "year2"}],
    "ago": [{"n"}, {"span_word", "unit", "day_word"}],
    "weekday": [{"weekday", "dayname"}],
    "month_next": [{"month"}],
}


@pytest.mark.parametrize("language", ("en", *OTHERS))
def test_a_template_has_the_slots_that_its_heading_reads(language):
    """A bare word for spring under ``season_no_year`` once stopped the reader."""
    templates = yaml.safe_load(content(language, "periods.yaml"))["templates"]
    checked = 0
    for rule, listed in templates.items():
        heading = re.sub("_(no|this|last|next)_year$", "", rule)
        for template in map(str, listed):
            slots = set(re.findall(r"\{(\w+)\}", re.sub(r"\[[^\]]*\]", "", template)))
            missing = [sorted(one) for one in NEEDED.get(heading, ()) if not one & slots]
            assert missing == [], f"{rule}: {template}"
            checked += heading in NEEDED
    assert checked > 20


def words_in(value):
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from words_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from words_in(item)
    else:
        yield value


@pytest.mark.parametrize("language", ("en", *OTHERS))
def test_no_word_is_taken_for_a_word_of_yaml(language):
    """Unquoted, "on" (Turkish ten) and "null" (German zero) are a truth and nothing."""
    words = list(words_in(yaml.safe_load(content(language, "numbers.yaml"))))
    assert [w for w in words if w is None or isinstance(w, bool)] == []


@pytest.mark.parametrize("language", ("en", *OTHERS))
@pytest.mark.parametrize(("name", "keys"), KEYS.items())
def test_keys_are_in_the_vocabulary(language, name, keys):
    known = set(vocabulary.load(keys).entries) | (
        {"it", *vocabulary.load("operators").entries} if name == "platforms" else set()
    )
    rows = languages.load_words(language, name)
    assert rows
    assert {row["key"] for row in rows} <= known


@pytest.mark.parametrize("language", ("en", *OTHERS))
def test_forms_and_places(language):
    assert {row["form"] for row in languages.load_words(language, "actions")} <= FORMS
    assert {row["place"] for row in languages.load_words(language, "refusals")} <= PLACES
    acts = {row["action"] for row in languages.load_words(language, "items")} - {""}
    assert acts <= set(vocabulary.load("actions").entries)


@pytest.mark.parametrize("language", ("en", *OTHERS))
def test_rows_hold_no_empty_word(language):
    for name in (*KEYS, "refusals"):
        body = [line for line in content(language, f"{name}.csv").splitlines() if line[:1] != "#"]
        rows = list(csv.DictReader(io.StringIO("\n".join(body))))
        assert rows
        assert all(all(word.strip() for word in row["words"].split("|")) for row in rows), name


@pytest.mark.parametrize("language", ("en", *OTHERS))
def test_grammar_compiles(language):
    assert lexicon(language).phrases.by_first
    rules = time_words(language).rules
    patterns = {pattern for listed in rules.by_start.values() for *_, pattern in listed}
    assert len(patterns) > 80
    assert all(re.compile(pattern) for pattern in patterns)


COUNTED = {
    "this_week", "the_week", "this_unit", "last_unit", "coming_unit", "after_next", "before_last",
    "past_count", "next_count", "ago", "ahead", "unit_ago", "rest", "earlier", "later", "week_of",
    "count_to", "count_from", "count_after", "count_before", "previous_unit", "next_unit",
}  # fmt: skip


@pytest.mark.parametrize("language", ("en", *OTHERS))
def test_what_is_counted_names_its_unit(language):
    templates = languages.load_yaml(language, "periods")["templates"]
    listed = [str(t) for rule in COUNTED & templates.keys() for t in templates[rule]]
    assert listed
    assert not [t for t in listed if not any(f"{{{slot}}}" in t for slot in UNIT_SLOTS)]


@pytest.mark.parametrize("language", ("en", *OTHERS))
def test_every_rule_is_known(language):
    rules = set(languages.load_yaml(language, "periods")["templates"])
    shaped = {rule for rule in rules if shape(Expression(rule, {}, (0, 0)))}
    assert rules - shaped <= RELATIVE.keys() | set(COUNTING)


def test_an_unknown_ending_is_named():
    forms = languages.Inflection(endings={"s": ["", "s"]})
    with pytest.raises(languages.VocabularyError, match="no endings 'x'"):
        forms.bend("account~x")


def test_an_unknown_section_of_words_is_named():
    with pytest.raises(languages.VocabularyError, match="unknown \\['ending'\\]"):
        languages.Inflection.of({"ending": {}})


@pytest.mark.parametrize("language", ("en", *OTHERS))
def test_words_that_are_matched_one_by_one_are_single(language):
    """An entry of two words in such a list would never match."""
    kept = {"abbreviations", "by_services", "cases", "cuts_off", "tips"}  # matched otherwise
    single = {f.name for f in fields(Steering) if f.type == frozenset[str]} | set(LISTS)
    lists = languages.load_yaml(language, "cues")
    words = [str(w) for name in single - kept for w in lists.get(name) or ()]
    assert len(words) > 50
    assert [w for w in words if len(tokenize(w)) > 1] == []
