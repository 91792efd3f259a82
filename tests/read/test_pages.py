"""Pages recorded from the test portals, and pages as old programs wrote them: text, title, date, attachments."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from thuchi.collect import dating
from thuchi.collect.archive import RawRecord
from thuchi.collect.decoding import decode
from thuchi.collect.schema import Selectors
from thuchi.model import LOCAL_ZONE
from thuchi.read import article_of

PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*.html"))
MOMENT = datetime(2022, 10, 1, tzinfo=LOCAL_ZONE)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    selectors = Selectors(**expected["selectors"]) if "selectors" in expected else None
    content = path.read_bytes()
    raw = RawRecord("mau", path.name, "text/html", MOMENT, None, content, url=expected["url"])
    article, _ = article_of(raw, selectors=selectors)
    assert article.title == expected["title"]
    lines = [line for line in article.text.splitlines() if line.strip() and dating.date_line(line) is None]
    assert [line for line in lines if "Biểu 01" not in line] == expected["text"]
    assert list(article.attachments) == expected["attachments"]
    assert article.url == expected["url"]
    page, _ = decode(content)
    published = (
        dating.published_by(page, selectors.date) if selectors and selectors.date else dating.published_in_html(page)
    )
    assert published == datetime.fromisoformat(expected["published"])


def test_there_are_pages() -> None:
    assert len(PAGES) >= 13
