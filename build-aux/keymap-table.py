#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the table of src/console/lodge-keymap.c from the measured key map.

Usage: keymap-table.py lodge-keymap.tsv lodge-keymap-table.h
Entry n is the XT number of evdev code n, 0x100 added for E0 keys, 0 for keys that no guest gets.
"""

import csv
import sys


def main(source, target):
    table = [0] * 256
    names = [""] * 256
    with open(source, encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            code = int(row["evdev code"])
            names[code] = row["evdev name"]
            reached = "yes" in (row["reaches PS/2 guest"], row["reaches virtio-keyboard"])
            if reached and row["XT code hex"] != "-":
                table[code] = int(row["XT code hex"], 16) | (0x100 if row["E0"] == "yes" else 0)

    with open(target, "w", encoding="utf-8") as stream:
        stream.write("/* Made by build-aux/keymap-table.py, do not edit */\n")
        stream.write("static const guint16 xt_codes[256] = {\n")
        for code, xt in enumerate(table):
            if xt:
                stream.write(f"  [{code}] = 0x{xt:03x}, /* {names[code]} */\n")
        stream.write("};\n")


main(*sys.argv[1:])
