"""The languages that the prose reader knows: one folder of data files each, and their loader.

``numbers.yaml`` says how a language writes amounts, ``periods.yaml`` how it names stretches of
time, and the CSV files which words mean which key: ``actions.csv``, ``items.csv``,
``policies.csv``, ``platforms.csv``, ``cues.csv``, ``refusals.csv``. Every file opens with what
belongs in it. A language is added by adding its folder.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from analysis.model.errors import VocabularyError
from analysis.model.vocabulary import read_rows

DEFAULT = "en"


@cache
def known() -> tuple[str, ...]:
    """Return the codes of the languages that have data files."""
    folders = (entry for entry in files(__name__).iterdir() if entry.is_dir())
    return tuple(sorted(f.name for f in folders if (f / "numbers.yaml").is_file()))


def choose(language: str) -> str:
    """Return the language whose data read a text: its own if known, else English."""
    code = language.lower().split("-")[0]
    return code if code in known() else DEFAULT


@cache
def load_yaml(language: str, name: str) -> Mapping[str, Any]:
    """Return one YAML data file of a language."""
    path = files(__name__) / language / f"{name}.yaml"
    if not path.is_file():
        raise VocabularyError(f"language {language!r} has no {name}.yaml; known: {known()}")
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if not isinstance(data, dict):
        raise VocabularyError(f"{language}/{name}.yaml holds no mapping")
    return data


@cache
def load_words(language: str, name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one CSV data file of a language; none when it has no such file."""
    path = files(__name__) / language / f"{name}.csv"
    if not path.is_file():
        return ()
    return tuple(read_rows(path.read_text(encoding="utf-8"), f"{language}/{name}.csv"))
