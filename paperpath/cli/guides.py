"""Commands that help with reading: the guide to a paper, where a technique comes from, and what to learn from."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from paperpath.cli import safe, show
from paperpath.cli.complete import complete_key, complete_stage, complete_technique
from paperpath.cli.lists import ASCII_MARKS, MARKS, how_to_read
from paperpath.cli.session import Session, command, json_option
from paperpath.workflow.places import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from paperpath.model import Guide, Resource, Status
    from paperpath.workflow.guiding import Guided, Learning, Shelf
    from paperpath.workflow.origins import Origin

PASSES = (
    ("First pass, to skim", "skim"),
    ("Second pass, to understand", "understand"),
    ("Third pass, to implement", "implement"),
)


@command("guide")
@click.argument("key", required=False, shell_complete=complete_key)
@click.option("--answers", is_flag=True, help="Show the answers under the questions.")
@json_option(
    'Print one JSON object: {"key", "title", "status", "minutes", "why", "introduces", "needs", "know", "look_for",'
    ' "skim", "understand", "implement", "questions", "task"}; with --answers the answers too.'
)
def guide(session: Session, key: str | None, answers: bool, as_json: bool) -> None:
    """Show how to read a paper, and what to ask yourself after.

    What to know before, why it matters, what to look for, questions and a task. KEY is a citation key, or an arXiv id,
    DOI or URL of a paper in the library; without it, the paper that is next.
    The three passes say which sections are worth your time when you skim, when you want to understand, and when you
    build it yourself. Answers are hidden until you ask for them. Guides of your own go into reading_lists/guides in
    the folder of the library.

    \b
    Examples:
      paperpath guide
      paperpath guide vaswani2017attention
      paperpath guide vaswani2017attention --answers
      paperpath guide 1706.03762 --json
    """
    from paperpath.workflow import guiding

    with session.library() as library:
        found = guiding.guide(library, key)
    if as_json:
        show.json_document(_guide_json(found, answers=answers))
    else:
        marks = ASCII_MARKS if session.settings.ascii else MARKS
        show.out("\n".join(_guide_text(found, marks, answers=answers)))


@command("origin")
@click.argument("technique", nargs=-1, required=True, shell_complete=complete_technique)
@json_option(
    'Print one JSON object: {"asked", "found", "near"}, each of the last two'
    ' [{"technique", "key", "title", "authors", "year", "why", "lists"}].'
)
def origin(session: Session, technique: tuple[str, ...], as_json: bool) -> int:
    """Find the paper that introduced a technique.

    The reading lists say what each of their papers introduced. Plural or singular, capitals, hyphens and initials do
    not matter; if several papers fit, all are shown, the oldest first. A pipe gets key, year, technique and title,
    separated by tabs. The exit code is 1 when no list knows the technique.

    \b
    Examples:
      paperpath origin batch normalization
      paperpath origin "Residual Connections"
      paperpath origin lstm --json
      paperpath fetch "$(paperpath origin layer norm | cut -f1)"
    """
    from paperpath.workflow import origins

    asked = " ".join(technique)
    with session.library() as library:
        told = origins.origins(library, asked)
    if as_json:
        found, near = [_origin_json(one) for one in told.found], [_origin_json(one) for one in told.near]
        show.json_document({"asked": asked, "found": found, "near": near})
    elif told.found:
        show.out(_origins_text(told.found))
    if told.found:
        return show.DONE
    close = show.names(f"{safe.line(one.technique)} ({one.row.key})" for one in told.near)
    said = f" Close to it: {close}." if close else ""
    show.fail(
        f"No reading list says which paper introduced “{safe.line(asked)}”.{said}"
        f" To look into all texts: paperpath search '\"{safe.line(asked)}\"'"
    )
    return show.SOME_FAILED


@command("resources")
@click.argument("stage", nargs=-1, shell_complete=complete_stage)
@json_option(
    'Print one JSON array: [{"stage", "number", "resources": [{"id", "title", "authors", "year", "kind", "link",'
    ' "about", "source", "topics"}]}].'
)
def resources(session: Session, stage: tuple[str, ...], as_json: bool) -> None:
    """List books, courses and more to learn from, by stage.

    Guides and competitions are among them. Under each stand the topics that it teaches, which guides ask you to know.
    STAGE is the number of a stage of zero-to-hero or words of its title; without it, all are shown.

    \b
    Examples:
      paperpath resources
      paperpath resources 2
      paperpath resources language models
      paperpath resources --json
    """
    from paperpath.workflow import guiding

    with session.library() as library:
        shelves = guiding.resources(library, " ".join(stage) or None)
    if as_json:
        show.json_document([_shelf_json(shelf) for shelf in shelves])
    elif shelves:
        show.out("\n\n".join("\n".join(_shelf_text(shelf)) for shelf in shelves))
    else:
        show.say("There are no resources: neither paperpath nor your reading_lists folder has a resources.toml.")


# --------------------------------------------------------------------------- JSON


def _guide_json(found: Guided, *, answers: bool) -> dict[str, Any]:
    from paperpath.model import Guide

    record, guide = found.record, found.guide or Guide(found.record.key)
    said = {name: value for name, value in asdict(guide).items() if name not in ("key", "know", "questions")}
    asked = [asdict(one) for one in guide.questions]
    return {
        "key": record.key,
        "title": record.paper.title,
        "status": record.status,
        "why": [{"list": one.list_name, "why": one.entry.why} for one in found.standings],
        "introduces": _introduces(found),
        "needs": [{"key": row.key, "title": row.title, "status": row.status} for row in found.needs],
        "know": [_learning_json(one) for one in found.know],
        **said,
        "questions": asked if answers else [{"ask": one["ask"], "section": one["section"]} for one in asked],
    }


def _learning_json(one: Learning) -> dict[str, Any]:
    learn = [{"id": each.id, "title": each.title, "link": each.link} for each in one.resources]
    return {"id": one.topic.id, "name": one.topic.name, "about": one.topic.about, "learn": learn}


def _origin_json(one: Origin) -> dict[str, Any]:
    row = one.row
    return {
        "technique": one.technique,
        "key": row.key,
        "title": row.title,
        "authors": row.byline,
        "year": row.year,
        "why": one.why,
        "lists": list(one.lists),
    }


def _shelf_json(shelf: Shelf) -> dict[str, Any]:
    rows = []
    for resource, topics in shelf.resources:
        row = asdict(resource)
        del row["stage"]
        rows.append(row | {"topics": [{"id": topic.id, "name": topic.name} for topic in topics]})
    return {"stage": shelf.stage, "number": shelf.number, "resources": rows}


# --------------------------------------------------------------------------- text


def _guide_text(found: Guided, marks: dict[Status, str], *, answers: bool) -> Iterable[str]:
    record, guide = found.record, found.guide
    yield show.style(record.key, bold=True)
    by = ", ".join(part for part in (record.paper.byline, str(record.paper.year or "")) if part)
    yield from show.wrapped(record.paper.title + (f" ({by})" if by else ""), "  ")
    minutes = f", {show.plural(guide.minutes, 'minute')} for a careful first reading" if guide and guide.minutes else ""
    yield from show.wrapped(f"{marks[record.status]} {record.status}{minutes}", "  ", "    ")
    for words in dict.fromkeys(one.entry.why for one in found.standings):
        yield from _part("Why it matters", words)
    yield from _part("It introduced", ", ".join(_introduces(found)))
    yield from _before(found, marks)
    if guide:
        yield from _part("Look for", guide.look_for)
        yield from _passes(guide)
        yield from _questions(guide, answers=answers)
        yield from _part("Try it", guide.task)
    if guide is None:
        yield from ["", "  There is no guide to this paper yet beyond what its list says."]
    yield from ["", f"  {how_to_read(record)}"]


def _introduces(found: Guided) -> list[str]:
    return list(dict.fromkeys(one for standing in found.standings for one in standing.entry.introduces))


def _part(title: str, words: str) -> list[str]:
    return ["", show.style(title, bold=True), *show.wrapped(words, "  ")] if words else []


def _before(found: Guided, marks: dict[Status, str]) -> Iterable[str]:
    """Papers with their status, and topics with what to learn them from."""
    if not found.needs and not found.know:
        return
    yield from ["", show.style("Know before", bold=True)]
    for row in found.needs:
        yield from show.wrapped(f"{row.title} ({row.key})", f"  {marks[row.status]} ", "    ")
    for one in found.know:
        yield from show.wrapped(f"{one.topic.name}: {one.topic.about}", "  ", "    ")
        for resource in one.resources:
            yield from _resource_line(resource, "    ")


def _resource_line(resource: Resource, indent: str) -> list[str]:
    return [
        *show.wrapped(f"{resource.title}, {resource.kind}", indent, f"{indent}  "),
        f"{indent}  {safe.line(resource.link)}",
    ]


def _passes(guide: Guide) -> Iterable[str]:
    passes = [(words, getattr(guide, name)) for words, name in PASSES]
    if any(sections for _, sections in passes):
        yield from ["", show.style("Three passes", bold=True)]
        for words, sections in passes:
            if sections:
                yield from show.wrapped(f"{words}: {places(sections)}", "  ", "    ")


def _questions(guide: Guide, *, answers: bool) -> Iterable[str]:
    if not guide.questions:
        return
    yield from ["", show.style("Questions to ask yourself after reading", bold=True)]
    for number, one in enumerate(guide.questions, 1):
        head = f"  {number}. "
        yield from show.wrapped(f"{one.ask} ({places([one.section])})", head, " " * len(head))
        if answers:
            yield from show.wrapped(one.answer, " " * len(head))
    if not answers:
        yield show.style("  --answers shows the answers", dim=True)


def _origins_text(found: Sequence[Origin]) -> str:
    if not sys.stdout.isatty():
        cells = ((one.row.key, str(one.row.year or ""), one.technique, one.row.title) for one in found)
        return "\n".join("\t".join(safe.line(cell) for cell in row) for row in cells)
    parts = []
    for one in found:
        row = one.row
        by = ", ".join(part for part in (row.byline, str(row.year or "")) if part)
        lines = [
            show.style(safe.line(one.technique), bold=True),
            *show.wrapped(f"{row.title}" + (f" ({by})" if by else ""), "  "),
        ]
        parts.append("\n".join([*lines, *show.wrapped(one.why, "  "), f"  paperpath guide {row.key}"]))
    return "\n\n".join(parts)


def _shelf_text(shelf: Shelf) -> Iterable[str]:
    number = f"{shelf.number}. " if shelf.number else ""
    yield show.style(f"{number}{safe.line(shelf.stage)}", bold=True)
    for resource, topics in shelf.resources:
        by = ", ".join(
            [
                *resource.authors[:3],
                *(["…"] if len(resource.authors) > 3 else []),
                *([str(resource.year)] if resource.year else []),
            ]
        )
        yield from show.wrapped(f"{resource.title}" + (f" ({by})" if by else "") + f", {resource.kind}", "  ", "    ")
        yield from show.wrapped(resource.about, "    ")
        if topics:
            yield from show.wrapped(f"teaches {', '.join(topic.name for topic in topics)}", "    ")
        yield f"    {safe.line(resource.link)}"


COMMANDS: dict[str, click.Command] = {"guide": guide, "origin": origin, "resources": resources}
