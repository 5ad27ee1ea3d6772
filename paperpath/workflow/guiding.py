"""Guiding: what there is to know before a paper, while reading it and after, and what to learn that from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from paperpath.errors import BadInput
from paperpath.library.folding import fold
from paperpath.workflow import finding, studying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperpath.library import Library, Row
    from paperpath.model import Guide, Record, Resource, Topic
    from paperpath.workflow.finding import Standing


class Learning(NamedTuple):
    """A topic, and what to learn it from."""

    topic: Topic
    resources: tuple[Resource, ...]


class Guided(NamedTuple):
    """All that helps with reading one paper."""

    record: Record
    guide: Guide | None
    standings: tuple[Standing, ...]
    """Its places on lists that say why it is there."""
    needs: tuple[Row, ...]
    """The papers of those lists to read before."""
    know: tuple[Learning, ...]
    """What to know before that is no paper."""


class Shelf(NamedTuple):
    """The resources that go with one stage, each with the topics that it teaches."""

    stage: str
    number: int | None
    """Of the stage in its list, from 1; None where no list has it any more."""
    resources: tuple[tuple[Resource, tuple[Topic, ...]], ...]


def guide(library: Library, text: str | None = None) -> Guided:
    """How to read the paper that ``text`` names, or without it the paper that is next.

    Raises:
        UnknownPaper: there is no such paper.
        BadInput: nobody has said anything about it, or no paper was named and everything is read.
    """
    if text is None:
        following = studying.next_paper(library)
        if following is None:
            raise BadInput("Everything on this list is read. Name a paper: paperpath guide KEY")
        text = following.step.key
    shown = finding.show(library, text)
    key = shown.record.key
    found = library.guide(key)
    standings = tuple(one for one in shown.standings if one.entry.why)
    if found is None and not standings:
        raise BadInput(
            f"There is no guide to {key} yet, and no reading list says why it matters. You can write one: a file in"
            f" {library.files.reading_lists / 'guides'}, as docs/guides.md shows. Begin with: paperpath read {key}"
        )
    needed = dict.fromkeys(need for one in standings for need in one.entry.needs)
    rows = {row.key: row for one in standings for row in library.rows(list_name=one.list_name)} if needed else {}
    know = tuple(learning(library, found.know)) if found else ()
    return Guided(shown.record, found, standings, tuple(rows[one] for one in needed if one in rows), know)


def learning(library: Library, ids: Sequence[str]) -> list[Learning]:
    """The topics of these ids with what to learn them from; ids that nobody defines any more are left out."""
    if not ids:
        return []
    topics, resources = library.topics(ids), library.resources()
    return [
        Learning(topics[one], tuple(resources[name] for name in topics[one].learn if name in resources))
        for one in ids
        if one in topics
    ]


def resources(library: Library, stage: str | None = None) -> list[Shelf]:
    """Books, courses and the like, stage by stage.

    Args:
        library: the library.
        stage: words of the title of one stage, or its number.

    Raises:
        BadInput: no stage, or more than one, is called that.
    """
    taught: dict[str, list[Topic]] = {}
    for topic in library.topics().values():
        for name in topic.learn:
            taught.setdefault(name, []).append(topic)
    by_stage: dict[str, list[tuple[Resource, tuple[Topic, ...]]]] = {}
    for one in library.resources().values():
        by_stage.setdefault(one.stage, []).append((one, tuple(taught.get(one.id, ()))))
    numbers = _numbers(library)
    titles = sorted(by_stage, key=lambda title: numbers.get(title, 999))
    if stage is not None:
        titles = [_named(stage, titles, numbers)]
    return [Shelf(title, numbers.get(title), tuple(by_stage.get(title, ()))) for title in titles]


def _numbers(library: Library) -> dict[str, int]:
    """The titles of stages and their numbers; those of the main list, then those of other lists."""
    found: dict[str, int] = {}
    for one in library.lists():
        for number, stage in enumerate(one.stages, 1):
            found.setdefault(stage.title, number)
    return found


def _named(stage: str, titles: Sequence[str], numbers: dict[str, int]) -> str:
    """The title that is meant."""
    wanted = fold(stage).strip()
    found = [title for title in titles if wanted.isdecimal() and numbers.get(title) == int(wanted)]
    found = found or [title for title in titles if fold(title) == wanted]
    found = found or [title for title in titles if all(word in fold(title) for word in wanted.split()) and wanted]
    if len(found) == 1:
        return found[0]
    there = "; ".join(f"{numbers[title]} {title}" if title in numbers else title for title in found or titles)
    if not there:
        raise BadInput("There are no resources: neither paperpath nor your reading_lists folder has a resources.toml.")
    said = f"More than one stage is called {stage!r}" if found else f"No stage with resources is called {stage!r}"
    raise BadInput(f"{said}. Say one of these, by number or words: {there}.")
