"""What a source's YAML may say, by its kind; docs/extending.md shows an example of each."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error
    return value


def _dated_pattern(value: str) -> str:
    groups = set(re.compile(_pattern(value)).groupindex)
    if not {"y", "m"} <= groups <= {"y", "m", "d"}:
        raise ValueError("needs the named groups y and m, and may have d, as (?P<y>\\d{4})/(?P<m>\\d{2})")
    return value


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise ValueError("is no http(s) address")
    return value


def _domain(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9.-]+(:\d+)?", value):
        raise ValueError("is no domain in lower case, as baobackan.vn")
    return value


Pattern = Annotated[str, AfterValidator(_pattern)]
DatedPattern = Annotated[str, AfterValidator(_dated_pattern)]
Address = Annotated[str, AfterValidator(_address)]
Domain = Annotated[str, AfterValidator(_domain)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Described(Strict):
    """What every source says of itself."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    name: Annotated[str, Field(min_length=1)]
    ref_area: Annotated[str, Field(pattern=r"^(VN|\d{2}|\d{3}|\d{5})(-\d{6})?$")] | None = None
    """A code of seeds/areas.csv: NSO's two digits a province, three a district (until 2025-06-30), five a commune,
    with the month since when it stands where NSO gave a code anew ("19-202507"); VN for the nation."""

    @property
    def unit(self) -> str:
        """What a run's tasks call their piece of work: the source, or one shard of it ("cc-2022@3")."""
        return self.id


class FolderSource(Described):
    """Articles that lie in a folder as .txt, .html or .jsonl files."""

    kind: Literal["folder"]
    path: Annotated[str, Field(min_length=1)]


class Selectors(Strict):
    """CSS selectors for a portal on whose pages the general reading goes wrong."""

    title: str | None = None
    text: str | None = None
    date: str | None = None
    remove: list[str] = []


class ArchiveSource(Described):
    """WARC, WACZ and JSONL files, as of Common Crawl or our own, of which only what the gate lets through is read."""

    kind: Literal["archive"]
    path: Annotated[str, Field(min_length=1)]
    """A folder with all in it, one file, or a pattern ("/srv/cc/*/warc/*.warc.gz"): .warc, .wacz, .jsonl, or .gz of
    the first and last."""
    domains: list[Domain] = []
    """Of these and their subdomains only; of any where none is given."""
    shards: Annotated[int, Field(ge=1, le=256)] = 1
    """Pieces of work over which the archive's files are dealt, each a task of its own."""
    shard: int | None = None
    """Which of them this is; set by `load_source("cc-2022@3")`, not in the YAML."""
    selectors: Selectors | None = None

    @property
    def unit(self) -> str:
        return self.id if self.shard is None else f"{self.id}@{self.shard}"


class Politeness(Strict):
    delay_s: Annotated[float, Field(ge=0, le=600)] = 2.0
    """Between two requests to one host; AutoThrottle waits longer where the host is slow."""
    concurrency: Annotated[int, Field(ge=1, le=8)] = 1


class Caps(Strict):
    """What one run may take from a source; a run that meets a cap goes on at the next try."""

    requests: Annotated[int, Field(ge=1)] = 3000
    seconds: Annotated[int, Field(ge=1)] = 1500
    bytes: Annotated[int, Field(ge=1000)] = 8_000_000
    """Of one page, after decompression."""
    timeout_s: Annotated[float, Field(gt=0, le=300)] = 40.0
    """Of one page, from the request to its last byte."""


class Normal(Strict):
    """How many articles a day are normal."""

    floor: Annotated[float, Field(ge=0)] = 0.0
    ceiling: Annotated[float, Field(gt=0)] | None = None


class Portal(Described):
    """What all sources that are crawled say."""

    verified: bool = True
    """False where the addresses were not tried yet: then no run takes the source, until `check` was done."""
    check: Annotated[str, Field(min_length=1)] | None = None
    """What to look at before `verified` becomes true."""
    addresses: Annotated[list[Address], Field(min_length=1)]
    """The feeds, sitemaps or first pages of sections."""
    domains: Annotated[list[Domain], Field(min_length=1)]
    """Hosts that may be asked, each with its subdomains; nothing else ever is, not after a redirect either."""
    articles: Pattern = r"."
    """What an article's address has (searched in path and query)."""
    address_date: DatedPattern | None = None
    """Where an address tells the day or month of publication."""
    drop_parameters: list[Pattern] = []
    """Parameters of the query that carry state and no identity, as p_p_auth, besides the usual session ids."""
    selectors: Selectors | None = None
    politeness: Politeness = Politeness()
    caps: Caps = Caps()
    articles_per_day: Normal = Normal()

    @model_validator(mode="after")
    def _unverified_says_what_to_check(self) -> Portal:
        if not self.verified and not self.check:
            raise ValueError("verified is false, so `check` must say what to look at")
        return self


class FeedSource(Portal):
    """RSS or Atom."""

    kind: Literal["feed"]


class SitemapSource(Portal):
    """Sitemaps, or indexes of them."""

    kind: Literal["sitemap"]
    child_date: DatedPattern | None = None
    """Where the address of a child sitemap tells the month of what it lists: others are not fetched."""


class Pagination(Strict):
    """How the older pages of a section are reached: by a link on the page, or by numbering."""

    next: str | None = None
    """CSS of the link to the next page, as "a.next"."""
    address: str | None = None
    """Template, as "{address}trang-{page}/" or "{address}&page={page}"."""
    second: Annotated[int, Field(ge=0)] = 2
    """The number of the page behind the first."""
    step: Annotated[int, Field(ge=1)] = 1
    pages: Annotated[int, Field(ge=1)] = 500
    """How far back a walk may go."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Pagination:
        if (self.next is None) == (self.address is None):
            raise ValueError("give one of next and address")
        if self.address is not None and "{page}" not in self.address:
            raise ValueError("address must hold {page}")
        return self


class ListingSource(Portal):
    """Section pages, newest first, over many pages."""

    kind: Literal["listing"]
    pagination: Pagination | None = None


PortalSource = FeedSource | SitemapSource | ListingSource
Source = FolderSource | ArchiveSource | FeedSource | SitemapSource | ListingSource

KINDS: dict[str, type[Described]] = {
    "folder": FolderSource,
    "feed": FeedSource,
    "sitemap": SitemapSource,
    "listing": ListingSource,
    "archive": ArchiveSource,
}
