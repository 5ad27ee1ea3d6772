"""The ``file`` field as JabRef, Mendeley, Zotero and others write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperpath.formats.file_links import escaped, local_path, pdf_paths


@pytest.mark.parametrize(
    ("field", "paths"),
    [
        (":kettles/boil.pdf:PDF", ["kettles/boil.pdf"]),
        (r"A\; kettle\: new:boil\; again.pdf:PDF", ["boil; again.pdf"]),
        (":one.pdf:PDF;Two:two.PDF:PDF;:one.pdf:PDF", ["one.pdf", "two.PDF"]),
        ("Full Text PDF:/ada/boil.pdf:application/pdf;Snapshot:/ada/boil.html:text/html", ["/ada/boil.pdf"]),
        (r"PDF:C\:\\ada\\Zotero\\storage\\AB12\\boil.pdf:application/pdf", [r"C:\ada\Zotero\storage\AB12\boil.pdf"]),
        (r":C$\backslash$:/Users/ada/Mendeley Ltd./boil.pdf:pdf", ["C:/Users/ada/Mendeley Ltd./boil.pdf"]),
        (":home/ada/boil.pdf:pdf;::", ["home/ada/boil.pdf"]),
        (r"C:\Users\ada\boil.pdf", [r"C:\Users\ada\boil.pdf"]),
        ("/home/ada/boil.pdf;/home/ada/more.pdf;/home/ada/boil.html", ["/home/ada/boil.pdf", "/home/ada/more.pdf"]),
        (r":http\://tea.example/boil.pdf:PDF", []),
        ("Full text:https://tea.example/boil.pdf:PDF", []),
        (r":\\server\tea\boil.pdf:PDF", [r"\server\tea\boil.pdf"]),
        ("boil.pdf::", ["boil.pdf"]),
        (":boil.pdf", ["boil.pdf"]),
        ("::boil.pdf", ["boil.pdf"]),
        ("scan:boil:PDF", ["boil"]),
        ("a:boil.pdf:PDF:https\\://tea.example", ["boil.pdf"]),
        ("file:///home/ada/hot%20water.pdf", ["/home/ada/hot water.pdf"]),
        ("file:///C:/tea/boil.pdf", ["C:/tea/boil.pdf"]),
        ("notes.txt", []),
        (";;::;", []),
        ("", []),
    ],
)  # fmt: skip
def test_paths(field: str, paths: list[str]) -> None:
    assert list(pdf_paths(field)) == paths


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("file://localhost/home/ada/b.pdf", "/home/ada/b.pdf"),
        ("file:/home/ada/b.pdf", "/home/ada/b.pdf"),
        (" b.pdf ", "b.pdf"),
        ("internal-pdf://123/b.pdf", ""),
        ("https://tea.example/b.pdf", ""),
        (r"D:\b.pdf", r"D:\b.pdf"),
    ],
)
def test_local_paths(text: str, path: str) -> None:
    assert local_path(text) == path


NAMES = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Z"]), min_size=2).map(lambda name: f"tea/{name}.pdf")


@given(st.lists(NAMES, unique=True))
def test_what_was_escaped_is_read_again(paths: list[str]) -> None:
    assert list(pdf_paths(";".join(f"A kettle:{escaped(path)}:PDF" for path in paths))) == paths
    assert list(pdf_paths(";".join(map(escaped, paths)))) == paths


@given(st.text(st.sampled_from(r"\:;/aC$.pdf{ ")))
def test_nothing_raises(field: str) -> None:
    assert all(pdf_paths(field))


def test_hostile_fields_take_linear_time() -> None:
    for field in ("\\" * 50_000, ":" * 50_000, ";" * 50_000, "C:/" * 20_000, r"\:" * 30_000):
        pdf_paths(field)
