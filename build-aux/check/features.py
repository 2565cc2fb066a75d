#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/features.tsv is well-formed, and the tests that it names exist.

Usage: features.py SOURCE BUILD

A row is id, state (done, partly, not), test. A test is SUITE/NAME, as meson knows it, or
SUITE/NAME:/path for one case of a program that speaks TAP; the program itself is asked for its
cases. Rows stand in the order of their ids, each id once; a row that is `not` names no test.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

source, build = map(pathlib.Path, sys.argv[1:3])
tests = {}
for test in json.loads((build / "meson-info/intro-tests.json").read_text()):
    for suite in test["suite"]:
        tests[f"{suite.rpartition(':')[2]}/{test['name']}"] = test

cases = {}


def cases_of(name):
    if name not in cases:
        test = tests[name]
        run = subprocess.run(test["cmd"] + ["--tap", "-l"], env=os.environ | test["env"], text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        cases[name] = set(re.findall(r"^(?:# )?(/\S+)$", run.stdout, re.M))
        if not cases[name]:
            sys.exit(f"{name} lists no cases: {run.stderr.strip() or run.stdout.strip()}")
    return cases[name]


errors = []
previous = ""
count = {"done": 0, "partly": 0, "not": 0}
for number, line in enumerate((source / "docs/features.tsv").read_text().splitlines(), 1):
    if line.startswith("#") or not line:
        continue
    fields = line.split("\t")
    where = f"docs/features.tsv:{number}"
    if len(fields) != 3:
        errors.append(f"{where}: {len(fields)} fields, not 3")
        continue
    identifier, state, proof = fields
    if not re.fullmatch(r"[A-Z0-9]{2,6}-[0-9]{2,3}", identifier):
        errors.append(f"{where}: “{identifier}” is no id")
    if identifier <= previous:
        errors.append(f"{where}: {identifier} stands twice or after {previous}")
    previous = identifier
    if state not in count:
        errors.append(f"{where}: no state “{state}”")
        continue
    count[state] += 1
    if state == "not":
        if proof:
            errors.append(f"{where}: a test of what is not there")
        continue
    name, _, case = proof.partition(":")
    if name not in tests:
        errors.append(f"{where}: no test {name}")
    elif case and case not in cases_of(name):
        errors.append(f"{where}: {name} has no case {case}")

print("\n".join(errors) or ", ".join(f"{n} {state}" for state, n in count.items()))
sys.exit(1 if errors else 0)
