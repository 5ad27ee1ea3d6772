"""Every error that paperpath raises on purpose, drawn once::

    PaperpathError
    ├── BadInput                what was typed or handed in cannot be used; nothing was changed
    │   ├── NotAnId             text that names no arXiv paper, DOI or URL
    │   ├── UnknownPaper        no paper of the library has that key or id
    │   ├── UnknownList         no reading list has that name
    │   ├── BadQuery            a query that cannot be read
    │   ├── BadFile             a file that is not what it should be: .bib, list, backup, PDF path
    │   └── BadSetting          a setting with a value that cannot be honoured
    ├── SourceError             the outside world; nothing is lost, it can be run again
    │   ├── NotFound            the source says there is no such paper, or no PDF of it (withdrawn)
    │   ├── BadAnswer           an answer that is not what was asked for, after all retries
    │   ├── Unreachable         no connection, time-outs or server errors, after all retries
    │   └── Refused             403 or a captcha: every further request counts as an attack, so all stop
    ├── ParseFailed             one PDF could not be read: damaged, encrypted, too large, too slow
    ├── LibraryError            the library on disk
    │   ├── LibraryBusy         another program holds the write lock for too long
    │   ├── LibraryDamaged      the database fails its own check
    │   ├── LibraryTooNew       written by a later paperpath
    │   ├── DiskFull            no room; what was there before is whole
    │   └── NothingToUndo       no change to take back (or to make again), or it no longer applies
    └── Cancelled               the user stopped it; run again to go on

Errors of other packages are translated where they enter (``raise … from``). The message is a whole sentence for a
person: what is wrong and what to do next. Exit codes belong to the command line, not here.
"""

from __future__ import annotations


class PaperpathError(Exception):
    """Base of all errors that paperpath raises on purpose; ``str(error)`` is fit to be shown."""


class BadInput(PaperpathError):
    """What was typed or handed in cannot be used; nothing was changed."""


class NotAnId(BadInput):
    """Text that names no arXiv paper, DOI or URL."""


class UnknownPaper(BadInput):
    """No paper of the library has that key or id."""


class UnknownList(BadInput):
    """No reading list has that name."""


class BadQuery(BadInput):
    """A query that cannot be read."""


class BadFile(BadInput):
    """A file that is missing, unreadable or not of the kind it should be."""


class BadSetting(BadInput):
    """A setting with a value that cannot be honoured."""


class SourceError(PaperpathError):
    """The outside world failed or refused; nothing is lost and the same command can be run again."""


class NotFound(SourceError):
    """The source says that there is no such paper, or no PDF of it."""


class BadAnswer(SourceError):
    """An answer that is not what was asked for, still so after all retries."""


class Unreachable(SourceError):
    """No connection, a time-out or a server error, still so after all retries."""


class Refused(SourceError):
    """A 403 or a captcha: every further request would count as an attack, so all of them stop.

    ``until`` is the time, in seconds since the epoch, before which no request will be sent.
    """

    def __init__(self, message: str, until: float = 0.0) -> None:
        super().__init__(message)
        self.until = until


class ParseFailed(PaperpathError):
    """One PDF could not be read: damaged, encrypted, too large or too slow."""


class LibraryError(PaperpathError):
    """The library on disk could not be read or written."""


class LibraryBusy(LibraryError):
    """Another program holds the write lock for too long."""


class LibraryDamaged(LibraryError):
    """The database fails its own integrity check."""


class LibraryTooNew(LibraryError):
    """The database was written by a later version of paperpath."""


class DiskFull(LibraryError):
    """No room on the disk; what was there before is whole."""


class NothingToUndo(LibraryError):
    """There is no change to take back or to make again, or it no longer applies."""


class Cancelled(PaperpathError):
    """The user stopped the work; running the same command again goes on from here."""
