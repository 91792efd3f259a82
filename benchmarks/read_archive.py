"""Reading a WARC of which one page in a hundred is relevant: how fast, and in how much memory.

    .venv/bin/python benchmarks/read_archive.py            10,000 and 100,000 pages; some minutes

Seconds are of the processor, which a busy machine does not stretch. Compared is the way of a run (gate on the raw
bytes, then trafilatura on what passes, then extraction) with trafilatura and extraction on every page. The slow way is
measured on a sample and stated for all by the rule of three; on the sample both ways must find the same figures. The
page is 40 kB, a usual size of a portal's: menus that name the budget, scripts, 240 links, and an article.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

PAGES = (10_000, 100_000)
SAMPLE = 600
_DAY = datetime.fromisoformat("2022-09-01T08:00:00+07:00")
_LINKS = "".join(
    f'<li class="menu-item"><a href="/chuyen-muc/{i}/trang.html" title="Chuyên mục số {i}">Mục {i}</a></li>'
    for i in range(120)
)
_MENU = f"<nav><ul><li><a href='/cong-khai'>Công khai ngân sách</a></li>{_LINKS}</ul></nav>"
_SCRIPT = "<script>" + "function f(a){return a<3&&a>1?f(a-1):0;}" * 300 + "</script>"


def prose(number: int) -> str:
    """Paragraphs that no other page has: what comes again on each page, menus and scripts, is cheaper to pass over."""
    return "".join(
        f"<p>Ở bản thứ {i} của xã số {number}, người trồng cam dậy từ tinh mơ để kịp chuyến xe xuôi về chợ; năm nay "
        "mưa thuận, vườn nào cũng hái kịp, và chiều xuống khói bếp lên đều bên con suối đầu làng.</p>"
        for i in range(12)
    )


def page(number: int) -> bytes:
    """Every hundredth tells of the budget; every tenth of sums and of the budget, but not on one line."""
    if number % 100 == 0:
        told = (
            "<p>Tổng thu ngân sách nhà nước trên địa bàn huyện 8 tháng năm 2022 "
            f"đạt {20 + number % 977} tỷ đồng, bằng 61% dự toán tỉnh giao.</p>"
        )
    elif number % 10 == 1:
        told = "<p>Hội nghị bàn việc thu ngân sách những tháng cuối năm.</p><p>Vườn cam mang về 120 triệu đồng.</p>"
    else:
        told = "<p>Hội làng mở từ sáng sớm.</p>"
    published = (_DAY + timedelta(minutes=number % 40_000)).isoformat()
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Bài số {number}</title>'
        f'<meta property="article:published_time" content="{published}">{_SCRIPT}</head><body>{_MENU}'
        f"<article><h1>Chuyện thứ {number} ở huyện Mẫu Sơn</h1>{told}{prose(number)}</article>{_MENU}</body></html>"
    ).encode()


def write(path: Path, pages: int) -> None:
    from thuchi.collect.archive import Response, response_record

    headers = [("Content-Type", "text/html; charset=utf-8")]
    with path.open("wb") as file:
        for number in range(pages):
            url = f"https://baomau.example.vn/bai-{number}.html"
            file.write(response_record(Response(url, 200, headers, page(number), _DAY)))


def as_a_run(_: Path) -> dict[str, object]:
    """collect → read → extract of the archive in a process of its own."""
    from thuchi import parquet, pipeline, storage

    started = time.process_time()
    collected = pipeline.collect_step("kho", "2022-09")
    reached = time.process_time()
    extracted = pipeline.extract_step(pipeline.read_step(collected))
    figures = parquet.read_figures(storage.at(extracted["path"]))
    return {
        "seconds": round(time.process_time() - started, 1),
        "gate_seconds": round(reached - started, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "records": collected["counts"]["records"],
        "collected": collected["counts"]["collected"],
        "figures": sorted((figure.quote, str(figure.value)) for figure in figures),
    }


def on_all(folder: Path) -> dict[str, object]:
    """trafilatura and extraction on every page of the archive."""
    from thuchi.collect.archive import read_archive
    from thuchi.extract import Extractor
    from thuchi.read import article_of
    from thuchi.vocabulary import vocabulary

    extractor = Extractor(vocabulary())
    started = time.process_time()
    figures = []
    (path,) = (folder / "warc").iterdir()
    for record in read_archive(path):
        figures += extractor.figures_of(article_of(record)[0])
    seconds = round(time.process_time() - started, 1)
    return {"seconds": seconds, "figures": sorted((figure.quote, str(figure.value)) for figure in figures)}


def measured(way: str, pages: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "warc").mkdir()
        (folder / "sources").mkdir()
        write(folder / "warc" / "a.warc.gz", pages)
        (folder / "sources" / "kho.yaml").write_text(f"id: kho\nname: Kho\nkind: archive\npath: {folder / 'warc'}\n")
        environment = {**os.environ, "THUCHI_HOME": str(folder / "home"), "THUCHI_SOURCES": str(folder / "sources")}
        ended = subprocess.run(
            [sys.executable, __file__, way, str(folder)], env=environment, stdout=subprocess.PIPE, check=True
        )
        return dict(json.loads(ended.stdout))


def main() -> None:
    if len(sys.argv) == 3:
        print(json.dumps({"as_a_run": as_a_run, "on_all": on_all}[sys.argv[1]](Path(sys.argv[2]))))
        return
    slow, same = measured("on_all", SAMPLE), measured("as_a_run", SAMPLE)
    assert slow["figures"] == same["figures"], "both ways must find the same figures"
    print(f"sample of {SAMPLE} pages: {slow['seconds']} s, {len(slow['figures'])} figures, the same both ways")
    for pages in PAGES:
        run = measured("as_a_run", pages)
        whole = float(slow["seconds"]) / SAMPLE * pages
        print(
            f"{pages} pages: {run['seconds']} s ({run['gate_seconds']} s of it the gate), {run['collected']} passed, "
            f"{len(run['figures'])} figures, peak {run['peak_mb']} MB; on all pages about {whole:.0f} s, "
            f"{whole / float(run['seconds']):.0f} times as long",
            flush=True,
        )


if __name__ == "__main__":
    main()
