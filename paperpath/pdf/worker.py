"""The other side of ``workers.py``: a process that reads PDFs, one at a time, and may die of one.

It takes one request a line on standard input and answers with one line of JSON on standard output; the end of its
input ends it. By hand: ``python -m paperpath.pdf.worker --one FILE`` prints what the file says.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import sys
import threading
from base64 import b64encode
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperpath import pdf
from paperpath.errors import ParseFailed
from paperpath.pdf import annotated, marking, views
from paperpath.pdf.text import shown

if TYPE_CHECKING:
    from typing import TextIO


def main(arguments: list[str]) -> int:
    """Serve requests until standard input ends, or answer for one file."""
    if arguments[:1] == ["--one"]:
        answer = _answer({"do": "parse", "path": arguments[1]})
        print(json.dumps(answer.get("paper", answer), ensure_ascii=False), flush=True)  # noqa: T201
        return 0 if "paper" in answer else 1
    memory, cpu = (int(a) for a in arguments)
    out = _own_channel()
    requests: queue.SimpleQueue[str] = queue.SimpleQueue()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what it means
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    while True:
        request = json.loads(requests.get())
        _limit(memory, cpu)
        print(json.dumps(_answer(request)), file=out, flush=True)


def _listen(requests: queue.SimpleQueue[str]) -> None:
    """Pass on requests, and end the process with its parent, even in the midst of a file."""
    for line in sys.stdin:
        requests.put(line)
    os._exit(0)


def _own_channel() -> TextIO:
    """Standard output for answers alone: whatever a library prints goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    os.dup2(2, 1)
    return out


def _limit(memory: int, cpu: int) -> None:
    """Bound memory for good, and processor time anew for each file; Windows has neither, there the clock must do."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    for kind, limits in (
        (resource.RLIMIT_CPU, (spent + cpu, hard)),
        (resource.RLIMIT_AS, (memory, memory)),
        (resource.RLIMIT_CORE, (0, 0)),
    ):
        with contextlib.suppress(ValueError, OSError):  # the user's own limit is lower, or the system knows none
            resource.setrlimit(kind, limits)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request; every way to fail that leaves this process alive is one too."""
    path = Path(request["path"])
    name = shown(path.name)
    try:
        match request["do"]:
            case "pages":
                return {"pages": pdf.page_count(path)}
            case "regions":
                return {"regions": [asdict(region) for region in pdf.regions(path)]}
            case "picture":
                png = pdf.picture(path, request["page"], tuple(request["box"]), request["dpi"])
                return {"picture": b64encode(png).decode("ascii")}
            case "view":
                box = request["box"]
                seen = pdf.view(path, request["page"], box and tuple(box), views.Frame(**request["frame"]))
                return {"view": asdict(seen) | {"packed": b64encode(seen.packed).decode("ascii")}}
            case "annotations":
                return {"annotations": annotated.read(path)}
            case "mark":
                marks = [marking.Mark.from_row(row) for row in request["marks"]]
                original = request["original"]
                written = marking.write(path, marks, original=Path(original) if original else None)
                data = written.data
                return {"data": None if data is None else b64encode(data).decode("ascii"), "missing": written.missing}
            case _:
                return {"paper": pdf.parse(path).to_dict()}
    except ParseFailed as error:
        return {"failed": str(error)}
    except MemoryError:
        return {"failed": f"{name} needs more memory than a paper may have."}
    except RecursionError:
        return {"failed": f"{name} is nested too deeply to be read."}
    except Exception as error:  # noqa: BLE001  a bug met by one paper must not end a run over a hundred
        return {"failed": f"{name} could not be read ({type(error).__name__}: {str(error)[:120]})."}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
