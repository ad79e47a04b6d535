"""Running a notebook from a clean kernel of this very interpreter."""

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from analysis.model.errors import RenderError, SourceError
from analysis.model.paths import HOME_VARIABLE, find_project

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
ADDRESS = re.compile(r"\s+at 0x[0-9a-fA-F]{6,}")
QUIET = {
    "TQDM_DISABLE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUNBUFFERED": "1",
    "NO_COLOR": "1",
}
"""Variables that make runs repeatable and progress bars silent."""


def kernel_environment(notebook: Path, scratch: Path) -> dict[str, str]:
    """Return the environment of the kernel: quiet, without the user's start-up files."""
    there = {**os.environ, **QUIET, "IPYTHONDIR": str(scratch / "ipython")}
    try:
        project = find_project(notebook.resolve().parent)
    except SourceError:
        try:
            project = find_project()
        except SourceError:
            return there
    return {**there, HOME_VARIABLE: str(project.root)}


def kernel_manager(scratch: Path) -> Any:
    """Return a manager that starts this interpreter, whatever kernels are installed."""
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    class OwnInterpreter(KernelSpecManager):
        """Knows one kernel: the interpreter that we run in."""

        def get_kernel_spec(self, kernel_name: str) -> Any:
            command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            command += ["--log-level=ERROR"]
            return KernelSpec(argv=command, display_name=kernel_name, language="python")

    held: dict[str, Any] = {"connection_file": str(scratch / "kernel.json")}
    if os.name == "posix":
        # Sockets in a folder of our own: no port that two runs could both take.
        held |= {"transport": "ipc", "ip": str(scratch / "k")}
    return AsyncKernelManager(kernel_spec_manager=OwnInterpreter(), kernel_name="python3", **held)


def execute(notebook: Any, path: Path, timeout: float) -> None:
    """Run every cell of a notebook in place, in its own folder, from a clean kernel.

    Raises
    ------
    RenderError
        A cell failed, took longer than `timeout` seconds, or the kernel died; names the cell.
    """
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    with tempfile.TemporaryDirectory(prefix="render-", ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
        client = NotebookClient(
            notebook,
            km=kernel_manager(scratch),
            timeout=timeout,
            resources={"metadata": {"path": str(path.resolve().parent)}},
        )
        try:
            client.execute(env=kernel_environment(path, scratch))
        except CellExecutionError as error:
            raise RenderError(_failure(notebook, path, f"{error.ename}: {error.evalue}")) from error
        except CellTimeoutError as error:
            words = (
                f"took longer than {timeout:g} s: pass a longer timeout or make the cell quicker"
            )
            raise RenderError(_failure(notebook, path, words)) from error
        except (DeadKernelError, NoSuchKernel, RuntimeError) as error:
            raise RenderError(_failure(notebook, path, f"the kernel died ({error})")) from error


def _failure(notebook: Any, path: Path, what: str) -> str:
    """Name the cell that a run stopped in, with its first line."""
    run = [
        (number, cell)
        for number, cell in enumerate(notebook.cells, start=1)
        if cell.cell_type == "code" and "iopub.execute_input" in cell.metadata.get("execution", {})
    ]
    if not run:
        return f"{path.name}: {ESCAPES.sub('', what)}"
    number, cell = run[-1]
    first = cell.source.strip().splitlines()[0] if cell.source.strip() else ""
    return f"{path.name}, cell {number} ({first!r}): {ESCAPES.sub('', what)}"


def without_addresses(text: str) -> str:
    """Take memory addresses out of what objects say of themselves: they differ from run to run.

    >>> without_addresses("<Axes at 0x7f3a2b1c>")
    '<Axes>'
    """
    return ADDRESS.sub("", text)
