#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints every widget of a running program that takes the keyboard focus and has no name for a screen reader.

Usage: audit-names.py PID

Seen from outside, through AT-SPI, as a screen reader does: what GTK derives from labels inside a control counts.
"""
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# Panes that take the focus only to be scrolled, and containers whose children have the names
CONTAINERS = {"scroll pane", "viewport", "panel", "filler", "table", "list", "tree table", "window", "frame",
              "application", "menu", "popup menu", "menu bar", "page tab list", "terminal", "drawing area"}
# Items of GTK's menus: their label is there, but hidden from the tree
UNNAMED_BY_GTK = {"menu item", "check menu item", "radio menu item"}
PATIENCE = 60


def find_application(pid):
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(i)
        if child is not None and child.get_process_id() == pid:
            return child
    return None


def walk(node, path, found, seen):
    if node is None:
        return
    states = node.get_state_set()
    role = node.get_role_name()
    name = node.get_name() or ""
    seen[0] += 1
    if (states.contains(Atspi.StateType.FOCUSABLE) and states.contains(Atspi.StateType.SHOWING)
            and not name.strip() and role not in CONTAINERS and role not in UNNAMED_BY_GTK):
        found.append(" › ".join(path[-6:] + [role]))
    # The list of choices of a combo row: its labels are libadwaita's
    if role == "combo box":
        return
    for i in range(node.get_child_count()):
        walk(node.get_child_at_index(i), path + [f"{role} “{name[:30]}”" if name else role], found, seen)


def main():
    pid = int(sys.argv[1])
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        application = find_application(pid)
        if application is not None and application.get_child_count() > 0:
            break
        time.sleep(0.1)
    else:
        print("the program is not on the accessibility bus")
        return 2
    for _ in range(5):
        found, seen = [], [0]
        try:
            application.clear_cache()
            walk(application, [], found, seen)
            break
        except GLib.Error:
            # The tree changed under us
            time.sleep(0.2)
    else:
        print("the tree does not come to rest")
        return 2
    print("\n".join(found) if found else f"{seen[0]} nodes")
    return 1 if found else 0


sys.exit(main())
