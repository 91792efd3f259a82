"""How fast extraction is, beside word segmentation, entity recognition and reading a page, in one run: `make bench`.

    .venv/bin/python benchmarks/bench_extract.py [--articles reports.jsonl] [--corpus news.jsonl[.gz]]

Without paths it reads articles of its own making (news.py). With them, `articles` are texts full of figures and
`corpus` is ordinary news, JSON lines with a "text". Speeds are medians of rounds, in seconds of one core's time
(`time.process_time`) after a first article that does not count, in which everything compared takes its turn: what else
the machine does touches all alike.
Nothing is asserted: a target that is missed is printed as missed.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from datetime import time as clock
from pathlib import Path
from statistics import median

import news
from rich.console import Console
from rich.table import Table

from thuchi.extract import Extractor
from thuchi.extract.normalise import normalise
from thuchi.model import LOCAL_ZONE, Article
from thuchi.vocabulary import vocabulary

ROUNDS = 3
WORDS_SAMPLE, ENTITIES_SAMPLE, PAGES_SAMPLE = 40, 2, 150
"""Articles that the slow ones read: underthesea takes some 30 ms for an article's words, seconds for its entities."""
MEMORY_AT = (1_000, 20_000)
FLAT = 1.05
"""Peak memory at the second mark over that at the first, within which it counts as flat."""
FIRST = """
import time
begun = time.perf_counter()
from thuchi.extract import Extractor
from thuchi.model import Article
from thuchi.vocabulary import vocabulary
Extractor(vocabulary()).figures_of(Article("1", "bench", None, None, None, {text!r}))
print(time.perf_counter() - begun, time.process_time())
"""

Row = tuple[str, str, str, bool | None]
"""What was measured, the measurement, the target, and whether it is reached (null: could not be measured)."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, help="texts full of figures, JSON lines (.jsonl or .jsonl.gz)")
    parser.add_argument("--corpus", type=Path, help="ordinary news, JSON lines (.jsonl or .jsonl.gz)")
    parser.add_argument("--memory", action="store_true", help=argparse.SUPPRESS)  # how it calls itself
    asked = parser.parse_args()
    if asked.memory:
        print(*peaks())
        return
    try:
        reports = from_file(asked.articles) if asked.articles else generated(news.reports(150))
        ordinary = from_file(asked.corpus) if asked.corpus else generated(news.ordinary(2_000))
    except (OSError, ValueError) as error:
        parser.error(str(error))
    begun = time.perf_counter()
    table = Table(title=f"{len(reports)} reports, {len(ordinary)} ordinary articles; CPU time of one core, medians")
    for heading in ("", "measured", "target", "reached"):
        table.add_column(heading, overflow="fold")
    extractor = Extractor(vocabulary())
    for what, measured, target, reached in (
        *of_start(reports),
        *of_speed(extractor, reports, ordinary),
        *of_memory(),
        *of_others(extractor, reports, ordinary),
    ):
        table.add_row(what, measured, target, {True: "yes", False: "NO", None: "not measured"}[reached])
    Console().print(table)
    told(f"{time.perf_counter() - begun:.0f} s in all")


def told(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def generated(made: Iterator[news.News]) -> list[Article]:
    return [
        Article(
            str(number), "bench", None, each.title, datetime.combine(each.published, clock(), LOCAL_ZONE), each.text
        )
        for number, each in enumerate(made)
    ]


def from_file(path: Path) -> list[Article]:
    """The articles of a JSON-lines file.

    Raises:
        ValueError: naming the file and the line that is no article.
    """
    articles = []
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for row, line in enumerate(lines, start=1):
            try:
                record = json.loads(line)
                day = record.get("published")
                published = datetime.fromisoformat(day) if day else None
                if published is not None and published.tzinfo is None:
                    published = published.replace(tzinfo=LOCAL_ZONE)
                title = normalise(record["title"]).text if record.get("title") else None
                text = normalise(record["text"]).text
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ValueError(f"{path}:{row}: is no article ({error}); write an object a line with text") from error
            articles.append(Article(str(row), "bench", None, title, published, text))
    if not articles:
        raise ValueError(f"{path}: holds no article")
    return articles


def of_start(reports: Sequence[Article]) -> Iterator[Row]:
    """A process of its own, from the first import to the first article's figures."""
    told("import and first article …")
    extractor = Extractor(vocabulary())
    text = next(article.text for article in reports if extractor.figures_of(article))
    runs = []
    for _ in range(5):
        out = subprocess.run(
            [sys.executable, "-c", FIRST.format(text=text)], check=True, capture_output=True, text=True
        ).stdout
        runs.append([float(each) for each in out.split()])
    wall, cpu = (median(each) for each in zip(*runs, strict=True))
    yield "import and first article", f"{wall:.2f} s (CPU {cpu:.2f} s)", "< 1.0 s", wall < 1.0


