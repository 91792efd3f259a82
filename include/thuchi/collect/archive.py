"""The raw archive: WARC (ISO 28500), one record a document, each its own gzip member so that an offset finds it.

A file's content is a `resource` record, a page that was fetched a `response` record with its HTTP headers.

The same documents give the same bytes: record ids are derived from name and content, WARC-Date is the moment when the
content came to be (a file's time of modification), never the moment of the run.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Any
from urllib.parse import quote, unquote

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from thuchi.storage import Place, write_chunks

PUBLISHED = "Thuchi-Published"
"""A field of ours on each record that is dated (the standard lets others pass it over): ISO 8601."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A document as it was collected."""

    source: str
    name: str
    media_type: str
    collected_at: datetime
    published: datetime | None
    content: bytes
    offset: int = 0
    """Where the record begins in its archive; set by `read_archive`."""
    url: str | None = None
    """The address from which it was fetched; null for a file."""
    charset: str | None = None
    """What the server said of its encoding, which is often wrong."""


def write_archive(path: Place, records: Iterable[RawRecord]) -> None:
    """Write an archive of `resource` records in the order given; without records, an empty file."""
    write_chunks(path, map(resource_record, records))


def resource_record(record: RawRecord) -> bytes:
    """One gzip member that holds a file's content."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")
    uri = f"urn:thuchi:{record.source}:{quote(record.name, safe='/#')}"
    identity = uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, uri), hashlib.sha256(record.content).hexdigest())
    headers = [
        ("WARC-Type", "resource"),
        ("WARC-Record-ID", f"<urn:uuid:{identity}>"),
        ("WARC-Target-URI", uri),
        ("WARC-Date", record.collected_at.strftime("%Y-%m-%dT%H:%M:%SZ")),
        ("Content-Type", record.media_type),
    ]
    if record.published is not None:
        headers.append((PUBLISHED, record.published.isoformat()))
    warc_headers = StatusAndHeaders("", headers, protocol="WARC/1.1")
    payload, length = BytesIO(record.content), len(record.content)
    writer.write_record(writer.create_warc_record(uri, "resource", payload, length, warc_headers=warc_headers))
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Response:
    """A page as a server gave it, its body already decompressed."""

    url: str
    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes
    fetched_at: datetime
    published: datetime | None = None


_OF_THE_TRANSFER = ("content-encoding", "transfer-encoding", "content-length")


def response_record(response: Response) -> bytes:
    """One gzip member that holds the response."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")
    identity = uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, response.url), hashlib.sha256(response.body).hexdigest())
    headers = [
        ("WARC-Type", "response"),
        ("WARC-Record-ID", f"<urn:uuid:{identity}>"),
        ("WARC-Target-URI", response.url),
        ("WARC-Date", response.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")),
        ("Content-Type", "application/http; msgtype=response"),
    ]
    if response.published is not None:
        headers.append((PUBLISHED, response.published.isoformat()))
    # The body is stored as it reads, so the headers of its transfer would be untrue.
    kept = [(name, value) for name, value in response.headers if name.lower() not in _OF_THE_TRANSFER]
    record = writer.create_warc_record(
        response.url,
        "response",
        payload=BytesIO(response.body),
        length=len(response.body),
        warc_headers=StatusAndHeaders("", headers, protocol="WARC/1.1"),
        http_headers=StatusAndHeaders(
            str(response.status), [*kept, ("Content-Length", str(len(response.body)))], protocol="HTTP/1.1"
        ),
    )
    writer.write_record(record)
    return buffer.getvalue()


def responses(file: IO[bytes]) -> Iterator[tuple[int, int, Response]]:
    """The `response` records of an open archive from where it stands: where each begins, its length, and itself.

    Raises:
        warcio.exceptions.ArchiveLoadFailed, EOFError, OSError, zlib.error: where the archive ends within a record.
    """
    archive = ArchiveIterator(file)
    for record in archive:
        if record.rec_type != "response":
            continue
        headers = record.rec_headers
        published = headers.get_header(PUBLISHED)
        body = record.content_stream().read()
        offset = archive.get_record_offset()  # only now: asking for it passes over what is not read yet
        response = Response(
            headers.get_header("WARC-Target-URI"),
            int(record.http_headers.get_statuscode()),
            [(name, value) for name, value in record.http_headers.headers if name.lower() != "content-length"],
            body,
            datetime.fromisoformat(headers.get_header("WARC-Date")),
            datetime.fromisoformat(published) if published else None,
        )
        archive.read_to_end(record)
        yield offset, archive.get_record_length(), response


def read_archive(path: Place) -> Iterator[RawRecord]:
    """The documents of an archive, in its order.

    Raises:
        FileNotFoundError: where nothing was collected.
    """
    with path.open("rb") as file:
        archive = ArchiveIterator(file)
        for record in archive:
            if record.rec_type in ("resource", "response"):
                raw = _raw(record, path.parent.name.partition("@")[0])
                # Only now: asking for the offset passes over what is not read yet.
                yield replace(raw, offset=archive.get_record_offset())


def _raw(record: Any, source: str) -> RawRecord:
    headers = record.rec_headers
    published, uri = headers.get_header(PUBLISHED), headers.get_header("WARC-Target-URI")
    url = charset = None
    if record.rec_type == "response":
        url = name = uri
        media_type = record.http_headers.get_header("Content-Type") or "text/html"
        said = re.search(r"charset\s*=\s*[\"']?([\w-]+)", media_type, re.IGNORECASE)
        media_type, charset = "text/html", said[1] if said else None
    else:
        media_type = headers.get_header("Content-Type")
        _, _, source, name = uri.split(":", 3)
        name = unquote(name)
    return RawRecord(
        source=source,
        name=name,
        media_type=media_type,
        collected_at=datetime.fromisoformat(headers.get_header("WARC-Date")),
        published=datetime.fromisoformat(published) if published else None,
        content=record.content_stream().read(),
        url=url,
        charset=charset,
    )
