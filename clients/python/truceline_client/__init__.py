# SPDX-License-Identifier: MIT OR Apache-2.0
"""Reads the desk of Truceline: lists as data frames, files, and what changed since.

    from truceline_client import Desk

    desk = Desk("http://127.0.0.1:8080")
    desk.incidents("2026-01-01")

Needs Python alone. Where pandas is installed a list is a data frame, where geopandas is too one with points; without
them it is a list of rows.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Changed", "Copy", "Desk", "Refused"]

Record = dict[str, Any]
Row = dict[str, Any]

# Records of one answer, and ids of one question: the most that the desk gives.
PAGE = 1_000
IDS = 200
# Seconds that an answer may take: the first export after a change waits until the picture is drawn.
WAIT_S = 120.0


class Refused(Exception):
    """The desk said no: `code` is its word for it, `hint` the next step."""

    def __init__(self, status: int, code: str, message: str, hint: str) -> None:
        super().__init__(f"{message} ({code}). {hint}".strip())
        self.status, self.code, self.hint = status, code, hint


class Desk:
    """A desk at an address. With a name and a password (and a code of the second factor) it is asked as that account."""

    def __init__(
        self, address: str, name: str | None = None, password: str | None = None, code: str | None = None
    ) -> None:
        self.address = address.rstrip("/")
        self._session: dict[str, str] = {}
        if name is not None:
            form = {"name": name, "password": password or ""} | ({"code": code} if code else {})
            with self._open("/api/v1/session", {}, form) as answer:
                cookie = answer.headers["Set-Cookie"].split(";")[0]
                csrf = json.load(answer)["csrf"]
            self._session = {"Cookie": cookie, "X-CSRF-Token": csrf}

    def get(self, path: str, **query: Any) -> Any:
        """The answer of a route that gives JSON, such as `desk.get("summary", act="shelling")`."""
        with self._open(f"/api/v1/{path}", query) as answer:
            return json.load(answer)

    def records(self, kind: str, **filters: Any) -> Iterator[Record]:
        """Every record of a kind (`incidents`, `findings`, `claims` …) that the filter keeps, page by page."""
        query = {"limit": PAGE, **filters}
        while True:
            page = self.get(kind, **query)
            yield from page["items"]
            if page["next"] is None:
                return
            query["after"] = page["next"]

    def table(self, kind: str, **filters: Any) -> Any:
        """The records of a kind as a data frame, a column for each field."""
        return frame({**flat(record["fields"]), **head(record)} for record in self.records(kind, **filters))

    def incidents(self, since: str | None = None, until: str | None = None, **filters: Any) -> Any:
        """Incidents that can lie on these days or between, as a data frame.

        Columns: `id`, `first`, `last`, `act`, `class`, `status`, `place`, `precision`, `latitude`, `longitude`,
        `radius_m`, `killed_low`, `killed_high`, `injured_low`, `injured_high`, `independent_origins`, `pages`,
        `quote`, `withheld`, and `proof`: for each page that it stands on, the address of the proof that the page is in
        the signed log. What is known to a country only has no point; a bound is empty where nobody gives it, as the
        upper one of "at least nine".
        """
        days = {"from": since, "to": until}
        pages = {page["document"]: page["id"] for page in self.records("documents")}
        return frame(
            self._incident(record, pages) for record in self.records("incidents", **days, **filters)
        )

    def proof(self, page: str) -> str:
        """The proof (c2sp.org/tlog-proof) that a page, by its id, is in the log, for tools that check such logs
        with the public key."""
        with self._open(f"/api/v1/documents/{urllib.parse.quote(page, safe='')}/proof", {}) as answer:
            return answer.read().decode()

    def export(self, form: str, path: str, **filters: Any) -> int:
        """Writes what the filter keeps to a file, in a form of docs/formats.md; gives the number of bytes."""
        size = 0
        with self._open("/api/v1/export", {"format": form, **filters}) as answer, open(path, "wb") as file:
            while part := answer.read(1 << 20):
                size += file.write(part)
        return size

    def copy(self, kind: str = "incidents") -> Copy:
        """All records of a kind, to be kept up to date with `copy.update()`."""
        return Copy(self, kind).read()

    def _incident(self, record: Record, pages: dict[str, str]) -> Row:
        fields = record["fields"]
        when, place = fields.get("when") or {}, fields.get("place") or {}
        known = place.get("precision") not in (None, "country", "unresolved")
        region = (place.get("region") or {}) if known else {}
        tolls = {toll["metric"]: toll for toll in fields.get("tolls") or []}
        names = fields.get("documents") or []
        return {
            "id": record["id"],
            "first": when.get("earliest"),
            "last": when.get("latest"),
            "act": fields.get("act"),
            "class": fields.get("class"),
            "status": (fields.get("status") or {}).get("occurrence"),
            "place": (place.get("chosen") or {}).get("name") or place.get("name"),
            "precision": place.get("precision"),
            "latitude": region.get("lat"),
            "longitude": region.get("lon"),
            "radius_m": region.get("radius_m"),
            **{
                f"{metric}_{bound}": tolls.get(metric, {}).get(bound)
                for metric in ("killed", "injured")
                for bound in ("low", "high")
            },
            "independent_origins": fields.get("independent_origins"),
            "pages": names,
            "quote": record.get("quote") or next((it.get("quote") for it in fields.get("quotes") or []), None),
            "withheld": record.get("withheld") or [],
            "proof": [
                f"{self.address}/api/v1/documents/{pages[name]}/proof" for name in names if name in pages
            ],
        }

    def _open(self, path: str, query: dict[str, Any], form: Any = None) -> Any:
        told = urllib.parse.urlencode({name: word(value) for name, value in query.items() if value is not None})
        headers = dict(self._session) | ({"Content-Type": "application/json"} if form is not None else {})
        body = None if form is None else json.dumps(form).encode()
        asked = urllib.request.Request(f"{self.address}{path}{'?' if told else ''}{told}", body, headers)
        try:
            return urllib.request.urlopen(asked, timeout=WAIT_S)
        except urllib.error.HTTPError as error:
            raise refused(error) from None


@dataclass
class Changed:
    """What an update did. A merged incident is among the gone, the one that it went into among the new or changed."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


