"""The vocabularies that ship are consistent, and what is inconsistent is refused."""

import datetime as dt
import re
from importlib.resources import files

import pytest

from analysis.model.errors import VocabularyError
from analysis.model.vocabulary import load, parse_vocabulary

NAMES = sorted(
    path.name.removesuffix(".csv")
    for path in files("analysis.model.vocabulary").iterdir()
    if path.name.endswith(".csv")
)
SCHEMA = {
    "actions",
    "actors",
    "event_types",
    "finding_kinds",
    "groups",
    "items",
    "platforms",
    "policies",
    "source_types",
}


def test_every_vocabulary_of_the_schema_is_there():
    assert set(NAMES) >= SCHEMA | {"geographies"}


@pytest.mark.parametrize("name", NAMES)
def test_it_loads_and_explains_itself(name):
    vocabulary = load(name)
    assert vocabulary.entries
    assert all(entry.label and entry.meaning for entry in vocabulary.entries.values())
    text = files("analysis.model.vocabulary").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    assert text.startswith("# ")


@pytest.mark.parametrize("name", ["actions", "policies"])
def test_broader_leads_upwards_to_a_key(name):
    entries = load(name).entries
    for entry in entries.values():
        above, seen = entry.more["broader"], {entry.key}
        while above:
            assert above in entries and above not in seen
            seen.add(above)
            above = entries[above].more["broader"]


def test_actions_say_who_acts_and_what_number_they_carry():
    for entry in load("actions").entries.values():
        assert entry.more["by"] in ("platform", "authority", "researcher")
        assert entry.more["measure"] in ("", "share", "ratio", "duration")
        assert set(entry.more["only"].split()) <= set(load("items").entries)
        assert bool(entry.more["only"]) == (entry.more["otherwise"] in load("actions").entries)


def test_platforms_follow_each_other():
    entries = load("platforms").entries
    for entry in entries.values():
        assert bool(entry.more["successor"]) == bool(entry.more["until"])
        if entry.more["successor"]:
            assert entry.more["successor"] in entries
            dt.date.fromisoformat(entry.more["until"])


def test_platforms_have_a_colour_of_their_own():
    colours = [entry.more["colour"] for entry in load("platforms").entries.values()]
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in colours)
    assert len(set(colours)) == len(colours)


def test_geographies_have_codes():
    entries = load("geographies").entries
    codes = [entry.more["code"] for entry in entries.values()]
    assert len(set(codes)) == len(codes)
    assert all(code == "world" or re.fullmatch(r"[A-Z]{2}", code) for code in codes)
    assert all(key == entry.more["code"].lower() for key, entry in entries.items())


FOUND = [
    ("platforms", "facebook", "facebook"),
    ("platforms", "  You  Tube ", "youtube"),
    ("platforms", "TWITTER/X", "twitter"),
    ("platforms", "X", "x"),
    ("platforms", "Nowhere Net", None),
    ("platforms", "", None),
    ("groups", "Daesh", "islamic_state"),
    ("groups", "داعش", "islamic_state"),
    ("groups", "ISISS", None),
    ("policies", "Dangerous Orgs: Terrorism", "terrorism"),
    ("policies", "Dangerous Organizations: Terrorism", "terrorism"),
    ("policies", "Hateful Conduct", "hate_speech"),
    ("policies", "Violent & Hateful Orgs & Individuals", "violent_hateful_organisations"),
    ("policies", "terror", None),
    ("actions", "took action on", "actioned"),
    ("actions", "removed or labelled", "actioned"),
    ("actions", "removed", "removed"),
    ("actions", "removed by", None),
    ("items", "pieces of content", "content"),
    ("items", "distinct PDF items", "distinct_documents"),
    ("items", "bots and channels", "channels"),
    ("items", "groups and channels", "groups_and_channels"),
    ("items", "follower", None),
    ("finding_kinds", "superseded_partial", "restated_partly"),
    ("geographies", "UK", "gb"),
]


@pytest.mark.parametrize(("name", "words", "key"), FOUND)
def test_find(name, words, key):
    assert load(name).find(words) == key


HEADER = "key,label,meaning,aliases\n"
BAD = [
    (HEADER, "no rows"),
    ("key,label,meaning\na,A,what\n", "missing"),
    (HEADER + "a,A,what,x\na,B,what,y\n", "stands twice"),
    (HEADER + "A b,A,what,\n", "malformed"),
    (HEADER + "a,A,what,same\nb,B,what,Same\n", "leads to a and to b"),
    (HEADER + "a,A,what,\nb,A,what,\n", "leads to a and to b"),
    (HEADER + "a,A,what\n", "not as many cells"),
    (HEADER + "a,A,what,,more\n", "not as many cells"),
]


@pytest.mark.parametrize(("raw", "message"), BAD)
def test_what_is_inconsistent_is_refused(raw, message):
    with pytest.raises(VocabularyError, match=message):
        parse_vocabulary("# comment\n" + raw, "sample")


def test_require_names_the_nearest_keys():
    with pytest.raises(VocabularyError, match="did you mean facebook"):
        load("platforms").require("facebok")


def test_no_such_vocabulary():
    with pytest.raises(VocabularyError, match="no vocabulary 'colours'"):
        load("colours")


def test_labels_join():
    assert load("platforms").label("facebook+instagram") == "Facebook and Instagram"
    assert load("platforms").label("nowhere") == "nowhere"
