"""Records to the files of data/processed: CSV, codebook, data package, checksums, Parquet.

Every file is a pure function of the records, so that the same sources give the same bytes. Parquet
depends on the version of its library too; it is made beside the rest and not committed.
"""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from analysis.model import vocabulary
from analysis.model.schema import RECORDS
from analysis.model.spreadsheets import protect_csv
from analysis.model.tables import cell_kinds, to_csv, to_table

CHECKSUMS = "SHA256SUMS"
PROTECTED = "An apostrophe begins each cell that a spreadsheet program would take for a formula"
PARQUET = "parquet"
TYPES = {"string": "string", "number": "number", "date": "date", "boolean": "boolean"}
KEYS: Mapping[str, tuple[str, ...]] = {
    "observations": ("snapshot_id", "locator"),
    "sources": ("source",),
    "events": ("event",),
    "findings": (),
    "unmatched": (),
}
REFERENCES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "observations": (("snapshot_id", "snapshot_id"),),
    "events": (("snapshot_id", "snapshot_id"),),
    "findings": (("source", "source"), ("snapshot_id", "snapshot_id")),
    "unmatched": (("source", "source"), ("snapshot_id", "snapshot_id")),
}
TITLES: Mapping[str, str] = {
    "observations": "One number that somebody published, a row each",
    "sources": "The publications they were taken from",
    "events": "Dated happenings for the narrative",
    "findings": "What is wrong in a source, tied to its cell",
    "unmatched": "Words that no vocabulary entry matched, and the rows they kept back",
}

Records = Mapping[str, Sequence[Any]]


