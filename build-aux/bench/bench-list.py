#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opening a host of 1, 1000 and 10 000 machines: Lodge, beside virt-manager with 1000, in the same root and run.

For each program: wall time from exec until every machine is in the list (asked of the program through AT-SPI); in runs
that nobody asks anything, as questions cost the program CPU, the CPU after that time and three seconds later, private
memory, and CPU in a minute of rest. Medians. Then what a key of the search, a reading of
statistics and a new order cost in the list itself: lodge-bench-list, without a bus or a daemon.
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import gi                                                      # noqa: E402
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi                                # noqa: E402
from host import CountingRelay, Daemon, write_host_file        # noqa: E402

def cpu_seconds(pid):
    """Of all threads, also those that have ended: the process's CPU clock (CPUCLOCK_SCHED of the kernel)."""
    return time.clock_gettime((~pid << 3) | 2)


def private_mib(pid):
    total = 0
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        for line in rollup:
            if line.startswith(("Private_Clean", "Private_Dirty")):
                total += int(line.split()[1])
    return total / 1024


def find_application(pid):
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for i in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(i)
        if child is not None and child.get_process_id() == pid:
            return child
    return None


def walk(node, depth=0):
    if node is None or depth > 40:
        return
    yield node
    try:
        # A table's rows are not walked: their number is all that is wanted
        if node.get_role() in (Atspi.Role.TREE_TABLE, Atspi.Role.TABLE):
            return
        count = min(node.get_child_count(), 200)
    except Exception:                                          # pylint: disable=broad-except
        return
    for i in range(count):
        try:
            child = node.get_child_at_index(i)
        except Exception:                                      # pylint: disable=broad-except
            continue
        yield from walk(child, depth + 1)


class Probe:
    """Whether a program lists n machines; finds its node once, then asks only that."""

    def __init__(self, pid, n, find, ask):
        self.pid, self.n, self.find, self.ask = pid, n, find, ask
        self.node = None

    def done(self):
        try:
            if self.node is None:
                app = find_application(self.pid)
                if app is None:
                    return False
                app.clear_cache()
                for node in walk(app):
                    if self.find(node):
                        self.node = node
                        break
            if self.node is None:
                return False
            self.node.clear_cache_single()
            return self.ask(self.node, self.n)
        except Exception:                                      # pylint: disable=broad-except
            self.node = None
            return False


def lodge_find(node):
    return (node.get_role() in (Atspi.Role.LABEL, Atspi.Role.STATUS_BAR)
            and " machine" in (node.get_name() or ""))


def lodge_ask(node, n):
    name = node.get_name() or ""
    return name.replace(",", "").startswith(f"{n} machine") or name.startswith("1 machine") and n == 1


def peer_find(node):
    return node.get_role() == Atspi.Role.TREE_TABLE


def peer_ask(node, n):
    # One row a connection and one a machine
    return node.get_table_iface().get_n_rows() >= n


PROGRAMS = {
    "lodge": (["lodge", "--connect"], lodge_find, lodge_ask),
    "virt-manager": (["virt-manager", "--no-fork", "--connect"], peer_find, peer_ask),
}


class Run:
    """One program, started on a host in a home of its own."""

    def __init__(self, name, uri):
        self.name = name
        home = tempfile.mkdtemp(prefix="lodge-bench-home-")
        env = dict(os.environ, HOME=home, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home,
                   XDG_DATA_HOME=home, GSETTINGS_BACKEND="memory", LANG="C.UTF-8", GDK_BACKEND="x11",
                   ADW_DISABLE_PORTAL="1")
        self.log = os.path.join(home, "log")
        self.start = time.monotonic()
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(PROGRAMS[name][0] + [uri], env=env, stdout=log, stderr=log)
        self.pid = self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def check(self):
        if self.process.poll() is not None:
            with open(self.log, encoding="utf-8") as log:
                raise RuntimeError(f"{self.name} ended: {log.read()}")

    def sleep_until(self, age):
        time.sleep(max(0, self.start + age - time.monotonic()))
        self.check()


def measure_wall(name, uri, n):
    _command, find, ask = PROGRAMS[name]
    with Run(name, uri) as run:
        probe = Probe(run.pid, n, find, ask)
        while not probe.done():
            run.check()
            if time.monotonic() - run.start > 120:
                raise RuntimeError(f"{name} does not list {n} machines within 120 s")
            time.sleep(0.02)
        return time.monotonic() - run.start


def measure_costs(name, uri, wall, rest):
    with Run(name, uri) as run:
        run.sleep_until(wall)
        result = {"cpu": cpu_seconds(run.pid)}
        run.sleep_until(wall + 3)
        result["settled"] = cpu_seconds(run.pid)
        result["memory"] = private_mib(run.pid)
        if rest:
            before = cpu_seconds(run.pid)
            run.sleep_until(wall + 3 + rest)
            result["idle"] = (cpu_seconds(run.pid) - before) * 60 / rest
        return result


def median(results, key):
    values = [r[key] for r in results if key in r]
    return statistics.median(values) if values else float("nan")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rest", type=int, default=30, help="seconds of rest that are measured")
    parser.add_argument("--machines", type=int, nargs="+", default=[1, 1000, 10000])
    parser.add_argument("--peer-machines", type=int, default=1000)
    parser.add_argument("--no-peer", action="store_true")
    args = parser.parse_args()

    daemon = Daemon()
    rows = []
    try:
        files = {}
        for n in sorted({*args.machines, args.peer_machines}):
            files[n] = os.path.join(daemon.folder, f"host-{n}.xml")
            write_host_file(files[n], n)
        cases = [("lodge", n) for n in args.machines]
        if not args.no_peer:
            cases.append(("virt-manager", args.peer_machines))
        for name, n in cases:
            uri = f"test+tcp://127.0.0.1:{daemon.port}{files[n]}"
            walls = [measure_wall(name, uri, n) for _ in range(args.runs)]
            print(f"# {name} {n}: listed after {walls}", file=sys.stderr, flush=True)
            wall = statistics.median(walls)
            results = []
            for run in range(args.runs):
                results.append(measure_costs(name, uri, wall, args.rest if run == 0 else 0))
                print(f"# {name} {n}: {results[-1]}", file=sys.stderr, flush=True)
            rows.append((name, n, wall, results))
        calls = {}
        for n in args.machines:
            relay = CountingRelay(daemon.port)
            measure_costs("lodge", f"test+tcp://127.0.0.1:{relay.port}{files[n]}", 5, 0)
            calls[n] = relay.calls
            print(f"# calls with {n}: {sorted(relay.by_procedure.items())}", file=sys.stderr)
            relay.close()
    finally:
        daemon.stop()

    print("| program | machines | CPU until listed | CPU 3 s later | wall | private memory "
          "| CPU a minute at rest |")
    print("|---|---|---|---|---|---|---|")
    for name, n, wall, results in rows:
        print(f"| {name} | {n} | {median(results, 'cpu'):.2f} s | {median(results, 'settled'):.2f} s "
              f"| {wall:.2f} s | {median(results, 'memory'):.0f} MiB "
              f"| {median(results, 'idle'):.2f} s |")
    print()
    print("RPC calls of Lodge in the first seconds: "
          + ", ".join(f"{calls[n]} with {n} machines" for n in calls))
    print(flush=True)
    for n in args.machines:
        program = os.path.join(os.environ["DEV_RELEASE"], "tests", "lodge-bench-list")
        subprocess.run([program, str(n)], check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
