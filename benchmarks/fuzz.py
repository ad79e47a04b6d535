"""Read mutated texts, many of them: nothing may crash, and none may take long.

The seeds are the labelled texts of all languages. A mutation cuts, doubles, swaps or inserts a
stretch, splices two texts, or changes digits, signs and directions. The run is repeatable: the
same seed gives the same texts.
"""

import argparse
import random
import sys
import time
import traceback
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analysis.model.documents import Block, Document
from analysis.model.errors import LanguageWarning
from analysis.reading.prose.figures.mentions import read_figures
from analysis.reading.prose.languages import known
from analysis.reading.prose.numbers.amounts import amounts
from analysis.reading.prose.times.periods import periods
from benchmarks.labelled import lines
from benchmarks.mutating import cut, spliced

ODD = (
    "\u202e", "\u200f", "\u200b", "\u00ad", "\ufeff", "\x00", "\ud800", "\u0301", "\u0660",
    "\u06f5", "\u096a", "\U0001f4a3", "İ", "ß", "%", "٪", "‰", "|", "\n\n", "\t", "(", ")", '"',
    "«", "-", "–", "1,2,3,", "1.2.3.4", "10/11/12", "99999999999999999999", "1e309", "0.0000",
    "Q5 2019", "H9", "February 30", "31.02.2019", "year 0000", "9999-12-31", " of ", " to ",
    " million billion trillion ", " and ", " between ", " from ", " since ", "<b>", "&nbsp;",
    "'", "\\",
)  # fmt: skip
LONGEST_CUT = 40  # characters
LONG = 0.25  # seconds that no line may take


@dataclass
class Tally:
    """What a run found."""

    read: int = 0
    figures: int = 0
    slowest: float = 0.0
    failures: list[str] = field(default_factory=list)


def seeds() -> list[tuple[str, str]]:
    """Return the labelled texts, each with its language."""
    folders = ("articles", "sentences")
    return [(language, line["text"]) for name in folders for language, line in lines(name)]


def mutated(rng: random.Random, text: str, other: str) -> str:
    """Return a text changed in one of eight ways."""
    start, end = cut(rng, text, LONGEST_CUT)
    piece = text[start:end]
    ways = (
        lambda: text[:start] + text[end:],
        lambda: text[:end] + piece * rng.randrange(1, 4) + text[end:],
        lambda: text[:start] + piece[::-1] + text[end:],
        lambda: text[:start] + rng.choice(ODD) + text[start:],
        lambda: spliced(rng, text, other, LONGEST_CUT),
        lambda: "".join(str(rng.randrange(10)) if c.isdigit() else c for c in text),
        lambda: text[:start] + piece.swapcase() + text[end:],
        lambda: "".join(rng.sample(text[start:end], end - start)) + text[:start],
    )
    return ways[rng.randrange(len(ways))]()


def texts(seed: int, count: int, sources: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield so many mutated texts, each with its language; the same for the same seed."""
    rng = random.Random(seed)
    for _ in range(count):
        language, text = rng.choice(sources)
        start = rng.randrange(len(text))
        piece = text[start : start + rng.randrange(20, 400)]
        for _ in range(rng.randrange(1, 5)):
            piece = mutated(rng, piece, rng.choice(sources)[1])
        yield rng.choice((language, language, "en", "xx")), piece


def read_all(language: str, text: str) -> int:
    """Read a text in every way, and return how many figures were found.

    Raises
    ------
    AssertionError
        A span does not lie in the text, or an interval does not hold its value.
    """
    for amount in amounts(text, language):
        assert text[slice(*amount.span)] == amount.text
        ends = (amount.low, amount.value, amount.high)
        known = [end for end in ends if end is not None]
        assert known == sorted(known), amount
    for period in periods(text, None, language):
        assert text[slice(*period.span)] == period.text
        assert not (period.start and period.end and period.end < period.start), period
    found = read_figures(
        Document(
            name="fuzz",
            snapshot_id="0" * 64,
            text=text,
            blocks=(Block("paragraph", 0, len(text)),),
            language=language,
        )
    )
    for mention in found.mentions:
        assert text[slice(*mention.amount.span)] == mention.amount.text
        assert text[slice(*mention.span)] == mention.quote
    return len(found.mentions)


def run(seed: int, count: int) -> Tally:
    """Read so many mutated texts and return what was found."""
    tally = Tally()
    for language in (*known(), "xx"):
        read_all(language, "Facebook removed 5 posts in May 2019.")  # load the words first
    for language, text in texts(seed, count, seeds()):
        started = time.process_time()
        try:
            tally.figures += read_all(language, text)
        except Exception:  # a failure of any kind is what is looked for
            tally.failures.append(f"{language} {text!r}\n{traceback.format_exc(limit=-3)}")
        tally.slowest = max(tally.slowest, time.process_time() - started)
        tally.read += 1
    return tally


def main() -> int:
    """Print how many texts were read, how many failed, and the slowest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LanguageWarning)
        tally = run(options.seed, options.count)
    for failure in tally.failures[:10]:
        print(failure)
    print(
        f"{tally.read:,} mutated texts, {tally.figures:,} figures, {len(tally.failures)} failures"
    )
    print(f"slowest text {1000 * tally.slowest:.0f} ms; the rule is {1000 * LONG:.0f} ms")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
