"""fetch, add, import, parse: against a stand-in for arXiv."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from paperpath.formats.citekeys import make_key
from paperpath.model import Paper, ParsedPaper
from paperpath.workflow import noting
from tests.workflow.samples import pdf_bytes
from tests.zotero import kettles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperpath.library import Library
    from tests.cli.conftest import Ended
    from tests.standin import StandIn

    Cli = Callable[..., Ended]

PDFS = ["1706.03762v7.pdf", "2101.00001v1.pdf"]
OLD, ATTENTION = "old1986learning", "vaswani2017attention"


def rows(done: Ended) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.out.splitlines()]


# --------------------------------------------------------------------------- fetch


def test_fetch_json_is_one_object_a_line(cli: Cli, library: Library, arxiv: StandIn, shelf: Path) -> None:
    done = cli("fetch", "1706.03762", "arXiv:2101.00001", "--json")
    assert done.code == 0
    lines = rows(done)
    assert [set(line) for line in lines] == [{"id", "key", "status", "error", "sha256", "pages", "seconds"}] * 2
    by_id = {line["id"]: line for line in lines}
    assert by_id["1706.03762"]["key"] == ATTENTION
    assert {line["status"] for line in lines} == {"fetched"}
    assert {line["error"] for line in lines} == {None}
    source = (shelf / "1706.03762v7.pdf").read_bytes()
    assert by_id["1706.03762"]["sha256"] == hashlib.sha256(source).hexdigest()
    assert by_id["1706.03762"]["pages"] == 2
    assert "2 fetched." in done.err


def test_a_second_fetch_asks_for_nothing(cli: Cli, library: Library, arxiv: StandIn) -> None:
    assert cli("fetch", "1706.03762").code == 0
    arxiv.reset()
    done = cli("fetch", ATTENTION, "--json")
    assert (done.code, [line["status"] for line in rows(done)]) == (0, ["cached"])
    assert len(arxiv.log()) == 0
    assert "1 already here." in done.err


def test_fetch_for_people(cli: Cli, library: Library, arxiv: StandIn) -> None:
    done = cli("fetch", "1706.03762")
    assert done.out == f"fetched\t{ATTENTION}\t2 pages\tAttention Is All You Need\n"
    assert done.err == "1 fetched.\n"


def test_papers_of_a_list_that_are_not_on_arxiv_are_named_and_no_failure(
    cli: Cli, library: Library, arxiv: StandIn
) -> None:
    done = cli("fetch", "small")
    assert done.code == 0
    assert done.out.startswith(f"fetched\t{ATTENTION}")
    assert f"Not on arXiv, so left out: {OLD}." in done.err
    assert "error:" not in done.err
    assert cli("fetch", OLD).code == 2
    lines = {line["key"]: line for line in rows(cli("fetch", "small", "--json"))}
    assert lines[OLD]["status"] == "failed"
    assert "not on arXiv" in str(lines[OLD]["error"])


def test_fetch_without_target_brings_what_is_not_here(cli: Cli, library: Library, arxiv: StandIn) -> None:
    assert [line["key"] for line in rows(cli("fetch", "--json"))] == [ATTENTION]
    done = cli("fetch")
    assert (done.code, done.out) == (0, "")
    assert "Every paper" in done.err


def test_fetch_ids_from_a_pipe(cli: Cli, library: Library, arxiv: StandIn) -> None:
    done = cli("fetch", "-", "--json", stdin="# mine\n\n1706.03762\n 2101.00001 \n")
    assert {line["id"] for line in rows(done)} == {"1706.03762", "2101.00001"}


def test_one_that_fails_is_named_and_the_rest_is_done(cli: Cli, library: Library, arxiv: StandIn) -> None:
    done = cli("fetch", "2404.00004", "1706.03762", "nonsense", "--json")
    assert done.code == 1
    assert {line["id"]: line["status"] for line in rows(done)} == {
        "2404.00004": "failed",
        "1706.03762": "fetched",
        "nonsense": "failed",
    }
    errors = [line for line in done.err.splitlines() if line.startswith("error: ")]
    assert len(errors) == 2
    assert "1 fetched, 2 failed." in done.err


@pytest.mark.parametrize(("target", "code"), [("nonsense", 2), ("2405.99999", 1)])
def test_when_everything_fails_the_code_says_why(
    cli: Cli, library: Library, arxiv: StandIn, target: str, code: int
) -> None:
    done = cli("fetch", target)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(f"error: {target}: ")


@pytest.mark.parametrize("fault", ["403", "captcha"])
def test_a_refusal_is_3_and_names_what_was_not_tried(cli: Cli, library: Library, arxiv: StandIn, fault: str) -> None:
    arxiv.reset([f"{fault}:99"])
    done = cli("fetch", "1706.03762", "2101.00001", "--json")
    assert done.code == 3
    assert {line["status"] for line in rows(done)} == {"waiting"}
    assert all(line["error"] for line in rows(done))
    assert "2 not tried." in done.err
    assert done.err.count("error: ") == 1


def test_no_network_is_3(cli: Cli, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERPATH_ARXIV_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("PAPERPATH_ARXIV_INTERVAL", "0.001")
    done = cli("fetch", "2101.00001")
    assert (done.code, done.out) == (3, "")
    assert "error: " in done.err


# --------------------------------------------------------------------------- add


def test_add_by_id_says_how_to_fetch(cli: Cli, library: Library, arxiv: StandIn) -> None:
    done = cli("add", "2101.00001", "1706.03762")
    assert done.code == 0
    lines = [line.split("\t") for line in done.out.splitlines()]
    assert lines[0][0] == "added"
    assert lines[0][2] == "Lanterns: Attention for Small Rooms"
    assert lines[1][:2] == ["known", ATTENTION]
    assert f"paperpath fetch {lines[0][1]}" in done.err


def test_add_a_pdf(cli: Cli, library: Library, arxiv: StandIn, shelf: Path, home: Path) -> None:
    done = cli("add", str(shelf / "1706.03762v7.pdf"), "--json")
    (line,) = rows(done)
    assert (done.code, line["status"], line["keys"], line["error"]) == (0, "attached", [ATTENTION], None)
    assert set(line) == {"target", "status", "keys", "title", "message", "error"}
    assert (home / "papers" / "1706.03762" / "paper.pdf").is_file()


def test_add_by_title_takes_the_one_with_that_title(cli: Cli, library: Library, arxiv: StandIn) -> None:
    done = cli("add", "lanterns again")
    assert done.code == 0
    assert "Lanterns Again" in done.out


def test_an_uncertain_title_is_not_guessed_without_a_person(cli: Cli, library: Library, arxiv: StandIn) -> None:
    done = cli("add", "lanterns")
    assert (done.code, done.out) == (1, "")
    assert "For “lanterns” there are:" in done.err
    assert "2101.00001" in done.err
    assert "2405.00005" in done.err


def test_a_person_chooses(cli: Cli, library: Library, arxiv: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperpath.cli.adding._someone_is_there", lambda: True)
    done = cli("add", "lanterns", stdin="7\n2\n")
    assert done.code == 0
    offered = [line for line in done.err.splitlines() if line.startswith("  2  ")]
    assert done.out.split("\t")[2].rstrip() in offered[0]
    assert cli("add", "lanterns", stdin="0\n").code == 1


def test_what_cannot_be_added_is_named(cli: Cli, library: Library, arxiv: StandIn, tmp_path: Path) -> None:
    done = cli("add", str(tmp_path / "no.pdf"), "2101.00001", "10.1000/none")
    assert done.code == 1
    assert done.out.startswith("added\t")
    assert done.err.count("error: ") == 2
    assert cli("add", str(tmp_path / "no.pdf")).code == 2


# --------------------------------------------------------------------------- import


def test_import(cli: Cli, library: Library, tmp_path: Path) -> None:
    file = tmp_path / "mine.bib"
    file.write_text(
        "@article{new2020thing, title={A New Thing}, author={New, A.}, year={2020}}\n"
        "@misc{copy, title={Attention}, eprint={1706.03762}, archiveprefix={arXiv}}\n",
        encoding="utf-8",
    )
    done = cli("import", str(file))
    assert (done.code, done.out) == (0, "new2020thing\n")
    assert done.err == "1 new paper, 1 known.\n"
    assert cli("import", str(file)).err == "0 new papers, 1 known.\n" or cli("import", str(file)).out == ""
    assert cli("undo").code == 0


def test_what_an_import_counts_adds_up_to_the_entries(
    cli: Cli, library: Library, shelf: Path, tmp_path: Path, warm_parsers: None
) -> None:
    """Two entries of one paper are one; the second run knows one paper more by its title, as its key was taken."""
    file = tmp_path / "mine.bib"
    entry = "@book{lamps, title={Lamps}, author={Vega, Ana}, doi={10.1000/lamps}, year={2001}}\n"
    pdf = shelf / PDFS[1]
    file.write_text(
        entry
        + entry.replace("lamps,", "again,", 1)
        + f"@misc{{copy, title={{A}}, eprint={{1706.03762}}, file={{{pdf}}}, "
        "archiveprefix={arXiv}, keywords={rooms}}\n",
        encoding="utf-8",
    )
    tried = cli("import", str(file), "--dry-run").err
    assert tried.startswith(
        "1 new paper, 1 to be completed, 0 known as they are. 1 more entry of the same papers. Noth"
    )
    assert cli("import", str(file)).err.startswith(
        "1 new paper, 1 known. 1 more entry of the same papers. With them: 1"
    )
    assert library.history()[0].what == "imported 3 entries from mine.bib"
    assert cli("import", str(file)).err == "0 new papers, 2 known. 1 more entry of the same papers.\n"


@pytest.mark.parametrize(("name", "text"), [("empty.bib", ""), ("words.bib", "kettles"), ("none.json", "[]")])
def test_a_file_without_entries_is_no_import(cli: Cli, library: Library, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = cli("import", str(tmp_path / name))
    assert (done.code, done.out) == (2, "")
    assert f"{name} holds no " in done.err
    assert "imported" not in library.history()[0].what


def test_what_is_for_add_is_told_at_import(cli: Cli, library: Library, shelf: Path) -> None:
    for target in (str(shelf / PDFS[0]), "1706.03762"):
        done = cli("import", target)
        assert (done.code, done.out) == (2, "")
        assert "paperpath add" in done.err


def test_every_way_in_makes_keys_by_the_formula(
    cli: Cli, library: Library, arxiv: StandIn, shelf: Path, tmp_path: Path
) -> None:
    formula = "--key-formula={author:keep:letters=3}_{year:2}"
    path = tmp_path / "refs.bib"
    path.write_text("@misc{, title={Lamps}, author={Ana Vega}, year=2001}\n@misc{mine, title={Kettles}, year=2002}\n")
    assert cli("import", str(path), formula).out.split() == ["Veg_01", "mine"]
    assert cli("add", "lanterns again", formula, "--json").json["keys"] == ["Veg_21"]
    assert cli("add", str(shelf / "2101.00001v1.pdf"), formula, "--json").json["keys"] == ["Veg_21a"]
    assert rows(cli("fetch", "2404.00004", formula, "--json"))[0]["key"] == "Kno_21"
    ended = cli("import", str(path), "--key-formula={nobody}")
    assert ended.code == 2
    assert "--key-formula: In the key formula '{nobody}', character 2: there is no part 'nobody'" in ended.err


def test_import_names_entries_that_cannot_be_read(cli: Cli, library: Library, tmp_path: Path) -> None:
    file = tmp_path / "mine.bib"
    file.write_text(
        "@article{good2020, title={Good}, year={2020}}\n\n@article{bad2020, title={Never closed\n", encoding="utf-8"
    )
    done = cli("import", str(file))
    assert (done.code, done.out) == (1, "good2020\n")
    assert f"error: {file}, line 3: " in done.err
    assert done.err.endswith("1 new paper, 0 known. 1 error.\n")


def test_what_was_read_all_the_same_is_a_warning(cli: Cli, library: Library, tmp_path: Path) -> None:
    file = tmp_path / "mine.bib"
    file.write_text("@misc{good2020, title={Good}}\n@misc{good2020, title={Better}}\n", encoding="utf-8")
    tried, done = cli("import", str(file), "--dry-run", "--json"), cli("import", str(file), "--json")
    for one in (tried, done):
        assert one.code == 0
        assert one.err.startswith(f"warning: {file}, line 2: The key 'good2020' is used twice")
        assert "1 warning." in one.err
        assert [one.json["new"][0], len(one.json["new"]), one.json["known"]] == ["good2020", 2, []]
        (problem,) = one.json["problems"]
        assert (problem["file"], problem["line"], problem["severity"]) == (str(file), 2, "warning")
    assert cli("import", str(tmp_path), "--json").code == 2


def test_import_of_another_kind_of_file(cli: Cli, library: Library, tmp_path: Path) -> None:
    (tmp_path / "x.doc").write_text("x", encoding="utf-8")
    for name in ("x.doc", "nowhere.bib"):
        done = cli("import", str(tmp_path / name))
        assert (done.code, done.out) == (2, "")
        assert name in done.err


# --------------------------------------------------------------------------- parse


def test_parse_json_has_the_shape_of_the_contract(cli: Cli, shelf: Path, home: Path, warm_parsers: None) -> None:
    done = cli("parse", str(shelf / "1706.03762v7.pdf"), "--json")
    assert done.code == 0
    assert list(done.json) == list(ParsedPaper().to_dict())
    assert done.json["title"] == "Attention Is All You Need"
    assert done.json["pages"] == 2
    assert not home.exists()


def test_parse_several_files_gives_a_line_each(cli: Cli, shelf: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"<html>withdrawn</html>")
    files = [str(shelf / "1706.03762v7.pdf"), str(bad), str(tmp_path / "nowhere.pdf"), str(shelf / "2101.00001v1.pdf")]
    done = cli("parse", *files, "--json")
    lines = rows(done)
    assert done.code == 1
    assert [line["file"] for line in lines] == files
    assert ["error" in line for line in lines] == [False, True, True, False]
    assert list(lines[0]) == ["file", *ParsedPaper().to_dict()]
    assert done.err.count("error: ") == 2


def test_a_pattern_that_the_shell_left_alone(cli: Cli, shelf: Path, warm_parsers: None) -> None:
    done = cli("parse", str(shelf / "*.pdf"), "--json")
    assert [line["file"] for line in rows(done)] == [str(shelf / name) for name in PDFS]
    assert "*.pdf" in cli("parse", str(shelf / "none" / "*.pdf")).err


def test_parse_a_bad_file(cli: Cli, tmp_path: Path, warm_parsers: None) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.5\nnothing more")
    done = cli("parse", str(tmp_path / "bad.pdf"), "--json")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"error: {tmp_path / 'bad.pdf'} ")
    assert len(done.err.splitlines()) == 1


def test_parse_for_people(cli: Cli, shelf: Path, warm_parsers: None) -> None:
    text = cli("parse", str(shelf / "1706.03762v7.pdf")).out
    assert text.startswith("Attention Is All You Need\n")
    assert "2 pages" in text
    assert "  1 Introduction, p. 1" in text.splitlines()


def test_parse_markdown(cli: Cli, shelf: Path, warm_parsers: None) -> None:
    text = cli("parse", str(shelf / "1706.03762v7.pdf"), "--markdown").out
    assert "# " in text
    assert "Small rooms are dark" in text
    assert cli("parse", "x.pdf", "--markdown", "--json").code == 2


def test_parse_all_reads_stored_pdfs_again_without_a_request(
    cli: Cli, library: Library, arxiv: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("fetch", "1706.03762").code == 0
    note = noting.append_note(library, ATTENTION, "My own words.")
    monkeypatch.setattr("paperpath.pdf.PARSER_VERSION", "of tomorrow")
    asked = len(arxiv.log())
    done = cli("parse", "--all")
    assert done.code == 0
    assert "1 paper read again" in done.err
    assert len(arxiv.log()) == asked
    assert "My own words." in note.read_text(encoding="utf-8")
    assert library.get(ATTENTION).parsed == "of tomorrow"
    assert "Every stored PDF was read" in cli("parse", "--all").err


def test_parse_wants_files_or_all(cli: Cli) -> None:
    assert cli("parse").code == 2
    assert cli("parse", "--all", "x.pdf").code == 2


def test_an_import_can_be_tried_first(cli: Cli, library: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(
        "@article{a2020, title = {A Kettle}, year = 2020}\n"
        "@article{old, title={Learning representations}, doi={10.1038/323533a0}, volume={323}, journal={Nature}}\n",
        encoding="utf-8",
    )
    tried = cli("import", "--dry-run", str(path))
    assert (tried.code, tried.out) == (0, "new\ta2020\tA Kettle\ncompleted\told1986learning\tvolume\n")
    assert tried.err.endswith("Nothing was changed.\n")
    assert not {row.key for row in library.rows()} & {"a2020"}
    assert cli("import", str(path)).out == "a2020\n"
    assert cli("import", "-n", str(path)).err.startswith("0 new papers, 0 to be completed, 2 known")


def test_an_import_brings_files_tags_and_notes(
    cli: Cli, library: Library, shelf: Path, tmp_path: Path, warm_parsers: None
) -> None:
    path = tmp_path / "refs.bib"
    pdf = shelf / "1706.03762v7.pdf"
    path.write_text(
        f"@misc{{a2020, title = {{A Kettle}}, file = {{:{pdf}:PDF}}, groups = {{tea}}, annote = {{Hot.}}}}\n"
        "@misc{b2020, title = {A Lid}, year = 2020, file = {:nowhere.pdf:PDF}}\n",
        encoding="utf-8",
    )
    tried = cli("import", "-n", str(path))
    assert tried.out.splitlines()[2:] == ["tags\ta2020\ttea", "note\ta2020\tHot.", f"pdf\ta2020\t{pdf}"]
    done = cli("import", str(path))
    assert (done.code, done.out) == (0, "a2020\nb2020\n")
    assert "2 new papers, 0 known. With them: tags for 1 paper, 1 note, 1 PDF." in done.err
    assert "not on this machine: 1, for example nowhere.pdf" in done.err
    assert library.get("a2020").pdf is not None
    assert "With them" not in cli("import", str(path)).err


def test_an_import_without_files(cli: Cli, library: Library, shelf: Path, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(f"@misc{{a, title = {{A Kettle}}, file = {{:{shelf / PDFS[0]}:PDF}}}}", encoding="utf-8")
    done = cli("import", str(path), "--no-files")
    assert done.err == "1 new paper, 0 known.\n"
    assert library.get("a").pdf is None


def test_a_folder_in_a_pipe(cli: Cli, library: Library, arxiv: StandIn, shelf: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pdfs"
    folder.mkdir()
    (folder / "unsure.pdf").write_bytes(pdf_bytes("A Kettle Nobody Knows", "Chi Maaten"))
    (folder / "2101.00001v1.pdf").write_bytes((shelf / "2101.00001v1.pdf").read_bytes())
    tried = cli("import", str(folder), "--dry-run")
    assert [line.split("\t")[0] for line in tried.out.splitlines()] == ["new", "uncertain"]
    assert tried.code == 1
    done = cli("import", str(folder))
    assert done.code == 1
    assert [line.split("\t")[0] for line in done.out.splitlines()] == ["added", "uncertain"]
    assert done.out.splitlines()[1].split("\t")[3:] == ["A Kettle Nobody Knows", "", "no id on its first page"]
    assert "2 PDFs: 1 identified, 0 here already, 1 uncertain, 0 failed." in done.err
    assert "1 here already" in cli("import", str(folder)).err


def test_a_folder_is_reviewed_one_by_one(
    cli: Cli, library: Library, arxiv: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paperpath.cli.reviewing._someone_is_there", lambda: True)
    folder = tmp_path / "pdfs"
    folder.mkdir()
    for name in "abcd":
        (folder / f"{name}.pdf").write_bytes(pdf_bytes(f"A Kettle Called {name}", "Chi Maaten"))
    done = cli("import", str(folder), stdin="x\nt\nKettle of Copper\na\ns\na\ne\n")
    assert done.code == 0
    states = [(line.split("\t")[0], line.split("\t")[3]) for line in done.out.splitlines()]
    assert states == [
        ("added", "Kettle of Copper"),
        ("added", "A Kettle Called c"),
        ("skipped", "A Kettle Called b"),
        ("skipped", "A Kettle Called d"),
    ]
    assert "  title    Kettle of Copper" in done.err
    assert "4 PDFs: 2 identified" in done.err


def test_zotero_by_its_folder(cli: Cli, library: Library, tmp_path: Path) -> None:
    kettles(tmp_path / "Zotero")
    done = cli("import", str(tmp_path / "Zotero"))
    assert (done.code, done.out) == (0, "potter2014boiling\nwheellids\n")


@pytest.mark.parametrize("command", ["add", "import"])
def test_an_empty_name_is_not_this_folder(
    cli: Cli, library: Library, shelf: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(shelf)
    before = library.papers()
    done = cli(command, "")
    assert (done.code, done.out) == (2, "")
    assert "empty" in done.err
    assert library.papers() == before


def test_what_known_papers_gain_is_told(cli: Cli, library: Library, arxiv: StandIn) -> None:
    library.add([Paper("Lanterns Again", arxiv_id="2405.00005", key="lanterns")], make_key)
    done = cli("add", "lanterns again")
    assert done.out == "known\tlanterns\tLanterns Again\tWhat it lacked was filled in.\n"
    assert done.err == "To bring the PDF: paperpath fetch lanterns\n"
    assert cli("add", "lanterns again").out == "known\tlanterns\tLanterns Again\n"


def test_more_pdfs_than_fit_into_a_line_are_counted(cli: Cli, library: Library, tmp_path: Path) -> None:
    entries = (
        f"@misc{{k{n}, title={{Kettle {n}}}, eprint={{2501.0000{n + 1}}}, archiveprefix={{arXiv}}}}\n" for n in range(7)
    )
    (tmp_path / "seven.bib").write_text("".join(entries), encoding="utf-8")
    assert cli("add", str(tmp_path / "seven.bib")).err == (
        "To bring the PDFs: paperpath fetch k0 k1 k2 k3 k4 … (2 more)\n"
    )


def test_a_folder_is_no_pdf(cli: Cli, shelf: Path, warm_parsers: None) -> None:
    done = cli("parse", str(shelf))
    assert (done.code, done.out) == (1, "")
    assert done.err == f"error: {shelf} is a folder. Name the PDFs in it.\n"
