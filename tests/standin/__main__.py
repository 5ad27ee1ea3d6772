"""``python -m tests.standin``: the stand-in by hand. The first line on standard output is JSON with its URL."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import threading
from pathlib import Path

from tests.standin.faults import FAULTS, Plan
from tests.standin.papers import Papers, read_jsonl
from tests.standin.server import Handler
from tests.standin.wire import Server, Settings


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    width = max(map(len, FAULTS))
    parser = argparse.ArgumentParser(
        prog="python -m tests.standin",
        description="A stand-in for arXiv on the loopback: /api/query, /abs, /pdf, /rss, /atom, /oai,\n"
        "with faults on demand. GET /_log shows what arrived; GET /_reset forgets it.",
        epilog="faults:\n"
        + "\n".join(f"  {name:<{width}}  {fault.about} ({', '.join(fault.kinds)})" for name, fault in FAULTS.items())
        + "\n\nexample:\n  python -m tests.standin --metadata papers.jsonl --pdf pdfs --port 8000 --fault 503:2\n"
        "  PAPERPATH_ARXIV_URL=http://127.0.0.1:8000 PAPERPATH_ARXIV_INTERVAL=0.1 paperpath fetch 1706.03762",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--metadata", type=Path, help="JSON lines: id, version, title, authors, abstract, categories …")
    parser.add_argument("--pdf", type=Path, help="folder of 1706.03762v7.pdf, math_0405482v2.pdf …")
    parser.add_argument("--port", type=int, default=0, help="0 (default) takes a free one")
    parser.add_argument("--interval", type=float, default=0.0, help="mark arrivals closer together than this as early")
    parser.add_argument("--fault", action="append", default=[], help="NAME[:COUNT], per path; may be repeated")
    parser.add_argument("--mix", type=float, default=0.0, help="share of requests with a fault drawn at random")
    parser.add_argument("--most", type=int, default=6, help="faults of the mix per path at most (default 6)")
    parser.add_argument("--seed", type=int, default=0, help="of the mix")
    parser.add_argument("--shape", choices=("2019", "2026"), default="2026", help="of the Atom feed")
    parser.add_argument("--rate", type=float, default=0.0, help="bytes of a PDF per second")
    parser.add_argument("--retry-after", default="1", help="what 429-retry-after asks for (default 1)")
    parser.add_argument("--late", type=float, default=0.3, help="seconds before 429-late (default 0.3)")
    parser.add_argument("--log", type=Path, help="append a JSON line per answered request to this file")
    parser.add_argument("--until-eof", action="store_true", help="end when standard input does")
    options = parser.parse_args(words)
    if options.pdf is not None and not options.pdf.is_dir():
        parser.error(f"{options.pdf} is not a folder")
    return options


def main() -> int:
    options = arguments()
    try:
        papers = Papers(read_jsonl(options.metadata) if options.metadata else (), options.pdf)
        plan = Plan(options.fault, options.mix, options.most, options.seed)
    except (OSError, ValueError, KeyError) as error:
        print(f"standin: {error}", file=sys.stderr)
        return 2
    settings = Settings(
        interval=options.interval,
        shape=options.shape,
        rate=options.rate,
        retry_after=options.retry_after,
        late=options.late,
        log=options.log,
    )
    with Server(Handler, papers, plan, settings, options.port) as server:
        print(json.dumps({"url": server.url}), flush=True)
        if options.until_eof:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
            sys.stdin.read()
            server.shutdown()
        else:
            with contextlib.suppress(KeyboardInterrupt):
                server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
