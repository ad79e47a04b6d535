"""``fetch``: addresses to the archive, a line each, and a table at the end."""

import argparse
import dataclasses
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.cli.terminal import FINE, PROBLEMS, as_json, complain, printable
from analysis.model.errors import FetchError, LayoutError, SourceError, StoreError

if TYPE_CHECKING:
    from analysis.acquisition.ledger import Fetch
    from analysis.pipeline.following import Follower

LEAST_PAUSE = 1.0
GONE = ("not_found", "gone", "blocked_legally")
EXIT_CODES = """Exit codes: 0 every page is kept (new, changed, or seen again); 1 some are not, each
with its outcome; 2 wrong use; 3 the archive or its ledger could not be written; 130 ended by Ctrl-C
(run the same list again: it goes on where it stopped)."""
NOT_WRITTEN, INTERRUPTED = 3, 130


def add_fetch(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``fetch``."""
    parser.add_argument("addresses", nargs="*", metavar="ADDRESS", help="http:// or https://")
    parser.add_argument(
        "--list", type=Path, metavar="FILE", help="addresses, one a line; - for stdin"
    )
    parser.add_argument("--telegram", metavar="NAME", help="public channel, back to --since")
    parser.add_argument("--report-page", metavar="ADDRESS", help="page that links data files")
    parser.add_argument("--feed", metavar="ADDRESS", help="RSS, Atom or sitemap of a news site")
    parser.add_argument("--words", default="", metavar="A,B", help="of --feed: pages that name one")
    parser.add_argument("--since", type=_day, metavar="DATE", help="of --telegram and --feed")
    parser.add_argument(
        "--wayback",
        action="store_true",
        help="look for copies of pages that are gone, and keep them",
    )
    parser.add_argument("--raw", type=Path, metavar="DIR", help="archive (the project's data/raw)")
    add_contact(parser)
    parser.add_argument("--deadline", type=_seconds, default=30.0, metavar="S", help="for one page")
    parser.add_argument("--size-limit", type=_bytes, default=20_000_000, metavar="BYTES")
    parser.add_argument(
        "--pause",
        type=_seconds,
        default=LEAST_PAUSE,
        metavar="S",
        help="between requests to a host",
    )
    parser.add_argument(
        "--allow",
        action="append",
        default=[],
        metavar="HOST[:PORT]",
        help="host inside your network that may be fetched: a test server of your own",
    )
    parser.add_argument("--format", choices=("text", "jsonl"), default="text")


def add_contact(parser: argparse.ArgumentParser) -> None:
    """Add the option that says who asks."""
    parser.add_argument(
        "--contact", default="", help="how a site can reach you, for the User-Agent"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2020-08-22") from None


def _seconds(text: str) -> float:
    value = _number(text)
    if not 0 <= value <= 3600:
        raise argparse.ArgumentTypeError(f"{text!r}: expected seconds from 0 to 3600")
    return value


def _bytes(text: str) -> int:
    value = _number(text)
    if not 1 <= value <= 10**9:
        raise argparse.ArgumentTypeError(f"{text!r}: expected bytes from 1 to 1,000,000,000")
    return int(value)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number") from None


def run_fetch(options: argparse.Namespace) -> int:
    """Fetch addresses into the archive and say how each ended."""
    from analysis.acquisition.fetch import Limits, Manners, outcomes
    from analysis.acquisition.fetch.turns import Turns
    from analysis.model.paths import find_project
    from analysis.pipeline.fetching import fetch_list
    from analysis.pipeline.following import Follower

    addresses = [*options.addresses, *listed(options.list)]
    live = options.telegram or options.report_page or options.feed
    if not addresses and not live:
        complain("fetch: no address; give some, or --list FILE with one a line")
        return 2
    if options.telegram and options.since is None:
        complain("fetch: --telegram needs --since, the day to go back to")
        return 2
    raw = options.raw or find_project().raw
    limits = Limits(options.deadline, options.size_limit, tuple(options.allow))
    # A server of one's own may be asked as often as one likes; others once a second at most.
    turns = Turns(max(options.pause, LEAST_PAUSE), dict.fromkeys(options.allow, options.pause))
    manners = Manners(options.contact, turns)
    try:
        addresses += follow(options, Follower(raw, limits, manners))
    except (FetchError, LayoutError) as error:
        complain(f"{error} [{type(error).__name__}]")
        return PROBLEMS
    with progress(len(set(addresses))) as step:

        def told(row: "Fetch") -> None:
            step()
            print(
                as_json(dataclasses.asdict(row)) if options.format == "jsonl" else line_of(row),
                flush=True,
            )

        try:
            rows = fetch_list(addresses, raw, limits, manners, told=told)
            if options.wayback:
                copies = copies_of(rows, Follower(raw, limits, manners))
                rows += fetch_list(copies, raw, limits, manners, told=told)
        except StoreError as error:
            complain(f"{error} [{type(error).__name__}]")
            return NOT_WRITTEN
        except KeyboardInterrupt:
            complain("ended; what is kept is kept: run the same list again and it goes on here")
            return INTERRUPTED
    if options.format == "text" and rows:
        print_table(Counter(row.outcome for row in rows))
    if any(row.outcome == "archive_failed" for row in rows):
        return NOT_WRITTEN
    return FINE if all(outcomes()[row.outcome].kind == "kept" for row in rows) else PROBLEMS


def follow(options: argparse.Namespace, follower: "Follower") -> list[str]:
    """Return the addresses that live sources lead to; the posts of a channel are printed."""
    found: list[str] = []
    if options.telegram:
        count = 0
        for post in follower.channel(options.telegram, options.since):
            count += 1
            about = {
                "address": post.address,
                "sent": post.sent.isoformat(),
                "edited": post.edited,
                "text": post.text,
            }
            print(as_json(about), flush=True)
        complain(f"{count} posts on {len(follower.rows)} pages, kept: build reads their figures")
    if options.report_page:
        found += [file.address for file in follower.report(options.report_page)]
    if options.feed:
        words = [word for word in options.words.split(",") if word.strip()]
        found += [page.address for page in follower.feed(options.feed, words, options.since)]
    return found


def copies_of(rows: Iterable["Fetch"], follower: "Follower") -> list[str]:
    """Return where the Wayback Machine has copies of pages that are gone."""
    found = []
    for row in rows:
        if row.outcome not in GONE:
            continue
        try:
            copy = follower.copy(row.address)
        except (FetchError, LayoutError) as error:
            complain(f"no copy of {row.address}: {error}")
            continue
        if copy:
            found.append(copy.address)
        else:
            complain(f"no copy of {row.address}: the Wayback Machine has none")
    return found


def listed(path: Path | None) -> list[str]:
    """Return the addresses of a list: one a line, blank lines and those after # left out."""
    if path is None:
        return []
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise SourceError(f"{path} cannot be read: {reason}") from error
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def line_of(row: "Fetch") -> str:
    """Return how a fetch ended as one line."""
    message = row.message.removeprefix(row.address).lstrip(" :")
    said = " ".join(part for part in (row.snapshot_id[:12], message) if part)
    return printable(f"{row.outcome:22} {row.address}  {said}")


def print_table(counts: Counter[str]) -> None:
    """Print how many fetches ended in which way, and what that means."""
    from analysis.acquisition.fetch import outcomes

    print(f"\n{sum(counts.values())} addresses:")
    for name, outcome in outcomes().items():
        if counts[name]:
            print(f"{counts[name]:6}  {name:22} {outcome.meaning}")


@contextmanager
def progress(total: int) -> Iterator[Callable[[], object]]:
    """Show progress on standard error where a person watches it and there is more than one page."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from tqdm import tqdm

    with tqdm(total=total, unit="page", leave=False) as bar:
        yield bar.update
