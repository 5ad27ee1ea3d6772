"""``python -m paperpath`` and the ``paperpath`` command.

The version is answered before anything else is imported: shells, editors and package managers ask for it often, and
click alone costs more than starting Python. Importing the rest happens under the same roof as running it, so that
Ctrl-C in the first tenth of a second ends as quietly as later.
"""

from __future__ import annotations

import sys

from paperpath import __version__


def main() -> int:
    """Run the command line; the result is the exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        return _tell_version()
    try:
        from paperpath.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before `run` could stand ready for it
        code = 130
    if code == 130:
        import signal

        # Who presses Ctrl-C again while Python takes itself down would be told of it by a signal, or a traceback.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return code


def _tell_version() -> int:
    try:
        sys.stdout.write(f"paperpath {__version__}\n")
        sys.stdout.flush()
    except OSError:  # a full disk, or nobody reads
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
