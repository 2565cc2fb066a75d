#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts of many machines: what opening them, living with them and losing them costs Lodge, beside its goals. Each case is
a process of its own, lodge-bench-fleet, which measures itself from the inside.

    bench-fleet.py [CASE…]     all cases, or those (./dev bench fleet CASE…)
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from host import CountingRelay, Daemon, FullHost, write_host_file        # noqa: E402

PROGRAM = os.path.join(os.environ["DEV_RELEASE"], "tests", "lodge-bench-fleet")
RUNS = 5


def make_home():
    return tempfile.mkdtemp(prefix="lodge-bench-home-")


def run(case, machines, uri, home=None):
    """One process of the program; its measurement."""
    home = home or make_home()
    env = dict(os.environ, HOME=home, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home, XDG_DATA_HOME=home,
               XDG_STATE_HOME=home, GSETTINGS_BACKEND="keyfile", LANG="C.UTF-8", GDK_BACKEND="x11",
               ADW_DISABLE_PORTAL="1", LODGE_BENCH_START=str(time.monotonic_ns()))
    # The program chooses its renderer by itself
    env.pop("GSK_RENDERER", None)
    output = subprocess.run([PROGRAM, case, str(machines), uri], env=env, check=True, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, timeout=120).stdout
    result = json.loads(output)
    print(f"# {case} {machines}: {result}", file=sys.stderr, flush=True)
    return result


def medians(results):
    return {key: statistics.median(r[key] for r in results) for key in results[0]}


class Bench:
    """The hosts of a run, and the rows of its table."""

    def __init__(self):
        self.daemon = Daemon()
        self.files = {}

    def file_uri(self, machines, port=None):
        """A host that this connection has to itself."""
        if machines not in self.files:
            self.files[machines] = os.path.join(self.daemon.folder, f"host-{machines}.xml")
            write_host_file(self.files[machines], machines)
        return f"test+tcp://127.0.0.1:{port or self.daemon.port}{self.files[machines]}"

    def shared_uri(self):
        """A host that all who open it share; it is gone with the last of them."""
        return f"test+tcp://127.0.0.1:{self.daemon.port}/default"

    @staticmethod
    def report(what, measured, goal):
        print(f"| {what} | {measured} | {goal} |", flush=True)


def bare_library(uri):
    """What libvirt's own client needs to open a host and list its machines: the daemon's share of the time (ms)."""
    start = time.monotonic()
    subprocess.run(["virsh", "-q", "-c", uri, "list", "--all", "--name"], check=True, stdout=subprocess.DEVNULL)
    return (time.monotonic() - start) * 1000


def open_case(bench):
    own = None
    for machines in (1, 1000, 10000):
        with FullHost(bench.daemon, machines) as host:
            bare = statistics.median(bare_library(host.uri) for _ in range(RUNS))
            r = medians([run("open", machines, host.uri) for _ in range(RUNS)])
        own = own or r
        more = "" if machines == 1 else (f"; beyond one machine: {r['cpu'] - own['cpu']:.0f} ms CPU, "
                                         f"{(r['private'] - own['private']) / machines:.2f} KiB a machine")
        goal = {1: "", 1000: "100 ms CPU, 6 MiB more", 10000: "400 ms CPU, 3 KiB a machine more; 1200 ms wall"}
        bench.report(f"{machines} machines: all rows painted", f"{r['cpu']:.0f} ms CPU ({r['settled']:.0f} three "
                     f"seconds later), {r['wall']:.0f} ms wall (virsh list: {bare:.0f}), "
                     f"{r['private'] / 1024:.1f} MiB{more}", goal[machines])


def calls_case(bench):
    for machines in (1, 1000, 10000):
        relay = CountingRelay(bench.daemon.port)
        run("open", machines, bench.file_uri(machines, relay.port))
        print(f"# calls: {sorted(relay.by_procedure.items())}", file=sys.stderr)
        bench.report(f"{machines} machines: RPC calls in the first three seconds", relay.calls, "25")
        relay.close()


def cache_case(bench):
    """A host that accepts and never answers: what is seen comes from the disk."""
    for machines in (1000, 10000):
        results = []
        home = make_home()
        # Another port is another host: the relay's, while it answers
        relay = CountingRelay(bench.daemon.port)
        uri = bench.file_uri(machines, relay.port)
        run("remember", machines, uri, home)
        relay.close()
        with socket.socket() as hole:
            hole.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            hole.bind(("127.0.0.1", relay.port))
            hole.listen(16)
            for _ in range(RUNS):
                results.append(run("open", machines, uri, home))
        r = medians(results)
        bench.report(f"{machines} machines: painted from the disk, after exec", f"{r['wall']:.0f} ms "
                     f"({r['cpu']:.0f} ms CPU)", "350 ms")


def change_case(bench):
    for machines in (100, 1000):
        r = run("change", machines, bench.shared_uri())
        bench.report(f"{machines} machines: another's change to its painted row", f"{r['wall']:.0f} ms", "50 ms")


def idle_case(bench):
    for machines in (1000, 10000):
        r = run("idle", machines, bench.file_uri(machines))
        bench.report(f"{machines} machines: longest gap of the main loop at rest, with live statistics",
                     f"{r['gap']:.1f} ms ({r['cpu']:.0f} ms CPU a minute)", "16 ms")


def storm_case(bench):
    r = run("storm", 1000, bench.shared_uri())
    bench.report("1000 machines: longest gap in a storm of 4000 events", f"{r['gap']:.1f} ms ({r['cpu']:.0f} ms CPU in "
                 f"{r['wall']:.0f} ms)", "60 ms")


def thirty_case(bench):
    r = medians([run("thirty", 333, bench.file_uri(333)) for _ in range(RUNS)])
    bench.report("30 hosts × 333 machines, three of them unreachable: all other rows painted",
                 f"{r['wall']:.0f} ms ({r['cpu']:.0f} ms CPU, longest gap {r['gap']:.0f} ms)", "3000 ms")
    bench.report("the same: a machine of a host beside them paused, to the painted row",
                 f"{r['beside']:.0f} ms (alone {r['change']:.0f}), longest gap {r['beside_gap']:.0f} ms", "as alone")


def far_case(bench):
    r = medians([run("far", 100, bench.file_uri(100)) for _ in range(RUNS)])
    bench.report("100 machines at 50 ms round trip: all rows painted after opening", f"{r['wall']:.0f} ms", "600 ms")


def window_case(bench):
    r = medians([run("window", 100, bench.file_uri(100)) for _ in range(RUNS)])
    bench.report("a machine's window at 50 ms round trip: longest gap", f"{r['far']:.1f} ms (near {r['near']:.1f}, "
                 f"the first one of the run {r['first']:.1f})", "16 ms")


CASES = {
    "open": open_case,
    "calls": calls_case,
    "cache": cache_case,
    "change": change_case,
    "idle": idle_case,
    "storm": storm_case,
    "thirty": thirty_case,
    "far": far_case,
    "window": window_case,
}


def main():
    names = sys.argv[1:] or CASES
    bench = Bench()
    try:
        print("| case | measured | goal |\n|---|---|---|", flush=True)
        for name in names:
            CASES[name](bench)
    finally:
        bench.daemon.stop()


if __name__ == "__main__":
    main()
