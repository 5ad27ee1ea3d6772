"""The core starts light: nothing heavy is loaded before the first paper needs it."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys

import paperpath.workflow

HEAVY = "textual requests arxiv requests_cache pypdf pypdfium2 bibtexparser pylatexenc yaml rich click multiprocessing"


def test_importing_every_verb_loads_nothing_heavy() -> None:
    verbs = [f"paperpath.workflow.{module.name}" for module in pkgutil.iter_modules(paperpath.workflow.__path__)]
    assert len(verbs) >= 11
    script = (
        f"import importlib, json, sys\nfor name in {verbs!r}:\n    importlib.import_module(name)\n"
        f"print(json.dumps([name for name in {HEAVY.split()!r} if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
