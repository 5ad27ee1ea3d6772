"""Which papers a reader may want, judged by the words of those that were read; pure: texts in, ranks and reasons out.

Papers become vectors of words (:mod:`.vectors`), a linear classifier tells those that somebody wanted from the rest
(:mod:`.classifier`), and each paper that is proposed says in words why (:mod:`.ranking`). That is the idea of
arxiv-sanity-lite: the reader's own papers against everything else, with nothing learnt from anybody else's reading.
:mod:`.similar` finds what is like one paper.

All of it is plain Python. numpy takes 73 MB when it is installed (2.x, Linux), scikit-learn with what it needs 270,
and ranks no better and no faster: see benchmarks/recommend.py and docs/decisions/0014-ranking-in-plain-python.md.
"""

from __future__ import annotations

from paperpath.recommend.ranking import Ranked, Reason, rank
from paperpath.recommend.similar import Like, recoupled, similar
from paperpath.recommend.vectors import Text

__all__ = ["Like", "Ranked", "Reason", "Text", "rank", "recoupled", "similar"]
