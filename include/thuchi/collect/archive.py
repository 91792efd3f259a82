"""The raw archive: WARC (ISO 28500), one record a document, each its own gzip member so that an offset finds it.

The same documents give the same bytes: record ids are derived from name and content, WARC-Date is the moment when the
content came to be (a file's time of modification), never the moment of the run.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from urllib.parse import quote, unquote

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from thuchi.storage import Place, write_bytes

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


def write_archive(path: Place, records: Iterable[RawRecord]) -> None:
    """Write an archive of `resource` records in the order given; without records, an empty file."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")
    for record in records:
        writer.write_record(_warc_record(writer, record))
    write_bytes(path, buffer.getvalue())


def _warc_record(writer: WARCWriter, record: RawRecord) -> object:
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
    return writer.create_warc_record(
        uri,
        "resource",
        payload=BytesIO(record.content),
        length=len(record.content),
        warc_headers=StatusAndHeaders("", headers, protocol="WARC/1.1"),
    )


def read_archive(path: Place) -> Iterator[RawRecord]:
    """The records of an archive, in its order.

    Raises:
        FileNotFoundError: where nothing was collected.
    """
    with path.open("rb") as file:
        archive = ArchiveIterator(file)
        for record in archive:
            if record.rec_type != "resource":
                continue
            headers = record.rec_headers
            _, _, source, name = headers.get_header("WARC-Target-URI").split(":", 3)
            published = headers.get_header(PUBLISHED)
            content = record.content_stream().read()
            yield RawRecord(
                source=source,
                name=unquote(name),
                media_type=headers.get_header("Content-Type"),
                collected_at=datetime.fromisoformat(headers.get_header("WARC-Date")),
                published=datetime.fromisoformat(published) if published else None,
                content=content,
                offset=archive.get_record_offset(),
            )
