#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person reads can be translated, and says it in the words of the interface.

Usage: strings.py SOURCE

- po/POTFILES.in names every file that has something to translate, and no other, in order
- a template has no text that is not marked translatable
- C sets no bare text on a widget
- no translatable text speaks of domains, VMs or nodes: it says machine and host
"""
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

source = pathlib.Path(sys.argv[1])
errors = []

MARKED_C = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2)\s*\(\s*"')
MARKED_UI = re.compile(r'translatable="(?:yes|true|1)"')
# Properties (and menu attributes) whose value a person reads
READ = {"accessible-name", "body", "button-label", "comments", "description", "heading", "label", "placeholder-text",
        "subtitle", "text", "title", "tooltip-text"}
SETTER = re.compile(r'_set_(?:label|title|subtitle|tooltip_text|placeholder_text|description|heading|body|button_label)'
                    r'\s*\((?:[^;"]|"(?=[^"]*"\s*\)))*?,\s*"([^"]*[A-Za-z]{2}[^"]*)"\s*\)')
# No machine is called so in the interface. (“Domain” of the name service, “/dev” nodes: written otherwise.)
FORBIDDEN = re.compile(r"\b(domains?|vms?|nodes?|hypervisor connections?)\b", re.I)
# Words that have to be what they are: a name of libvirt's that is quoted, keywords of the menu entry
ALLOWED = re.compile(r"<domain>|</domain>|<domain |virDomain\w*|vm;virtual machine;")


def check_list():
    listed = [line.strip() for line in (source / "po/POTFILES.in").read_text().splitlines()
              if line.strip() and not line.startswith("#")]
    needed = set()
    for path in sorted(source.glob("src/**/*.[ch]")):
        if MARKED_C.search(path.read_text()):
            needed.add(str(path.relative_to(source)))
    for path in sorted(source.glob("ui/**/*.ui")):
        if MARKED_UI.search(path.read_text()):
            needed.add(str(path.relative_to(source)))
    for path in (source / "data").glob("*"):
        if path.name.endswith((".desktop.in", ".metainfo.xml.in", ".gschema.xml")):
            needed.add(str(path.relative_to(source)))
    for name in sorted(needed - set(listed)):
        errors.append(f"po/POTFILES.in: {name} is missing")
    for name in sorted(set(listed) - needed):
        errors.append(f"po/POTFILES.in: {name} has nothing to translate, or is not there")
    for kind in (".c", ".ui"):
        names = [name for name in listed if name.endswith(kind)]
        if names != sorted(names):
            errors.append(f"po/POTFILES.in: the {kind} files are not in order")
    if len(listed) != len(set(listed)):
        errors.append("po/POTFILES.in: a file stands twice")
    return [name for name in listed if (source / name).exists()]


def check_templates():
    for path in sorted(source.glob("ui/**/*.ui")):
        for element in ElementTree.parse(path).iter():
            text = (element.text or "").strip()
            name = element.get("name", "").replace("_", "-")
            if element.tag not in ("property", "attribute", "relation") or name not in READ or not text:
                continue
            if element.get("translatable") not in ("yes", "true", "1") and re.search(r"[^\W\d_]{2}", text):
                errors.append(f"{path.relative_to(source)}: “{text}” ({name}) is not translatable")


def check_setters():
    for path in sorted(source.glob("src/**/*.c")):
        text = path.read_text()
        for match in SETTER.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            errors.append(f"{path.relative_to(source)}:{line}: “{match.group(1)}” is not translatable")


def check_words(names):
    run = subprocess.run(["xgettext", "--from-code=UTF-8", "--no-wrap", "-k_", "-kN_", "-kC_:1c,2", "-kNC_:1c,2",
                          "-o", "-", *names], cwd=source, stdout=subprocess.PIPE, text=True, check=True)
    where = []
    for line in run.stdout.splitlines():
        if line.startswith("#: "):
            where.append(line[3:])
        elif match := re.match(r'(?:msgid|msgid_plural|)\s*"(.*)"$', line):
            found = FORBIDDEN.search(ALLOWED.sub("", match.group(1)))
            if found:
                errors.append(f"{' '.join(where)}: “{found.group()}” in “{match.group(1)}”")
        elif line.startswith("msgstr"):
            pass
        elif not line:
            where = []


names = check_list()
check_templates()
check_setters()
check_words(names)
print("\n".join(errors) or f"{len(names)} files")
sys.exit(1 if errors else 0)
