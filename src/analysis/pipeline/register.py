"""The register of data/raw, as build and verify hold files against it."""

from pathlib import Path

from analysis.acquisition import register
from analysis.acquisition.ledger import LEDGER
from analysis.model.errors import RawChanged, SourceError

LISTED = 5  # files that a message names before it counts


def check_register(raw: Path, accept: bool) -> register.RegisterState:
    """Return how data/raw stands to its register, or refuse what nobody accepted."""
    state = register.compare_register(raw)
    unsayable = [name for name in state.added if not sayable(name)]
    if unsayable:
        raise SourceError(f"data/raw/{unsayable[0]!a}: the name is not UTF-8; rename the file")
    listed = [f"data/raw/{register.REGISTER}, {line}, cannot be read" for line in state.damaged]
    listed += [f"data/raw/{name} was edited" for name in state.changed]
    listed += [f"data/raw/{name} is gone" for name in state.missing]
    listed += [f"the row of {LEDGER} that told of data/raw/{name} is gone" for name in state.untold]
    if listed and not accept:
        raise RawChanged(
            "; ".join(listed[:LISTED])
            + f" ({len(listed)} in all) since it was registered in data/raw/{register.REGISTER}. "
            "Put it back, or run `moderation-analysis build --accept-changes` if it is meant."
        )
    return state


def sayable(name: str) -> bool:
    """Say whether a file name can be written as UTF-8."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def is_written_by_us(raw: Path) -> bool:
    """Say whether the register is byte for byte what a build writes for the files as they are."""
    lines = (register.register_line(*entry) for entry in sorted(register.digests(raw).items()))
    written = "".join(lines).encode("utf-8", "surrogateescape")
    path = raw / register.REGISTER
    return path.is_file() and path.read_bytes() == written
