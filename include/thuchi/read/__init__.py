"""Raw archive → Articles: clean NFC text, headline, date of publication, one id each."""

from __future__ import annotations

import re
import unicodedata

from thuchi import parquet, storage
from thuchi.collect import some, write_lists
from thuchi.collect.archive import RawRecord, read_archive
from thuchi.collect.dating import date_line
from thuchi.collect.decoding import decode
from thuchi.collect.documents import record_of
from thuchi.collect.schema import Selectors, Source
from thuchi.model import Article, Interval, StepReport, article_id_of
from thuchi.read.page import read_page

__all__ = ["article_of", "read"]

LONGEST_HEADLINE = 200
_NAVIGATION = re.compile(r"\s[/>»›]\s")


def read(source: Source, interval: Interval) -> StepReport:
    """Read raw/<source>/<interval>.warc.gz into articles/<interval>/<source>.parquet.

    Counts: `records` of the archive = `articles` + `duplicates` (the same article twice: the later one is kept) +
    `failed` (no text, or undecodable).

    Raises:
        FileNotFoundError: where the interval was not collected.
    """
    raw_key = storage.raw_key(source.unit, interval.key)
    articles: dict[str, Article] = {}
    notes = []
    records = failed = duplicates = 0
    for record in read_archive(storage.at(raw_key)):
        records += 1
        try:
            article, remark = article_of(
                record,
                raw=f"{raw_key}#{record.offset}",
                source_area=source.ref_area,
                selectors=getattr(source, "selectors", None),
            )
        except ValueError as error:
            failed += 1
            notes.append(f"{record.name} {error}")
            continue
        if remark:
            notes.append(f"{record.name} {remark}")
        earlier = articles.pop(article.article_id, None)
        if earlier is not None:
            duplicates += 1
            notes.append(f"{record.name} is the same article as {earlier.raw}, of which it takes the place")
        articles[article.article_id] = article
    key = storage.articles_key(source.unit, interval.key)
    parquet.write_articles(storage.at(key), articles.values())
    counts = {"records": records, "articles": len(articles), "duplicates": duplicates, "failed": failed}
    lists = {"read": [article.url or article.raw or "" for article in articles.values()], "notes": notes}
    return StepReport(source.unit, interval.key, key, counts, tuple(some(notes, write_lists(key, counts, lists))))


def article_of(
    record: RawRecord, *, raw: str | None = None, source_area: str | None = None, selectors: Selectors | None = None
) -> tuple[Article, str | None]:
    """One raw record as an Article, and a remark where its reading had to infer something.

    A JSON line's text is taken as given; a text file's line ends become "\\n"; a page is cleaned (`read_page`).
    Everything is brought to NFC, into which all offsets count.

    Raises:
        ValueError: the document holds no text or cannot be decoded; the message gives the remedy.
    """
    url, title, remark = record.url, None, None
    attachments: tuple[str, ...] = ()
    if record.media_type == "application/json":
        fields = record_of(record.content)
        url, title, text = fields["url"] or None, fields["title"] or None, fields["text"] or ""
    else:
        text, remark = decode(record.content, record.charset)
        if record.media_type == "text/html":
            page = read_page(text, record.url, selectors)
            url, title, text, attachments = page.url, page.title, page.text, page.attachments
        else:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            title = _headline(text)
    text = unicodedata.normalize("NFC", text)
    article = Article(
        article_id=article_id_of(url, text),
        source=record.source,
        url=url,
        title=unicodedata.normalize("NFC", title) if title else None,
        published=record.published,
        text=text,
        collected_at=record.collected_at,
        raw=raw,
        source_area=source_area,
        attachments=attachments,
    )
    return article, remark


def _headline(text: str) -> str | None:
    """The headline of a text file: its first line, behind navigation ("Trang chủ / Kinh tế") and date line.

    Null where that line is prose: longer than a headline, ended by a full stop, or all there is.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = next((line for line in lines[:3] if not (_NAVIGATION.search(line) or date_line(line))), None)
    if first is None or len(lines) == 1 or len(first) > LONGEST_HEADLINE or first.endswith((".", ";", ",")):
        return None
    return first