def of_speed(extractor: Extractor, reports: Sequence[Article], ordinary: Sequence[Article]) -> Iterator[Row]:
    told("speed …")
    rates: dict[str, list[float]] = {"reports": [], "ordinary": []}
    # Each article is read once: words that are kept from one article help with others, not with itself.
    for part in range(ROUNDS):
        for kind, articles in (("reports", reports[part::ROUNDS]), ("ordinary", ordinary[part::ROUNDS])):
            if articles:
                taken = seconds(lambda read=articles: all_figures(extractor, read))  # type: ignore[misc]
                rates[kind].append(len(articles) / taken)
    found = all_figures(extractor, reports)
    speed = median(rates["reports"])
    size = sum(len(article.text) for article in reports) / len(reports)
    yield (
        f"texts full of figures ({found} figures, {size:,.0f} characters each)",
        f"{speed:,.0f} articles/s",
        "≥ 300",
        speed >= 300,
    )
    speed = median(rates["ordinary"])
    size = sum(len(article.text) for article in ordinary) / len(ordinary)
    found = all_figures(extractor, ordinary)
    yield (
        f"ordinary news ({found} figures, {size:,.0f} characters each)",
        f"{speed:,.0f} articles/s",
        "≥ 5,000",
        speed >= 5_000,
    )


def of_memory() -> Iterator[Row]:
    told("memory …")
    out = subprocess.run([sys.executable, __file__, "--memory"], check=True, capture_output=True, text=True).stdout
    first, last = (int(each) / 1024 for each in out.split())
    yield (
        f"peak memory at {MEMORY_AT[0]:,} and {MEMORY_AT[1]:,} articles",
        f"{first:.0f} and {last:.0f} MB",
        f"flat (≤ × {FLAT})",
        last <= first * FLAT,
    )


def peaks() -> Iterator[int]:
    """Peak resident memory in KB at each mark: one article in twenty is a report, none is kept or seen twice."""
    extractor = Extractor(vocabulary())
    reports, ordinary = news.reports(MEMORY_AT[-1], seed=2), news.ordinary(MEMORY_AT[-1], seed=3)
    for number in range(1, MEMORY_AT[-1] + 1):
        all_figures(extractor, generated(iter([next(reports if number % 20 == 0 else ordinary)])))
        if number in MEMORY_AT:
            # Not getrusage: its peak is inherited from the process that started this one.
            status = Path("/proc/self/status").read_text()
            yield int(status.partition("VmHWM:")[2].split()[0])


def of_others(extractor: Extractor, reports: Sequence[Article], ordinary: Sequence[Article]) -> Iterator[Row]:
    """Others over the same texts, in turns with us: how many times their time is ours."""
    told("underthesea.word_tokenize …")
    from underthesea import word_tokenize

    for kind, articles in (("reports", reports), ("ordinary news", ordinary)):
        sample = spread(articles, WORDS_SAMPLE)
        texts = [each.text for each in sample]
        yield ratio(f"underthesea.word_tokenize, {kind}", extractor, sample, texts, word_tokenize, 10)
    told("trafilatura …")
    import trafilatura

    for kind, articles in (("reports", reports), ("ordinary news", ordinary)):
        sample = spread(articles, PAGES_SAMPLE)
        pages = [page_of(each) for each in sample]
        yield ratio(f"trafilatura from HTML, {kind}", extractor, sample, pages, trafilatura.extract, 1)
    told("underthesea.ner …")
    from underthesea import ner

    if not list((Path(sys.modules["underthesea"].__file__ or "").parent / "pipeline" / "ner").glob("*.bin")):
        yield "underthesea.ner", "its model is not in the package", "≥ 500 ×", None
        return
    for kind, articles in (("reports", reports), ("ordinary news", ordinary)):
        sample = spread(articles, ENTITIES_SAMPLE)
        texts = [each.text for each in sample]
        yield ratio(f"underthesea.ner, {kind}", extractor, sample, texts, ner, 500, rounds=1)


def spread(articles: Sequence[Article], count: int) -> Sequence[Article]:
    """At most `count` articles, taken at even distances."""
    return articles[:: max(len(articles) // count, 1)][:count]


def ratio(
    name: str,
    extractor: Extractor,
    articles: Sequence[Article],
    given: Sequence[str],
    other: Callable[[str], object],
    target: int,
    rounds: int = ROUNDS,
) -> Row:
    """How many times as long `other` takes for what it is given as we do for the same articles."""
    all_figures(extractor, articles[:1])  # whoever loads a model or compiles a pattern at first has done so now
    other(given[0])
    ratios, rates = [], []
    for _ in range(rounds):
        ours = median(seconds(lambda: all_figures(extractor, articles)) for _ in range(3))
        theirs = seconds(lambda: [other(each) for each in given])
        ratios.append(theirs / ours)
        rates.append(len(given) / theirs)
    times = median(ratios)
    what = f"{name} ({len(given)} articles, {median(rates):,.2f}/s)"
    return what, f"{times:,.1f} × our time", f"≥ {target} ×" if target > 1 else "> 1 ×", times >= target


def all_figures(extractor: Extractor, articles: Sequence[Article]) -> int:
    return sum(len(extractor.figures_of(article)) for article in articles)


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def page_of(article: Article) -> str:
    """The article as a portal's page: headline and paragraphs between a menu, other news and a footer."""
    menu = "".join(f'<li><a href="/muc-{n}.html">Chuyên mục {n}</a></li>' for n in range(25))
    others = "".join(f'<li><a href="/tin-{n}.html">Tin đã đưa, bài số {n} trong tuần</a></li>' for n in range(15))
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in article.text.splitlines() if line.strip())
    title = html.escape(article.title or "Tin trong ngày")
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f'<header><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1><div class="content">{paragraphs}'
        f"</div></article><aside><ul>{others}</ul></aside></main><footer><p>Bản quyền thuộc về tòa soạn</p></footer>"
        "</body></html>"
    )


if __name__ == "__main__":
    main()
