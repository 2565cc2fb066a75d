#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The three places that say what Lodge needs agree: meson.build, flatpak/ and ./dev's list for native builds.

Usage: packaging.py SOURCE BUILD

The manifest is read as far as that is possible without its tools: names, ids, that each source is
pinned, that each permission has a reason, and that every library of meson.build is in GNOME's
runtime or is a module.
"""
import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

source, build = map(pathlib.Path, sys.argv[1:3])
errors = []

# pkg-config name: the module of the manifest; None: the runtime has it
PROVIDERS = {
    "gio-2.0": None, "gio-unix-2.0": None, "glib-2.0": None, "gobject-2.0": None, "gmodule-2.0": None,
    "gtk4": None, "gtk4-unix-print": None, "gtk4-wayland": None, "gtk4-x11": None, "gtksourceview-5": None,
    "json-glib-1.0": None, "libadwaita-1": None, "libarchive": None, "libsecret-1": None, "libsoup-3.0": None,
    "libxml-2.0": None, "wayland-client": None, "x11": None, "xi": None,
    "gvnc-1.0": "gtk-vnc", "libosinfo-1.0": "libosinfo", "libportal": "libportal", "libportal-gtk4": "libportal",
    "libvirt": "libvirt", "libvirt-glib-1.0": "libvirt-glib", "spice-client-glib-2.0": "spice-gtk",
    "spice-protocol": "spice-protocol", "vte-2.91-gtk4": "vte",
}
# Libraries of the tests alone
OF_TESTS = {"spice-server"}
# What a module needs that the runtime lacks
NEEDS = {
    "libvirt": ["libtirpc", "rpcsvc-proto", "json-c", "libssh2"],
    "libvirt-glib": ["libvirt"],
    "libosinfo": ["osinfo-db", "hwids"],
    "osinfo-db": ["osinfo-db-tools"],
    "spice-gtk": ["spice-protocol", "usbredir", "phodav", "python-pyparsing"],
    "usbredir": ["libusb"],
    "vte": ["fast_float", "simdutf"],
}
# Of these the program has no other use
SILENT = {"share=ipc", "socket=wayland"}


def check_manifest():
    manifest = json.loads((source / "flatpak/org.lodgevm.Lodge.json").read_text())
    for key, value in (("id", "org.lodgevm.Lodge"), ("command", "lodge"), ("runtime", "org.gnome.Platform"),
                       ("sdk", "org.gnome.Sdk")):
        if manifest.get(key) != value:
            errors.append(f"flatpak: {key} is not {value}")
    if not re.fullmatch(r"\d+", manifest.get("runtime-version", "")):
        errors.append("flatpak: the runtime has no version")

    reasons = " ".join(manifest["x-reasons"])
    for argument in manifest["finish-args"]:
        permission = argument.removeprefix("--")
        if permission not in SILENT and permission.partition("=")[2] not in reasons:
            errors.append(f"flatpak: no reason for {argument}")
        if re.search(r"=(host|home)(:|$)|device=all|own-name|socket=(system|session)-bus", argument):
            errors.append(f"flatpak: {argument} is more than Lodge needs")

    names = [module["name"] for module in manifest["modules"]]
    if len(names) != len(set(names)):
        errors.append("flatpak: a module stands twice")
    if names[-1] != "lodge":
        errors.append("flatpak: lodge is not the last module")
    for module in manifest["modules"]:
        for kind in module["sources"]:
            if kind["type"] in ("archive", "file"):
                if not re.fullmatch(r"[0-9a-f]{64}", kind.get("sha256", "")) or not kind["url"].startswith("https://"):
                    errors.append(f"flatpak: {module['name']}: an archive without https and sha256")
            elif kind["type"] == "git" and not (kind.get("tag") or kind.get("commit")):
                errors.append(f"flatpak: {module['name']}: git without a tag")
        for needed in NEEDS.get(module["name"], []):
            if needed not in names[:names.index(module["name"])]:
                errors.append(f"flatpak: {module['name']} needs {needed} before it")
    return names


def check_native(found):
    script = source / "build-aux/dev/native.sh"
    table = subprocess.run(["bash", "-c", f". '{script}'; dev_native_modules"], stdout=subprocess.PIPE, text=True,
                           check=True).stdout
    native = {line.split()[0]: line.split()[1] for line in table.splitlines()}
    for name, version in found.items():
        if native.get(name) != version:
            errors.append(f"build-aux/dev/native.sh: {name} {version} is not in the table")
    for name in sorted(native.keys() - found.keys()):
        errors.append(f"build-aux/dev/native.sh: {name} is not in meson.build")


def check_desktop():
    """What software centers and menus show: the entry, and the metainfo with pictures that are there."""
    entry = dict(re.findall(r"^(\w+)=(.*)$", (source / "data/org.lodgevm.Lodge.desktop.in").read_text(), re.M))
    for key in ("Name", "GenericName", "Comment", "Icon", "Exec"):
        if not entry.get(key):
            errors.append(f"the desktop entry has no {key}")
    for word in ("virtualization", "libvirt", "vm", "qemu", "xen", "lxc", "kvm"):
        if word not in entry["Keywords"].split(";"):
            errors.append(f"the desktop entry lacks the keyword {word}")
    if not {"System", "Emulator"} <= set(entry["Categories"].split(";")):
        errors.append("the desktop entry is not in System and Emulator")

    root = ElementTree.parse(source / "data/org.lodgevm.Lodge.metainfo.xml.in").getroot()
    for tag in ("summary", "description", "releases/release", "keywords/keyword", "content_rating", "branding/color"):
        if root.find(tag) is None:
            errors.append(f"the metainfo has no {tag}")
    if root.findtext("translation") != "lodge":
        errors.append("the metainfo names no translations")
    images = root.findall("screenshots/screenshot/image")
    if len(images) < 3:
        errors.append("the metainfo has fewer than three pictures")
    for image in images:
        picture = source / "docs/screenshots" / image.text.rpartition("/")[2]
        header = picture.read_bytes()[:24] if picture.exists() else b""
        size = tuple(int.from_bytes(header[i:i + 4], "big") for i in (16, 20))
        if size != (int(image.get("width")), int(image.get("height"))):
            errors.append(f"{picture.relative_to(source)} is not {image.get('width')} × {image.get('height')}")


modules = check_manifest()
check_desktop()
found = {}
# What meson.build asks for, not what this computer happens to have
for dependency in json.loads((build / "meson-info/intro-dependencies.json").read_text()):
    name = dependency["meson_variables"] and dependency["name"]
    if not name or dependency["type"] != "pkgconfig":
        continue
    if name in OF_TESTS:
        continue
    if name not in PROVIDERS:
        errors.append(f"build-aux/check/packaging.py: what provides {name} in the Flatpak?")
    elif PROVIDERS[name] and PROVIDERS[name] not in modules:
        errors.append(f"flatpak: no module {PROVIDERS[name]} for {name}")
text = (source / "meson.build").read_text()
variables = dict(re.findall(r"^(\w+_req) = '>= ([\d.]+)'$", text, re.M))
for name, version in re.findall(r"dependency\('([^']+)', version: (?:'>= ([\d.]+)'|\w+)\)", text):
    found[name] = version
for name, variable in re.findall(r"dependency\('([^']+)', version: (\w+_req)\)", text):
    found[name] = variables[variable]
check_native(found)

print("\n".join(errors) or f"{len(modules)} modules, {len(found)} libraries")
sys.exit(1 if errors else 0)
