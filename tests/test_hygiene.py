"""What a start-up may load: measured in modules, never in seconds."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import paperpath
import paperpath.workflow

FRONT_ENDS = {"textual", "rich", "click"}
NETWORK = {"requests", "requests_cache", "urllib3", "arxiv", "feedparser", "lxml", "http.client"}
DOCUMENTS = {"pypdf", "pypdfium2", "bibtexparser", "pylatexenc", "yaml"}
CARDS = {"fsrs", "genanki"}
MODELS = {"numpy", "onnxruntime", "tokenizers"}
HEAVY = FRONT_ENDS | NETWORK | DOCUMENTS | CARDS | MODELS | {"multiprocessing"}


def loaded(code: str) -> set[str]:
    """The modules that are there after running ``code`` in a new interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_every_verb_and_every_part_loads_nothing_heavy() -> None:
    verbs = [f"paperpath.workflow.{module.name}" for module in pkgutil.iter_modules(paperpath.workflow.__path__)]
    parts = [
        "sources",
        "pdf",
        "pdf.workers",
        "formats",
        "library",
        "notes",
        "study",
        "cards.scheduling",
        "formats.anki",
        "embedding.network",
        "config",
    ]
    assert len(verbs) >= 10
    assert loaded(f"import {', '.join([*verbs, *(f'paperpath.{part}' for part in parts)])}") & HEAVY == set()


def test_the_package_itself_loads_nothing() -> None:
    assert {name for name in loaded("import paperpath") if name.startswith("paperpath")} == {"paperpath"}


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_is_told_before_anything_is_loaded(flag: str) -> None:
    code = f"import sys; sys.argv = ['paperpath', {flag!r}]\nfrom paperpath.__main__ import main\nassert main() == 0"
    modules = loaded(code)
    assert modules & {*HEAVY, "sqlite3", "argparse", "json", "dataclasses", "re", "typing"} == set()
    assert {name for name in modules if name.startswith("paperpath")} == {"paperpath", "paperpath.__main__"}


def test_the_version_is_that_of_the_package() -> None:
    done = subprocess.run([sys.executable, "-m", "paperpath", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"paperpath {paperpath.__version__}\n"
    assert done.stderr == ""


def test_help_loads_click_and_no_library() -> None:
    code = "from paperpath.cli import run\nassert run(['--help']) == 0"
    assert loaded(code) & (HEAVY - {"click"} | {"sqlite3"}) == set()


def test_listing_papers_loads_click_and_the_database_alone(tmp_path: object) -> None:
    # The first command seeds the library and reads BibTeX for it; every other one only looks whether lists changed.
    settings = f"import os; os.environ.update(PAPERPATH_HOME={str(tmp_path)!r}, PAPERPATH_CONFIG='')\n"
    code = settings + "from paperpath.cli import run\nassert run(['list', 'year:1986']) == 0"
    loaded(code)
    modules = loaded(code)
    assert modules & (HEAVY - {"click"}) == set()
    assert {"click", "sqlite3"} <= modules
    unused = {"paperpath.model", "paperpath.ids", "paperpath.library.backup", "paperpath.library.catalogue", "zipfile"}
    assert modules & (unused | {"paperpath.library.moving", "difflib", "secrets", "subprocess"}) == set()
