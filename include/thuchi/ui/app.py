"""The application: its pages, what every answer carries, how a fault is shown, and the files of the pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from thuchi.ui.guard import Seen, login_address
from thuchi.ui.pages import quarantine, validation
from thuchi.ui.render import page
from thuchi.warehouse import WarehouseError

PAGES = (validation, quarantine)

STATIC = Path(__file__).parent / "static"
FILES = {"thuchi.css": "text/css", "thuchi.js": "text/javascript"}

HEADERS = {
    # Style, script and forms from here alone, nothing inline, in a frame of Airflow's own pages only.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}

files = APIRouter()


@files.get("/static/{name}")
def static(name: str, _: Seen) -> Response:
    """A file of the pages. Not a StaticFiles mount, which no guard reaches."""
    if name not in FILES:
        raise HTTPException(404, "There is no such file.")
    return FileResponse(STATIC / name, media_type=FILES[name])


def application() -> FastAPI:
    """The application, without the documentation pages that FastAPI would serve to anybody."""
    app = FastAPI(title="Thu Chi", docs_url=None, redoc_url=None, openapi_url=None)
    for router in (files, *(each.router for each in PAGES)):
        app.include_router(router)
    app.middleware("http")(_with_headers)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(WarehouseError, _no_warehouse)
    app.add_exception_handler(SQLAlchemyError, _no_warehouse)
    return app


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 401 and request.method == "GET" and _is_browser(request):
        return RedirectResponse(login_address(str(request.url)))
    return _said(request, error.status_code, str(error.detail))


def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fields = ", ".join(str(each["loc"][-1]) for each in error.errors())
    return _said(request, 422, f"This request is not understood: see {fields}. Nothing was changed.")


def _no_warehouse(request: Request, error: Exception) -> Response:
    detail = str(error) if isinstance(error, WarehouseError) else "The warehouse did not answer as it should."
    return _said(request, 503, detail)


def _said(request: Request, status: int, sentence: str) -> Response:
    if _is_browser(request):
        return page(request, "message.html", {"sentence": sentence}, status=status)
    return JSONResponse({"detail": sentence}, status_code=status)


def _is_browser(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")
