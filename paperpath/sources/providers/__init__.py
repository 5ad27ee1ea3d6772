"""Services that may know where a preprint was published. None of them is asked unless a person wants it.

:data:`PROVIDERS` is the only place that lists them; a new one is a module and a row here. Importing this package loads
no HTTP client: that is for :mod:`paperpath.sources.providers.asking`, which is imported when the first one is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperpath.errors import BadInput
from paperpath.sources.providers.base import Candidate, Provider
from paperpath.sources.providers.crossref import Crossref
from paperpath.sources.providers.datacite import DataCite
from paperpath.sources.providers.dblp import Dblp
from paperpath.sources.providers.journal_ref import Place, parse_journal_ref
from paperpath.sources.providers.semantic_scholar import SemanticScholar

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["PROVIDERS", "Candidate", "Place", "Provider", "named", "parse_journal_ref"]

PROVIDERS: tuple[Provider, ...] = (DataCite(), SemanticScholar(), Dblp(), Crossref())
"""In the order in which they are asked: what the first ones say of a DOI, Crossref is asked about."""


def named(names: Iterable[str]) -> tuple[Provider, ...]:
    """The providers with these names, in the order of :data:`PROVIDERS`; ``all`` means all.

    Raises:
        BadInput: there is none of that name.
    """
    wanted = {name.strip().lower().replace("_", "-") for name in names} - {""}
    known = {provider.name for provider in PROVIDERS}
    for name in sorted(wanted - known - {"all"}):
        raise BadInput(f"There is no service {name!r} to ask. There are {', '.join(sorted(known))}, and all.")
    return tuple(provider for provider in PROVIDERS if provider.name in wanted or "all" in wanted)
