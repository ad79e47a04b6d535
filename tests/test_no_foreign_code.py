"""Nothing in the package runs what it reads: no pickle, no eval, no YAML that builds objects."""

import ast
from pathlib import Path

import yaml

import analysis
from analysis.reading.prose.languages import Words

SOURCE = Path(analysis.__file__).parent
MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "jsonpickle"}
CALLS = {"eval", "exec", "compile", "__import__"}
METHODS = {
    "read_pickle", "to_pickle", "unsafe_load", "full_load", "load_all", "Loader", "UnsafeLoader",
    "extractall", "extract", "system", "popen",
}  # fmt: skip
SAFE = {"Words"}  # a yaml.CSafeLoader, for our own lists of words
SHELL = {"shell", "allow_pickle"}


def findings(tree):
    """Yield what a module does that it must not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.partition(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in MODULES:
            yield node.module
        elif isinstance(node, ast.Call):
            yield from called(node)


def called(node):
    """Yield what is wrong with one call."""
    name, owner = node.func, ""
    if isinstance(name, ast.Name) and name.id in CALLS:
        yield name.id
    if isinstance(name, ast.Attribute):
        owner = name.value.id if isinstance(name.value, ast.Name) else ""
        if name.attr in METHODS and owner not in ("re", "trafilatura", "an", "pipeline", "self"):
            yield f"{owner}.{name.attr}"
        loader = next((k.value for k in node.keywords if k.arg == "Loader"), None)
        if (owner, name.attr) == ("yaml", "load") and getattr(loader, "id", "") not in SAFE:
            yield "yaml.load"
    for keyword in node.keywords:
        if keyword.arg in SHELL and getattr(keyword.value, "value", None) is not False:
            yield f"{keyword.arg}="


def test_no_module_of_the_package_runs_what_it_reads():
    paths = sorted(SOURCE.rglob("*.py"))
    assert len(paths) > 100
    wrong = {
        f"{path.relative_to(SOURCE).as_posix()}: {found}"
        for path in paths
        for found in findings(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert wrong == set()


def test_the_one_yaml_loader_is_a_safe_one():
    assert issubclass(Words, yaml.CSafeLoader)
    assert Words.yaml_constructors is yaml.CSafeLoader.yaml_constructors


def test_the_scan_finds_what_it_looks_for():
    code = (
        "import pickle\nimport yaml\nyaml.load(x)\neval(x)\npd.read_pickle(x)\nrun(x, shell=True)"
    )
    found = list(findings(ast.parse(code)))
    assert found == ["pickle", "yaml.load", "eval", "pd.read_pickle", "shell="]
