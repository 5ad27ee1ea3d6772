"""paperpath: reading lists, arXiv, PDFs, notes and a .bib, in one library.

This module holds the version and imports nothing, so that ``paperpath --version`` costs what starting Python costs.
"""

__version__ = "0.1.0"
