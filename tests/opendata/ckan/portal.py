"""A CKAN of the tests, behind a real HTTP server: it keeps what it is sent, and misbehaves where it is asked to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Values = dict[str, Any]


class Portal:
    """What a CKAN knows. `lives`: calls until the connection breaks (None: never does). `keeps`: fields that it
    changes. `refuses`: names of datasets that it does not take.
    """

    def __init__(self) -> None:
        self.packages: dict[str, Values] = {}
        self.tables: dict[str, dict[str, Values]] = {}
        self.calls: list[str] = []
        self.lives: int | None = None
        self.keeps: Values = {}
        self.refuses: set[str] = set()
        self.number = 0

    def answer(self, action: str, data: Values) -> tuple[int, Any]:
        """Status and result."""
        self.calls.append(action)
        if self.refuses & {data.get("name"), data.get("id")}:
            return 409, {"__type": "Validation Error", "title": ["Missing value"]}
        found = getattr(self, action)(data)
        return (200, found) if found is not None else (404, {"__type": "Not Found Error", "message": "Not found"})

    def package_show(self, data: Values) -> Values | None:
        return self.packages.get(data["id"])

    def package_create(self, data: Values) -> Values:
        self.packages[data["name"]] = {"id": data["name"], "state": "active", "resources": [], **data} | self.keeps
        return self.packages[data["name"]]

    def package_patch(self, data: Values) -> Values:
        package = self.packages[data["id"]]
        package.update(data)
        for resource in package["resources"]:
            self.number += 1
            resource.setdefault("id", f"r{self.number}")
        return package

    def resource_patch(self, data: Values) -> Values:
        resources = [one for package in self.packages.values() for one in package["resources"]]
        resource: Values = next(one for one in resources if one["id"] == data["id"])
        resource.update(data)
        return resource

    def datastore_create(self, data: Values) -> Values:
        self.tables.setdefault(data["resource_id"], {})
        self.key: list[str] = data["primary_key"]
        return {}

    def datastore_upsert(self, data: Values) -> Values:
        rows = {json.dumps([row[name] for name in self.key]): row for row in data["records"]}
        self.tables[data["resource_id"]].update(rows)
        return {}

    def datastore_delete(self, data: Values) -> Values:
        del self.tables[data["resource_id"]]
        return {}

    def datastore_search(self, data: Values) -> Values | None:
        table = self.tables.get(data["resource_id"])
        return None if table is None else {"total": len(table)}


class _Handler(BaseHTTPRequestHandler):
    portal: Portal

    def do_POST(self) -> None:
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.portal.lives is not None:
            if self.portal.lives == 0:
                self.connection.close()
                return
            self.portal.lives -= 1
        status, result = self.portal.answer(self.path.rsplit("/", 1)[1], data)
        body = json.dumps({"success": status == 200, "result" if status == 200 else "error": result}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def portal_at_work() -> Iterator[tuple[Portal, str]]:
    """A portal without datasets, and its address."""
    portal = Portal()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"portal": portal}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield portal, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