class Copy:
    """Records of one kind by their ids, in `records`, as they stood in the state `state` of the desk."""

    def __init__(self, desk: Desk, kind: str) -> None:
        self.desk, self.kind = desk, kind
        self.records: dict[str, Record] = {}
        self.state = ""

    def read(self) -> Copy:
        """Reads everything anew; again when the desk took in something meanwhile."""
        while True:
            before = self.desk.get("checkpoint")["checkpoint"]
            records = {record["id"]: record for record in self.desk.records(self.kind)}
            if self.desk.get("checkpoint")["checkpoint"] == before:
                self.records, self.state = records, before
                return self

    def update(self) -> Changed:
        """Takes in what changed since: new records, new values, and what is gone by a merge, a takedown or withholding.

        Everything is read anew when the desk's history does not reach back so far, or when what it shows of the kind is
        more or less than the changes account for, as after something was withheld or released.
        """
        try:
            answer = self.desk.get("changes", since=self.state)
        except Refused as error:
            if error.status != 410:
                raise
            return self._anew()
        one = self.desk.get(self.kind, limit=1)
        before = dict(self.records)
        kinds = {record["kind"] for record in one["items"]}
        ids = {change["id"] for change in answer["changes"] if change["kind"] in kinds or change["id"] in before}
        found: dict[str, Record] = {}
        for part in chunks(sorted(ids), IDS):
            items = self.desk.get("records", ids=",".join(part))["items"]
            found |= {record["id"]: record for record in items if record["kind"] in kinds}
        for id in ids:
            if id in found:
                self.records[id] = found[id]
            else:
                self.records.pop(id, None)
        if one["checkpoint"] != answer["checkpoint"] or one["total"] != len(self.records):
            self.records = before
            return self._anew()
        self.state = answer["checkpoint"]
        return difference(before, self.records)

    def frame(self) -> Any:
        """The records as a data frame, a column for each field."""
        return frame({**flat(record["fields"]), **head(record)} for record in self.records.values())

    def _anew(self) -> Changed:
        before = dict(self.records)
        self.read()
        return difference(before, self.records)


def difference(before: dict[str, Record], after: dict[str, Record]) -> Changed:
    """What came, is not as it was, and is gone, by id."""
    return Changed(
        new=sorted(after.keys() - before.keys()),
        changed=sorted(id for id in after.keys() & before.keys() if after[id] != before[id]),
        gone=sorted(before.keys() - after.keys()),
    )


def frame(rows: Iterable[Row]) -> Any:
    """A data frame with points, one without, or the rows: by what is installed."""
    rows = list(rows)
    try:
        import pandas
    except ImportError:
        return rows
    table = pandas.DataFrame(rows)
    if "latitude" not in table:
        return table
    try:
        import geopandas
    except ImportError:
        return table
    points = geopandas.points_from_xy(table["longitude"], table["latitude"])
    return geopandas.GeoDataFrame(table, geometry=points, crs="EPSG:4326")


def head(record: Record) -> Row:
    """What every record has beside its fields."""
    return {name: record.get(name) for name in ("id", "document", "start", "end", "quote", "basis", "withheld")}


def flat(fields: Record, before: str = "") -> Row:
    """Fields of fields as `outer.inner`; lists stay as they are."""
    row: Row = {}
    for name, value in fields.items():
        if isinstance(value, dict):
            row.update(flat(value, f"{before}{name}."))
        else:
            row[f"{before}{name}"] = value
    return row


def chunks(items: list[str], size: int) -> Iterator[list[str]]:
    """The items in portions."""
    for at in range(0, len(items), size):
        yield items[at : at + size]


def word(value: Any) -> str:
    """A value as the query of an address has it: lists between commas."""
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def refused(error: urllib.error.HTTPError) -> Refused:
    """The desk's own words for a refusal, where it sent any."""
    try:
        told = json.load(error)["error"]
    except (ValueError, KeyError, TypeError):
        told = {}
    return Refused(error.code, told.get("code", str(error.code)), told.get("message", error.reason), told.get("hint", ""))
