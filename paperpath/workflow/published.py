"""Published versions of preprints: finding them, showing what would change, and taking it over as one change.

What the preprint's own record says (arXiv's journal reference and DOI) is read without asking anybody. Services are
asked only if they are named, one paper after the other, at the pace of each.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from paperpath.errors import BadAnswer, PaperpathError, SourceError
from paperpath.sources import Stop, Tell, never, silent
from paperpath.workflow.published_match import Published, from_record, judge, may_be_published, publications

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperpath.library import Library
    from paperpath.model import Paper
    from paperpath.sources.providers import Candidate, Provider
    from paperpath.sources.providers.asking import Asker, Services


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of one preprint after everybody was asked."""

    paper: Paper
    found: tuple[Published, ...]
    """Its publications: none, one, or several of which a person may choose."""
    unread: bool
    """Whether its record says where it was published, in words that were not understood, and nobody else knew more."""
    errors: tuple[tuple[str, SourceError], ...] = ()
    """Which services could not be asked about it, and why."""


def look(
    library: Library,
    query: str = "",
    *,
    providers: Sequence[Provider] = (),
    services: Services | None = None,
    tell: Tell = silent,
    stop: Stop = never,
) -> Iterator[Looked]:
    """Look for the published versions of the preprints that ``query`` finds; nothing is changed.

    A service that refuses or cannot be reached is not asked again in this run.

    Raises:
        BadQuery: the query cannot be read.
        Cancelled: ``stop`` said so.
    """
    papers = [paper for paper in library.papers(query) if may_be_published(paper)]
    if not providers or not papers:
        for paper in papers:
            yield _looked(paper, from_record(paper), ())
        return
    from paperpath.sources.providers.asking import Asker, Services

    left = list(providers)
    with Asker(services or Services()) as asker:
        for paper in papers:
            candidates, errors = _ask(asker, left, paper, tell, stop)
            for name, error in errors:
                if not isinstance(error, BadAnswer):
                    left = [provider for provider in left if provider.shown != name]
            yield _looked(paper, [*candidates, *from_record(paper)], tuple(errors))


def apply(library: Library, accepted: Sequence[Published]) -> dict[str, str]:
    """Take over these publications, one a paper, as one change, which ``undo`` takes back.

    Returns:
        Why a paper could not be changed, by its key; such a paper is as it was.
    """
    troubles: dict[str, str] = {}
    if not accepted:
        return troubles
    who = accepted[0].paper.key if len(accepted) == 1 else f"{len(accepted)} papers"
    with library.change(f"published version of {who}"):
        for one in accepted:
            try:
                library.update(one.accepted, source={change.field: change.source for change in one.changes})
            except PaperpathError as error:  # the DOI is that of another paper: the same one, added twice
                troubles[one.paper.key] = str(error)
    return troubles


def _looked(paper: Paper, candidates: Sequence[Candidate], errors: tuple[tuple[str, SourceError], ...]) -> Looked:
    found = tuple(publications(paper, candidates))
    return Looked(paper, found, bool(paper.journal_ref) and not found, errors)


def _ask(
    asker: Asker, providers: Sequence[Provider], paper: Paper, tell: Tell, stop: Stop
) -> tuple[list[Candidate], list[tuple[str, SourceError]]]:
    """What the providers say one after the other; a DOI that one of them is sure of is what the next is asked about."""
    found: list[Candidate] = []
    errors: list[tuple[str, SourceError]] = []
    asked = paper
    for provider in providers:
        try:
            answered = asker.ask(provider, asked, tell=tell, stop=stop)
        except SourceError as error:
            errors.append((provider.shown, error))
            continue
        if asked.doi:  # an answer to a question by DOI is about that publication
            answered = [replace(one, linked=one.linked or one.paper.doi == asked.doi) for one in answered]
        found += answered
        if not asked.doi:
            sure = [one.paper.doi for one in answered if one.paper.doi and _is_sure(paper, one)]
            asked = replace(asked, doi=sure[0]) if len(set(sure)) == 1 else asked
    return found, errors


def _is_sure(paper: Paper, candidate: Candidate) -> bool:
    verdict = judge(paper, candidate)
    return verdict is not None and verdict[0] == "certain"
