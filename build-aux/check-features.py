#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/features.tsv is true: known states, ids in order and once, and tests that exist.

A test is SUITE/NAME of meson, or SUITE/NAME:/path of a case whose path ends a g_test_add of that suite's sources."""
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])
tests = set(sys.argv[2:])
text = "\n".join(p.read_text() for p in (source / "tests").rglob("*.c"))
seen = []
errors = []
for number, line in enumerate((source / "docs/features.tsv").read_text().splitlines(), 1):
    if line.startswith("#") or not line:
        continue
    fields = line.split("\t")
    if len(fields) != 3:
        errors.append(f"line {number}: {len(fields)} fields")
        continue
    identifier, state, test = fields
    seen.append(identifier)
    if state not in ("done", "partly", "not"):
        errors.append(f"line {number}: state {state}")
    if state == "not":
        continue
    name, _, case = test.partition(":")
    if name not in tests:
        errors.append(f"line {number}: no test {name}")
    if case and f'"{case}"' not in text and not re.search(r'ADD \("' + re.escape(case.split("/", 2)[-1]) + '"', text):
        errors.append(f"line {number}: no case {case}")
if len(set(seen)) != len(seen):
    errors.append("an id stands twice")
print("\n".join(errors) or f"{len(seen)} rows")
sys.exit(1 if errors else 0)
