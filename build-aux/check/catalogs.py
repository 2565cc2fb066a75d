#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The translations are complete: nothing untranslated or fuzzy beside catalogs that are made afresh.

Usage: catalogs.py SOURCE

The languages are those of po/LINGUAS and help/LINGUAS.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

source = pathlib.Path(sys.argv[1])
errors = []

# As meson's preset for GLib
XGETTEXT = """xgettext --from-code=UTF-8 --add-comments --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2
    --keyword=g_dcgettext:2 --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3
    --flag=N_:1:pass-c-format --flag=C_:2:pass-c-format --flag=NC_:2:pass-c-format
    --flag=g_dngettext:2:pass-c-format --flag=g_strdup_printf:1:c-format --flag=g_string_printf:2:c-format
    --flag=g_string_append_printf:2:c-format --flag=g_error_new:3:c-format --flag=g_set_error:4:c-format
    --files-from=po/POTFILES.in""".split()


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env=os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": ""}, **options)


def check(catalog, template):
    """@catalog is well-formed, and has each text of @template."""
    name = catalog.relative_to(source)
    if not catalog.exists():
        errors.append(f"{name} is missing")
        return
    result = run(["msgfmt", "--check", "--statistics", "--output-file=/dev/null", str(catalog)])
    if result.returncode or re.search(r"fuzzy|untranslated", result.stdout):
        errors.append(f"{name}: {result.stdout.strip()}")
    result = run(["msgcmp", str(catalog), str(template)])
    if result.returncode:
        errors.append(f"{name}: {result.stdout.strip()}\n"
                      "Put the new texts into it (msgmerge with a fresh template), and translate them.")


with tempfile.TemporaryDirectory() as folder:
    template = pathlib.Path(folder, "lodge.pot")
    result = run([*XGETTEXT, f"--output={template}"], cwd=source)
    if result.returncode:
        sys.exit(result.stdout)
    for language in (source / "po/LINGUAS").read_text().split():
        check(source / f"po/{language}.po", template)

    template = pathlib.Path(folder, "lodge-help.pot")
    pages = sorted(path.name for path in (source / "help/C").glob("*.page"))
    result = run(["itstool", f"--output={template}", *pages], cwd=source / "help/C")
    if result.returncode:
        sys.exit(result.stdout)
    for language in (source / "help/LINGUAS").read_text().split():
        check(source / f"help/{language}/{language}.po", template)

print("\n".join(errors) or "complete")
sys.exit(1 if errors else 0)
