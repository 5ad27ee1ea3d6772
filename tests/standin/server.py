"""What the stand-in answers to which path.

Paths that begin with ``/_`` are for the tests and are neither logged nor counted.
"""

from __future__ import annotations

import json
import time
from email.utils import formatdate
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.standin import citations, feeds
from tests.standin.faults import Kind, Plan
from tests.standin.papers import ID, Pdf
from tests.standin.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Mapping


_SERVICES = ("/crossref/", "/datacite/", "/dblp/", "/semantic-scholar/")


class Handler(Wire):
    """The routes."""

    # -------------------------------------------------------------------------- routes

    def do_GET(self) -> None:  # noqa: N802
        self._route({})

    def do_HEAD(self) -> None:  # noqa: N802
        self._route({})

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._route({name: values[-1] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()})

    def _route(self, form: dict[str, str]) -> None:
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()} | form
        try:
            if path.startswith("/_"):
                self._control(path, query)
                return
            self._answer(path, query)
        except (ConnectionError, TimeoutError):
            self.close_connection = True
        finally:
            if self.number:
                self.write_log()

    def _answer(self, path: str, query: Mapping[str, str]) -> None:
        if path == "/api/query":
            self._query(query)
        elif path.startswith("/pdf/"):
            self._pdf(path.removeprefix("/pdf/"))
        elif path.startswith("/abs/"):
            match = ID.fullmatch(path.removeprefix("/abs/"))
            record = match and self.server.papers.get(match["id"], int(match["version"] or 0) or None)
            if record:
                self.send(200, feeds.abstract_page(record), "text/html; charset=utf-8")
            else:
                self.send(404, feeds.not_found_page(path), "text/html; charset=utf-8")
        elif path.startswith(("/rss/", "/atom/")):
            self._announcements(path)
        elif path == "/oai":
            self._oai(query)
        elif path.startswith(_SERVICES):
            self._service(path, query)
        else:
            self.send(404, "<!DOCTYPE html>\n<html><body>404</body></html>", "text/html; charset=utf-8")

    def _control(self, path: str, query: Mapping[str, str]) -> None:
        server = self.server
        if path == "/_log":
            self.send(200, json.dumps(server.log.summary()), "application/json")
        elif path == "/_reset":
            settings = json.loads(query.get("settings", "{}"))
            plan = Plan(**json.loads(query.get("plan", "{}")))
            with server.log.lock:
                server.log.arrivals = []
                server.plan = plan
                for name, value in settings.items():
                    setattr(server.settings, name, value)
            self.send(200, "{}", "application/json")
        else:
            self.send(404, "{}", "application/json")

    # -------------------------------------------------------------------------- the query API

    def _query(self, query: Mapping[str, str]) -> None:
        names = [name.strip() for name in query.get("id_list", "").split(",") if name.strip()]
        wanted = query.get("search_query", "").strip()
        fault = self._fault("api", "/api/query", resumes=False)
        if fault is not None and self._status_fault(fault):
            return
        try:
            start, size = _page(query, names)
        except ValueError as error:
            self.send(400, feeds.atom_error(str(error)), "application/atom+xml; charset=utf-8")
            return
        found = self.server.papers.by_ids(names) if names else self.server.papers.search(wanted)
        if names and wanted:
            matching = {record.id for record in self.server.papers.search(wanted)}
            found = [record for record in found if record.id in matching]
        if key := {"submittedDate": "published", "lastUpdatedDate": "updated"}.get(query.get("sortBy", "")):
            found.sort(key=lambda r: str(getattr(r, key)), reverse=query.get("sortOrder") != "ascending")
        title = f"search_query={wanted}&id_list={','.join(names)}&start={start}&max_results={size}"
        total, page = len(found), found[start : start + min(size, 2000)]
        if fault == "empty":
            total, page = 0, []
        elif fault == "total":
            total += 7
        elif fault == "missing" and page:
            total, page = total - 1, page[:-1]
        elif fault == "duplicate" and page:
            total, page = total + 1, [*page, page[0]]
        elif fault == "foreign":
            known = {record.id for record in page}
            page = [*page, *[r for r in self.server.papers.all() if r.id not in known][:1]]
            total = len(page)
        text = feeds.atom(page, total=total, start=start, size=size, title=title, shape=self.server.settings.shape)
        if fault == "truncated-xml":
            text = text[: len(text) // 2]
        self.send(200, text, "application/atom+xml; charset=utf-8", fault=fault)

    def _announcements(self, path: str) -> None:
        fault = self._fault("feed", path, resumes=False)
        if fault is not None and self._status_fault(fault):
            return
        settings = self.server.settings
        kind, _, categories = path[1:].partition("/")
        records = self.server.papers.in_categories(categories.split("+"))[:2000]
        if fault == "empty":
            records = []
        elif settings.announced:
            records = [record for record in records if record.id in settings.announced]
        text = feeds.announcements(records, categories=categories, kind=kind, day=settings.day)
        if fault == "truncated-xml":
            text = text[: len(text) // 2]
        self.send(200, text, f"application/{kind}+xml; charset=utf-8", fault=fault)

    def _oai(self, query: Mapping[str, str]) -> None:
        fault = self._fault("feed", "/oai", resumes=False)
        if fault is not None and self._status_fault(fault):
            return
        verb, prefix = query.get("verb", ""), query.get("metadataPrefix", "arXiv")
        request = " ".join(f'{name}="{value}"' for name, value in query.items() if '"' not in value)
        papers = self.server.papers
        if prefix not in ("arXiv", "arXivRaw"):
            body = feeds.oai_error("cannotDisseminateFormat", f"{prefix} is not supported")
        elif verb == "GetRecord":
            record = papers.get(query.get("identifier", "").removeprefix("oai:arXiv.org:"), None)
            body = (
                f"<GetRecord>\n{feeds.oai_record(record, prefix)}</GetRecord>\n"
                if record
                else feeds.oai_error("idDoesNotExist", "unknown identifier")
            )
        elif verb == "ListRecords":
            # The token says all of the request, as tokens do: place, form, set, from.
            place, prefix, wanted, since = (
                token.split("|")
                if (token := query.get("resumptionToken", ""))
                else ("0", prefix, query.get("set", ""), query.get("from", ""))
            )
            begin, size = int(place), self.server.settings.page
            found = [r for r in papers.all() if not wanted or feeds.in_set(r, wanted)]
            found = [r for r in found if r.updated[:10] >= since] if fault != "empty" else []
            page = found[begin : begin + size]
            more = "|".join((str(begin + size), prefix, wanted, since)) if begin + size < len(found) else ""
            token = f"  <resumptionToken>{more}</resumptionToken>\n" if more else ""
            body = (
                f"<ListRecords>\n{''.join(feeds.oai_record(r, prefix) for r in page)}{token}</ListRecords>\n"
                if page
                else feeds.oai_error("noRecordsMatch", "no records")
            )
        else:
            body = feeds.oai_error("badVerb", f"{verb!r} is not a verb here")
        text = feeds.oai(request, body)
        if fault == "truncated-xml":
            text = text[: len(text) // 2]
        self.send(200, text, "text/xml; charset=utf-8", fault=fault)

    # -------------------------------------------------------------------------- other services

    def _service(self, path: str, query: Mapping[str, str]) -> None:
        """What a test said that a service answers."""
        fault = self._fault("api", path, resumes=False)
        if fault is not None and self._status_fault(fault):
            return
        settings = self.server.settings
        known: Any = settings.answers.get(unquote(self.path), settings.answers.get(path))
        cited = citations.PATH.fullmatch(path)
        if known is None and cited and cited["id"] in settings.citations:
            known = citations.page(settings.citations[cited["id"]], query, settings.citations_page)
            if fault in ("truncated-xml", "empty"):
                known = json.dumps(known)[:-2] if fault == "truncated-xml" else {}
        if known is None:
            self.send(404, '{"error": "not found"}', "application/json")
        else:
            self.send(200, known if isinstance(known, str) else json.dumps(known), "application/json")

    # -------------------------------------------------------------------------- PDFs

    def _pdf(self, name: str) -> None:
        if name.endswith(".pdf"):
            self.send(301, "", "text/html; charset=utf-8", {"Location": f"/pdf/{name[:-4]}"})
            return
        resumes = "Range" in self.headers
        fault = self._fault("pdf", f"/pdf/{name}", resumes=resumes)
        if fault is not None and self._status_fault(fault):
            return
        match = ID.fullmatch(name)
        pdf = self.server.papers.pdf(match["id"], int(match["version"] or 0) or None) if match else None
        if match is None or pdf is None:
            self.send(404, feeds.not_found_page(name), "text/html; charset=utf-8")
            return
        headers = {
            "ETag": pdf.etag,
            "Last-Modified": formatdate(pdf.modified, usegmt=True),
            "Accept-Ranges": "bytes",
            "Content-Disposition": f'inline; filename="{match["id"].replace("/", "")}v{pdf.version}.pdf"',
        }
        begin = self._range(pdf) if fault not in ("range-ignored", "etag-new") else None
        if fault in ("etag-new", "etag-change"):
            headers["ETag"] = f'"changed-{time.monotonic_ns()}"'
        if fault == "416" or (begin is not None and begin >= len(pdf.body)):
            self.send(416, "", "application/pdf", {"Content-Range": f"bytes */{len(pdf.body)}"})
        elif begin is None:
            self._whole_pdf(pdf.body, headers, fault)
        else:
            total = len(pdf.body)
            shown = max(0, begin - 1000) if fault == "wrong-range" else begin
            headers["Content-Range"] = f"bytes {shown}-{total - 1}/{total}"
            self.sized(206, pdf.body[shown:], headers, fault)

    def _range(self, pdf: Pdf) -> int | None:
        """The first byte that is wanted, if a part is wanted and still of this file."""
        value = self.headers.get("Range", "")
        if not value.startswith("bytes=") or not value.endswith("-") or not value[6:-1].isdecimal():
            return None
        fitting = self.headers.get("If-Range", pdf.etag) in (pdf.etag, formatdate(pdf.modified, usegmt=True))
        return int(value[6:-1]) if fitting else None

    def _whole_pdf(self, body: bytes, headers: dict[str, str], fault: str | None) -> None:
        half = body[: max(1, len(body) // 2)]
        if fault == "short-length":
            self.sized(200, half, headers, None)
        elif fault == "short-body":
            self.sized(200, body, headers, fault)
        else:
            self.chunked(half if fault == "clean-end" else body, headers, fault)

    # -------------------------------------------------------------------------- faults and bytes

    def _fault(self, kind: Kind, path: str, *, resumes: bool) -> str | None:
        fault = self.server.plan.choose(kind, path, resumes=resumes)
        self.arrival["fault"] = fault
        return fault

    def _status_fault(self, fault: str) -> bool:
        """Answer with one of the faults that need nothing but a status; False if it is another."""
        settings, page = self.server.settings, "text/html; charset=utf-8"
        if fault == "429-late":
            self.wait(settings.late)
        if fault.startswith("429"):
            extra = {"Retry-After": settings.retry_after} if fault == "429-retry-after" else {}
            self.send(429, "Rate exceeded.", "text/plain; charset=utf-8", extra)
        elif fault.startswith("503"):
            self.send(503, "<html><body>503</body></html>", page, {"Retry-After": "0"} if fault == "503-zero" else {})
        elif fault in ("400", "404", "500"):
            self.send(int(fault), f"<!DOCTYPE html>\n<html><body>{fault}</body></html>", page)
        elif fault == "403":
            self.send(403, "<!DOCTYPE html>\n<html><body>Access Denied</body></html>", page)
        elif fault == "captcha":
            self.send(200, feeds.CAPTCHA, page)
        elif fault == "captcha-as-pdf":
            self.send(200, feeds.CAPTCHA, "application/pdf")
        elif fault == "redirect-loop":
            self.send(302, "", page, {"Location": self.path})
        elif fault == "redirect-away":
            self.send(302, "", page, {"Location": "http://127.0.0.2:9/elsewhere"})
        elif fault == "reset":
            self.reset()
        else:
            return False
        return True


def _page(query: Mapping[str, str], names: list[str]) -> tuple[int, int]:
    """Start and size of the page that is wanted; what is wrong with the request otherwise."""
    start, size = _whole(query, "start", 0), _whole(query, "max_results", 10)
    for name in names:
        if not ID.fullmatch(name):
            raise ValueError(f"incorrect id format for {name}")
    return start, size


def _whole(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, str(default))
    try:
        number = int(text)
    except ValueError:
        raise ValueError(f"{name} must be an integer") from None
    if number < 0:
        raise ValueError(f"{name} must be non-negative")
    return number
