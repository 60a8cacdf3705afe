# SPDX-License-Identifier: MIT OR Apache-2.0
"""The client against a desk with the demonstration, which `cargo xtask ci clients` serves.

DESK is its address, KEEPER and SECRET an administrator.
"""

import json
import os
import tempfile
import time
import unittest
import urllib.request

import truceline_client
from truceline_client import Desk, Refused

ADDRESS, KEEPER, SECRET = (os.environ[name] for name in ("DESK", "KEEPER", "SECRET"))


def rows(table):
    return table if isinstance(table, list) else table.to_dict("records")


def change(desk, verb, path, form):
    """A change at the desk, for which the client itself has no call."""
    body = json.dumps(form).encode()
    headers = desk._session | {"Content-Type": "application/json"}
    asked = urllib.request.Request(f"{ADDRESS}/api/v1/{path}", body, headers, method=verb)
    with urllib.request.urlopen(asked) as answer:
        return json.load(answer)


class Reading(unittest.TestCase):
    def setUp(self):
        self.desk = Desk(ADDRESS)

    def test_every_incident_is_a_row_with_its_proofs(self):
        all_of_it = rows(self.desk.incidents())
        self.assertEqual(len(all_of_it), self.desk.get("summary")["incidents"])
        for row in all_of_it:
            self.assertEqual(len(row["proof"]), len(row["pages"]))
            self.assertEqual(row["latitude"] is None, row["longitude"] is None)
        page = all_of_it[0]["proof"][0].split("/")[-2]
        self.assertTrue(self.desk.proof(page).startswith("c2sp.org/tlog-proof@v1\n"))

    def test_days_and_filters_narrow_the_rows(self):
        day = max(row["first"] for row in rows(self.desk.incidents()) if isinstance(row["first"], str))
        found = rows(self.desk.incidents(day))
        self.assertTrue(0 < len(found) < len(rows(self.desk.incidents())))
        self.assertTrue(all(not isinstance(row["last"], str) or row["last"] >= day for row in found))
        act = found[0]["act"]
        self.assertEqual({row["act"] for row in rows(self.desk.incidents(act=[act]))}, {act})

    def test_other_kinds_and_files(self):
        findings = rows(self.desk.table("findings"))
        self.assertIn("verdict", findings[0])
        self.assertIn("id", findings[0])
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "incidents.csv")
            size = self.desk.export("csv", path)
            self.assertEqual(os.path.getsize(path), size)

    def test_pages_of_a_list_are_followed(self):
        whole = truceline_client.PAGE
        try:
            truceline_client.PAGE = 3
            ids = [record["id"] for record in self.desk.records("claims")]
        finally:
            truceline_client.PAGE = whole
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(len(ids), self.desk.get("claims", limit=1)["total"])

    def test_a_refusal_says_why(self):
        with self.assertRaises(Refused) as caught:
            self.desk.get("users")
        self.assertEqual((caught.exception.status, caught.exception.code), (401, "unauthenticated"))
        self.assertTrue(caught.exception.hint)


class Following(unittest.TestCase):
    def setUp(self):
        self.keeper = Desk(ADDRESS, KEEPER, SECRET)

    def test_an_update_takes_in_what_is_withheld_and_released(self):
        copy = Desk(ADDRESS).copy("incidents")
        known = dict(copy.records)
        self.assertEqual(copy.update(), truceline_client.Changed())
        hidden = sorted(known)[0]
        it = {"kind": "incident", "id": hidden, "field": "*"}
        change(self.keeper, "POST", "restrictions", it | {"role": "analyst"})
        self.assertEqual(copy.update().gone, [hidden])
        self.assertNotIn(hidden, copy.records)
        change(self.keeper, "DELETE", "restrictions", it)
        self.assertEqual(copy.update().new, [hidden])
        self.assertEqual(copy.records, known)

    def test_an_update_takes_in_a_merge(self):
        copy = self.keeper.copy("incidents")
        one, other = sorted(copy.records)[:2]
        claims = [copy.records[id]["basis"][0] for id in (one, other)]
        decision = {"same": {"claims": claims}}
        change(self.keeper, "POST", "rulings", {"decision": decision, "because": "tried on the demonstration"})
        for _ in range(200):
            changed = copy.update()
            if changed.gone:
                break
            time.sleep(0.1)
        self.assertTrue(changed.gone)
        self.assertTrue(changed.new or changed.changed)
        fresh = self.keeper.copy("incidents")
        self.assertEqual(copy.records, fresh.records)
        self.assertEqual(copy.state, fresh.state)


if __name__ == "__main__":
    unittest.main()
