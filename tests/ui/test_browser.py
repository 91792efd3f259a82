"""The pages in a real Chromium, inside the Airflow UI: what a person does there, and what hostile words do not."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect, sync_playwright
from sqlalchemy import Engine, text
from ui_server import Server

PATIENCE_MS = 60_000
"""A page takes what it takes where other tests run beside it."""
expect.set_options(timeout=PATIENCE_MS)
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium() -> str:
    """A Chromium or Chrome of this machine. One without gets Debian's package: nothing here is skipped."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is not None:
        return found
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        pytest.fail("These tests need Chromium: install it first (on Debian: apt-get install chromium).")
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    install = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends", "chromium"]
    subprocess.run(install, check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    return "chromium"


@pytest.fixture(params=["light", "dark"])
def context(chromium: str, simple: Server, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A browser in which `editor` is logged in."""
    login = {"username": "editor", "password": "editor"}
    token = httpx.post(f"{simple.address}/auth/token", json=login, timeout=60, trust_env=False).json()["access_token"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        context = browser.new_context(color_scheme=request.param, viewport={"width": 1400, "height": 1000})
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies([{"name": "_token", "value": token, "url": simple.address, "httpOnly": True}])
        yield context
        browser.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab whose complaints are kept in `page.complaints`."""
    return context.new_page()


def inside(page: Page, part: str) -> Frame:
    """The frame of ours in Airflow's page."""
    page.wait_for_selector("iframe")
    page.wait_for_function(
        "part => [...document.querySelectorAll('iframe')].some(one => one.contentWindow.location.href.includes(part))",
        arg=part,
    )
    frame = next(frame for frame in page.frames if frame.parent_frame is not None and part in frame.url)
    frame.wait_for_load_state()
    return frame


def states(engine: Engine) -> dict[str, str]:
    """The state of each held figure, by the name of its run."""
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT run_id, state FROM quarantined_figure"))
        return {run.partition("/")[0]: state for run, state in rows}


def photograph(page: Page, name: str) -> None:
    """For a person to look at, where THUCHI_SCREENSHOTS names a folder."""
    if folder := os.environ.get("THUCHI_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_in_the_navigation_one_figure_is_released_and_another_rejected(
    simple: Server, page: Page, engine: Engine, request: pytest.FixtureRequest
) -> None:
    theme = request.node.callspec.params["context"]
    page.goto(f"{simple.address}/plugin/quarantine")
    frame = inside(page, "/thuchi/quarantine")
    expect(frame.locator("article.figure")).to_have_count(3)
    ground = frame.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(9, 9, 11)"}[theme]
    photograph(page, f"quarantine-{theme}")

    worst = frame.locator("article.figure").first
    worst.get_by_label("Reason").fill("Nghị quyết của HĐND huyện: 52,4 tỷ đồng")
    worst.get_by_label("Reason").press("Enter")
    assert states(engine)["historical_news"] == "held", "Enter alone decides nothing"
    worst.get_by_role("button", name="Release").click()
    frame = inside(page, "/1")
    expect(frame.locator(".decision")).to_contain_text("by editor")
    photograph(page, f"released-{theme}")

    frame.get_by_role("link", name="Quarantine").click()
    frame = inside(page, "/quarantine")
    expect(frame.locator("article.figure")).to_have_count(2)
    second = frame.locator("article.figure", has_text="2022-10-03")
    second.get_by_label("Reason").fill("a slip of the source")
    second.get_by_role("button", name="Reject").click()
    expect(inside(page, "/1").locator(".decision")).to_contain_text("a slip of the source")
    assert states(engine) == {
        "historical_news": "released",
        "provincial_news": "rejected",
        "cli__2022-10-05T00:00:00Z": "held",
    }


def test_hostile_words_do_nothing(simple: Server, context: BrowserContext, engine: Engine) -> None:
    with engine.connect() as connection:
        hostile = connection.execute(
            text("SELECT figure_id FROM quarantined_figure WHERE run_id LIKE 'historical_news/%'")
        ).scalar_one()
    page = context.new_page()
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    for path in ("quarantine", f"quarantine/{hostile}/1", "validation/historical_news/manual__1"):
        page.goto(f"{simple.address}/thuchi/{path}")
        for details in page.locator("summary").all():
            details.click()
        expect(page.get_by_text("window.top.hacked").first).to_be_visible()
        assert page.evaluate("window.hacked === undefined")
        photograph(page, f"hostile-{path.partition('/')[0]}")
    assert {url.partition("/thuchi/")[0] for url in asked} == {simple.address}, "nothing comes from elsewhere"
    assert refused == [], "the policy has nothing to refuse: no word of an article becomes markup"
