#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Icons are valid, named as they are used, and there is none too many or too few.

Usage: icons.py SOURCE

Symbols are 16 × 16, of fills alone (some programs fill every path of a symbolic icon, which turns
a stroked ring into a disc), and without colors of their own.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

source = pathlib.Path(sys.argv[1])
errors = []
SVG = "{http://www.w3.org/2000/svg}"


def read(path):
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        errors.append(f"{path.relative_to(source)}: {error}")
        return None
    if root.tag != SVG + "svg":
        errors.append(f"{path.relative_to(source)}: no SVG")
        return None
    return root


def check_size(path, root, size):
    if (root.get("width"), root.get("height"), root.get("viewBox")) != (size, size, f"0 0 {size} {size}"):
        errors.append(f"{path.relative_to(source)}: not {size} × {size}")


symbols = sorted((source / "data/icons").rglob("*-symbolic.svg"))
for path in symbols:
    root = read(path)
    if root is None:
        continue
    check_size(path, root, "16")
    for element in root.iter():
        tag = element.tag.removeprefix(SVG)
        if tag not in ("svg", "g", "path", "circle", "rect"):
            errors.append(f"{path.relative_to(source)}: <{tag}> in a symbol")
        if element.get("stroke") or "stroke" in element.get("style", ""):
            errors.append(f"{path.relative_to(source)}: a stroke")
        if element.get("fill") not in (None, "#2e3436"):
            errors.append(f"{path.relative_to(source)}: a color of its own")
icon = source / "data/icons/hicolor/org.lodgevm.Lodge.svg"
root = read(icon)
if root is not None:
    check_size(icon, root, "128")

used = set()
for path in [*source.glob("src/**/*.c"), *source.glob("ui/**/*.ui")]:
    used |= set(re.findall(r"\blodge-[a-z0-9-]+-symbolic\b", path.read_text()))
drawn = {path.stem for path in symbols if path.parent.name == "symbolic"}
bundled = set(re.findall(r'alias="(lodge-[^"]*-symbolic)\.svg"', (source / "ui/lodge.gresource.xml").read_text()))
for name in sorted(used - bundled):
    errors.append(f"{name} is used and not in ui/lodge.gresource.xml")
for name in sorted(bundled - drawn):
    errors.append(f"{name} is in ui/lodge.gresource.xml and not drawn")
for name in sorted(drawn - bundled):
    errors.append(f"{name} is drawn and not in ui/lodge.gresource.xml")

print("\n".join(errors) or f"{len(symbols)} symbols")
sys.exit(1 if errors else 0)
