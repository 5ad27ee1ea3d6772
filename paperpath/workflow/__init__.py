"""The verbs: what a person can do, one verb a file, the same for the command line and the interface.

A verb takes the library first, yields or returns what happened, and never prints, prompts or reads a setting; what only
a person can decide comes in as a callable. It knows the parts (sources, pdf, notes, formats, library, study) and is the
only place where they meet. Importing a verb loads no HTTP client, PDF library, YAML or BibTeX reader: those are
imported when the first paper needs them.
"""
