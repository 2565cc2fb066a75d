#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules of the house that a program can see in the sources.

Usage: sources.py SOURCE

- every source names its license; lines should have 120 characters and have at most 140 (with a long
  text, and in templates, more), no tab and no blank at the end
- includes follow the arrows of docs/ARCHITECTURE.md, and a library is included only where it may be
- templates use no class that GTK or libadwaita deprecate (for C the compiler knows)
"""
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])
errors = []

LICENSE = "SPDX-License-Identifier: GPL-3.0-or-later"
LONGEST = 140
# A text is not broken in the middle of a sentence for it
LONGEST_WITH_TEXT = 200
TEXT = re.compile(r'"[^"]{40,}|>[^<>]{40,}<')
CODE = (".c", ".h", ".py", ".sh", ".ui", ".css", ".build")

# A library, the folders of src/ that may include it
LIBRARIES = {
    "libvirt": {"model"}, "libvirt-glib": {"model"}, "libxml": {"xml"}, "osinfo": {"plan"},
    "libsecret": {"util"}, "spice-client.h": {"console"}, "spice-client-glib-2.0": {"console"}, "gvnc.h": {"console"},
    "vte": {"console"}, "gtksourceview": {"create", "machine", "widgets", "host"},
}
TOOLKIT = {"gtk", "gdk", "gsk", "adwaita.h"}
# A folder that could stand by itself, and all that it may include
ALONE = {"console": {"util"}}
WITHOUT_TOOLKIT = {"util", "xml", "model", "plan"}

DEPRECATED = set("""
    AdwAboutWindow AdwFlap AdwLeaflet AdwMessageDialog AdwPreferencesWindow AdwSqueezer AdwViewSwitcherTitle
    GtkAboutDialog GtkAppChooserButton GtkAppChooserDialog GtkAppChooserWidget GtkAssistant GtkCellView GtkColorButton
    GtkColorChooserDialog GtkColorChooserWidget GtkComboBox GtkComboBoxText GtkDialog GtkEntryCompletion
    GtkFileChooserDialog GtkFileChooserNative GtkFileChooserWidget GtkFontButton GtkFontChooserDialog
    GtkFontChooserWidget GtkIconView GtkInfoBar GtkListStore GtkLockButton GtkMessageDialog GtkShortcutsGroup
    GtkShortcutsSection GtkShortcutsShortcut GtkShortcutsWindow GtkStatusbar GtkTreeStore GtkTreeView GtkVolumeButton
""".split())


def files(*folders):
    for folder in folders:
        for path in sorted((source / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def is_code(path, text):
    return path.suffix in CODE or path.name == "dev" or (not path.suffix and text.startswith("#!"))


def check_text(path, text):
    name = path.relative_to(source)
    if path.suffix != ".build" and not any(LICENSE in line for line in text.splitlines()[:5]):
        errors.append(f"{name}: no “{LICENSE}” in its first lines")
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > (LONGEST_WITH_TEXT if path.suffix == ".ui" or TEXT.search(line) else LONGEST):
            errors.append(f"{name}:{number}: {len(line)} characters")
        if "\t" in line:
            errors.append(f"{name}:{number}: a tab")
        if line != line.rstrip():
            errors.append(f"{name}:{number}: a blank at the end")


def read_arrows():
    """Each folder's place in the chain: those with a lower number may be included, and the folder itself."""
    text = (source / "docs/ARCHITECTURE.md").read_text()
    chain = re.search(r"^`util` ←[^.]*", text, re.M)
    if not chain:
        sys.exit("docs/ARCHITECTURE.md: no chain “`util` ← …”")
    return {folder: place for place, group in enumerate(chain.group().split("←"))
            for folder in re.findall(r"`([a-z-]+)`", group)}


def check_includes(path, text, arrows):
    name = path.relative_to(source)
    folder = name.parts[1] if len(name.parts) > 2 else "main"
    if folder not in arrows:
        errors.append(f"{name}: the folder is not in the chain of docs/ARCHITECTURE.md")
        return
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'#\s*include\s*(["<])([^">]+)', line)
        if not match:
            continue
        parts = match.group(2).split("/")
        where = f"{name}:{number}: "
        if match.group(1) == '"':
            other = parts[0] if len(parts) > 1 else folder
            if other in arrows and other != folder and arrows[other] >= arrows[folder]:
                errors.append(f"{where}{folder} includes {other}, against the arrows")
            elif other in arrows and other != folder and other not in ALONE.get(folder, arrows):
                errors.append(f"{where}{folder} includes {other}, and is to stand by itself")
        elif parts[0] in LIBRARIES and folder not in LIBRARIES[parts[0]]:
            errors.append(f"{where}{parts[0]} is for {', '.join(sorted(LIBRARIES[parts[0]]))} alone")
        elif parts[0] in TOOLKIT and folder in WITHOUT_TOOLKIT:
            errors.append(f"{where}{folder} knows no toolkit")


arrows = read_arrows()
for path in [source / "dev", *files("src", "ui", "tests", "build-aux", ".ci", "data", "po", "help")]:
    if path.suffix in (".png", ".svg", ".iso", ".qcow2"):
        continue
    text = path.read_text(encoding="utf-8", errors="replace")
    if is_code(path, text):
        check_text(path, text)
    if path.suffix in (".c", ".h") and path.is_relative_to(source / "src"):
        check_includes(path, text, arrows)
    if path.suffix == ".ui":
        for word in sorted(set(re.findall(r'(?:class|parent)="(\w+)"', text)) & DEPRECATED):
            errors.append(f"{path.relative_to(source)}: {word} is deprecated")

print("\n".join(errors) or "nothing found")
sys.exit(1 if errors else 0)
