#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of the help are well-formed, installed, and their links lead somewhere.

Usage: help.py SOURCE

The table of keys names the same actions as the dialog Keyboard Shortcuts.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

source = pathlib.Path(sys.argv[1])
errors = []
MALLARD = "{http://projectmallard.org/1.0/}"

pages = {}
ids = set()
for path in sorted((source / "help/C").glob("*.page")):
    root = ElementTree.parse(path).getroot()
    pages[path.stem] = root
    if root.get("id") != path.stem:
        errors.append(f"{path.name}: its id is “{root.get('id')}”")
    ids.add(path.stem)
    ids |= {f"{path.stem}#{section.get('id')}" for section in root.iter(MALLARD + "section")}
    if path.stem != "index":
        if root.find(f"{MALLARD}info/{MALLARD}link[@type='guide']") is None:
            errors.append(f"{path.name}: no guide links to it")
        if root.find(f"{MALLARD}info/{MALLARD}desc") is None:
            errors.append(f"{path.name}: no description")
for name, root in pages.items():
    for link in root.iter(MALLARD + "link"):
        if link.get("xref") and link.get("xref") not in ids:
            errors.append(f"{name}.page: a link to {link.get('xref')}, which is not there")

listed = set(re.findall(r"'([\w-]+)\.page'", (source / "help/meson.build").read_text()))
for name in sorted(listed ^ set(pages)):
    errors.append(f"help/meson.build and help/C differ in {name}.page")

actions = set()
TABLES = {"lodge-shortcuts-dialog.c": r'\{ N_\("([^"]+)"\), (?!NULL)', "lodge-keys.c": r'N_\("([^"]+)"\) \}'}
for name, row in TABLES.items():
    actions |= set(re.findall(row, (source / "src/window" / name).read_text()))
table = {cell for row in pages["keyboard"].iter(MALLARD + "tr")
         for text in row.find(f"{MALLARD}td/{MALLARD}p").itertext() for cell in text.replace(" ★", "").split(", ")}
# Keys of actions that the application may not have: the help speaks of what is there
OPTIONAL = {"Take Snapshot"}
for name in sorted(actions - table - OPTIONAL):
    errors.append(f"keyboard.page: “{name}” is missing")

print("\n".join(errors) or f"{len(pages)} pages")
sys.exit(1 if errors else 0)
