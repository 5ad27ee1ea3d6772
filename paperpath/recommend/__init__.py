"""Which papers a reader may want, judged by the words of those that were read; pure: texts in, ranks and reasons out.

Papers become vectors of words (:mod:`.vectors`), a linear classifier tells those that somebody wanted from the rest
(:mod:`.classifier`), and each paper that is proposed says in words why (:mod:`.ranking`). That is the idea of
arxiv-sanity-lite: the reader's own papers against everything else, with nothing learnt from anybody else's reading.
:mod:`.similar` finds what is like one paper.

All of it is plain Python. numpy would bring 30 MB (an install of its wheel was measured) and save a fraction of a
second a day; scikit-learn 270 MB for the same ranks, see benchmarks/recommend.py.
"""

from __future__ import annotations

from paperpath.recommend.ranking import Ranked, Reason, rank
from paperpath.recommend.similar import Like, recoupled, similar
from paperpath.recommend.vectors import Text

__all__ = ["Like", "Ranked", "Reason", "Text", "rank", "recoupled", "similar"]