def checksum(body: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def make_codebook(records: Records) -> str:
    """Return the codebook: every table, column, meaning, unit and allowed key, from the schema."""
    parts = ["# Codebook", "", "Made from the schema by `build`; every change belongs there.", ""]
    for name, record in RECORDS.items():
        parts += [f"## {name}", "", f"{TITLES[name]}. {len(records[name]):,} rows.", ""]
        parts += ["| column | type | meaning | unit | values |", "| --- | --- | --- | --- | --- |"]
        kinds = cell_kinds(record)
        for f in fields(record):
            meaning = f.metadata["meaning"] + (" Never empty." if f.metadata["required"] else "")
            allowed = ", ".join(f"`{v}`" for v in f.metadata["values"])
            if f.metadata["vocabulary"]:
                allowed = f"keys of {f.metadata['vocabulary']}, below"
            cells = (f"`{f.name}`", kinds[f.name], meaning, f.metadata["unit"], allowed)
            parts.append("| " + " | ".join(cells) + " |")
        parts.append("")
    for name in vocabularies_used():
        parts += [f"## Keys of {name}", "", "| key | shown as | meaning |", "| --- | --- | --- |"]
        entries = vocabulary.load(name).entries.values()
        parts += [f"| `{e.key}` | {e.label} | {e.meaning} |" for e in entries]
        parts.append("")
    return "\n".join(parts)


def vocabularies_used() -> list[str]:
    """Return the vocabularies that the schema refers to, each once and in order."""
    named = [f.metadata["vocabulary"] for r in RECORDS.values() for f in fields(r)]
    return [name for name in dict.fromkeys(named) if name]


def describe_field(name: str, kind: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return one field of a table schema as Frictionless writes it."""
    made: dict[str, Any] = {"name": name, "type": TYPES[kind], "description": metadata["meaning"]}
    constraints: dict[str, Any] = {}
    if metadata["required"]:
        constraints["required"] = True
    if metadata["values"]:
        constraints["enum"] = list(metadata["values"])
    if kind == "boolean":
        made |= {"trueValues": ["true"], "falseValues": ["false"]}
    return made | ({"constraints": constraints} if constraints else {})


def describe_table(name: str, body: bytes) -> dict[str, Any]:
    """Return one resource of the data package."""
    record = RECORDS[name]
    kinds = cell_kinds(record)
    schema: dict[str, Any] = {
        "fields": [describe_field(f.name, kinds[f.name], f.metadata) for f in fields(record)],
        "missingValues": [""],
    }
    if KEYS[name]:
        schema["primaryKey"] = list(KEYS[name])
    if name in REFERENCES:
        schema["foreignKeys"] = [
            {"fields": [ours], "reference": {"resource": "sources", "fields": [theirs]}}
            for ours, theirs in REFERENCES[name]
        ]
    return {
        "name": name,
        "title": TITLES[name],
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{checksum(body)}",
        "schema": schema,
    }


def make_package(tables: Mapping[str, bytes], version: str) -> bytes:
    """Return datapackage.json: what each table holds, its types, keys and checksum."""
    package = {
        "name": "moderation-analysis",
        "title": "The sourced record of what online platforms remove",
        "version": version,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "resources": [describe_table(name, body) for name, body in tables.items()],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def protected(made: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an export with no cell in them that a spreadsheet program would run.

    The data package gives the checksums of the tables as they are then. Where no cell is live, all
    files are the very bytes of the record.
    """
    safe = {name: protect_csv(b) if name.endswith(".csv") else b for name, b in made.items()}
    if safe == made:
        return safe
    package = json.loads(made["datapackage.json"])
    for resource in package["resources"]:
        body = safe[resource["path"]]
        if body != made[resource["path"]]:
            resource |= {"bytes": len(body), "hash": f"sha256:{checksum(body)}", "notes": PROTECTED}
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    return safe | {"datapackage.json": text.encode("utf-8")}


def make_checksums(files: Mapping[str, bytes]) -> bytes:
    """Return the checksums of files in the form that `sha256sum -c` reads."""
    return "".join(f"{checksum(files[n])}  {n}\n" for n in sorted(files)).encode("utf-8")


def make_files(records: Records, version: str) -> dict[str, bytes]:
    """Return the committed files of data/processed by name, checksums included."""
    tables = {name: to_csv(records[name], record) for name, record in RECORDS.items()}
    files = {f"{name}.csv": body for name, body in tables.items()}
    files["codebook.md"] = make_codebook(records).encode("utf-8")
    files["datapackage.json"] = make_package(tables, version)
    return files | {CHECKSUMS: make_checksums(files)}


def read_checksums(listing: bytes) -> dict[str, str]:
    """Return the checksums of a list by file name; what is no line of one is left out."""
    lines = listing.decode("utf-8", "replace").splitlines()
    pairs = (line.split("  ", maxsplit=1) for line in lines)
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}


def parquet_names() -> list[str]:
    """Return the names of the Parquet files, one a table."""
    return [f"{name}.parquet" for name in RECORDS]


def make_parquet(records: Records) -> dict[str, bytes]:
    """Return the tables as Parquet files by name, without the marks of who wrote them."""
    made = {f"{name}.parquet": write_parquet(records[name], RECORDS[name]) for name in RECORDS}
    made[CHECKSUMS] = make_checksums(made)
    return {f"{PARQUET}/{name}": body for name, body in made.items()}


def write_parquet(rows: Sequence[Any], record: type) -> bytes:
    """Return a table as a Parquet file, without what pandas notes about itself."""
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.Table.from_pandas(to_table(rows, record), preserve_index=False)
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(table.replace_schema_metadata(), buffer, compression="zstd")
    return buffer.getvalue()


def parquet_holds(body: bytes, file_name: str, records: Records) -> bool:
    """Say whether a Parquet file holds the rows of its table and nothing else."""
    import pyarrow
    import pyarrow.parquet

    name = file_name.removesuffix(".parquet")
    fresh = write_parquet(records[name], RECORDS[name])
    if body == fresh:
        return True
    try:
        held = pyarrow.parquet.read_table(io.BytesIO(body))
    except (pyarrow.ArrowException, OSError):
        return False
    return bool(held.equals(pyarrow.parquet.read_table(io.BytesIO(fresh))))
