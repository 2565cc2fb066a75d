#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Consoles: Lodge's display beside remote-viewer and gvncviewer, same server, same X server, same run.

CPU of the client and of the X server for a frame, in milliseconds, from the scheduler's nanosecond counters of all
threads. Patterns: c 64x64 at wandering places, t a line of text, q a quarter, f the whole picture.
"""

import argparse
import glob
import os
import statistics
import subprocess
import sys
import tempfile
import time

TESTS = os.path.join(os.environ["DEV_RELEASE"], "tests", "console")
PATTERNS = ("c", "t", "q", "f")
PEERS = {"spice": "remote-viewer", "vnc": "gvncviewer"}
BOUNDS = {"spice": (1.0, 1.0, 1.0, 0.45), "vnc": (1.1, 1.1, 1.0, 1.4)}


def cpu_ms(pid):
    total = 0
    for path in glob.glob(f"/proc/{pid}/task/*/schedstat"):
        try:
            with open(path, encoding="ascii") as stat:
                total += int(stat.read().split()[0])
        except OSError:
            pass
    return total / 1e6


def memory_mib(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        return sum(int(line.split()[1]) for line in rollup if line.startswith(("Private_Clean", "Private_Dirty"))) / 1024


class Server:
    def __init__(self, protocol, width, height, rate):
        self.process = subprocess.Popen([os.path.join(TESTS, "console-bench-server"), protocol, str(width), str(height),
                                         str(rate)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        stderr=subprocess.DEVNULL)
        self.port = int(self.process.stdout.readline())

    def paint(self, pattern):
        self.process.stdin.write(pattern + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)


class Screen:
    """An X server large enough, with a window manager, as the peers wait for one."""

    def __init__(self, width, height):
        read, write = os.pipe()
        self.x = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-noreset",
                                   "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            os.environ["DISPLAY"] = ":" + number.readline().strip()
        self.manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def close(self):
        self.manager.terminate()
        self.x.terminate()
        self.manager.wait()
        self.x.wait()


def command(name, protocol, port, width, height):
    if name == "remote-viewer":
        return ["remote-viewer", f"spice://127.0.0.1:{port}"]
    if name == "gvncviewer":
        return ["gvncviewer", f"127.0.0.1:{port - 5900}"]
    return [os.path.join(TESTS, "console-bench-client"), protocol, str(port), str(width), str(height)]


def wait_for_calm(pid):
    """Until the client has started and has nothing to do"""
    before = cpu_ms(pid)
    for _ in range(60):
        time.sleep(0.5)
        now = cpu_ms(pid)
        if now - before < 2 and now > 50:
            return
        before = now


def measure(screen, protocol, name, width, height, rate, seconds):
    server = Server(protocol, width, height, rate)
    log = tempfile.TemporaryFile()
    client = subprocess.Popen(command(name, protocol, server.port, width, height), stdout=log, stderr=log)
    result = {}
    try:
        wait_for_calm(client.pid)
        start = cpu_ms(client.pid)
        time.sleep(3)
        result["idle"] = (cpu_ms(client.pid) - start) / 3
        for pattern in PATTERNS:
            server.paint(pattern)
            time.sleep(1)
            frames = server.paint(pattern)
            mine, x = cpu_ms(client.pid), cpu_ms(screen.x.pid)
            time.sleep(seconds)
            frames = server.paint(pattern) - frames
            result[pattern] = ((cpu_ms(client.pid) - mine) / frames, (cpu_ms(screen.x.pid) - x) / frames,
                               frames / seconds)
            server.paint("-")
            time.sleep(0.3)
        result["memory"] = memory_mib(client.pid)
    finally:
        client.terminate()
        client.wait()
        server.close()
    return result


def median(results, pattern, i):
    return statistics.median(result[pattern][i] for result in results)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--width", type=int, default=1920)
    parser.add_argument("--height", type=int, default=1080)
    parser.add_argument("--rate", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()

    screen = Screen(args.width + 400, args.height + 300)
    try:
        print(f"{args.width}x{args.height}, {args.rate} frames a second; client ms a frame (X server), medians of "
              f"{args.rounds} rounds")
        print("| | " + " | ".join(PATTERNS) + " | idle ms/s | private MiB |\n|---|---|---|---|---|---|---|")
        for protocol, peer in PEERS.items():
            results = {name: [] for name in (peer, "lodge")}
            for _ in range(args.rounds):
                for name in results:
                    results[name].append(measure(screen, protocol, name, args.width, args.height, args.rate,
                                                 args.seconds))
            for name, list_ in results.items():
                cells = [f"{median(list_, p, 0):.2f} ({median(list_, p, 1):.2f})" for p in PATTERNS]
                idle = statistics.median(r["idle"] for r in list_)
                memory = statistics.median(r["memory"] for r in list_)
                rates = min(median(list_, p, 2) for p in PATTERNS)
                print(f"| {name} ({protocol.upper()}) | {' | '.join(cells)} | {idle:.2f} | {memory:.0f} |")
                if rates < args.rate * 0.9:
                    print(f"(only {rates:.0f} frames a second)")
            ratios = [median(results["lodge"], p, 0) / median(results[peer], p, 0) for p in PATTERNS]
            sums = [sum(median(results["lodge"], p, i) for i in (0, 1)) / sum(median(results[peer], p, i) for i in (0, 1))
                    for p in PATTERNS]
            goals = " / ".join(f"{bound:.2f}" for bound in BOUNDS[protocol])
            print(f"| ratio (with X server) | {' | '.join(f'{r:.2f} ({s:.2f})' for r, s in zip(ratios, sums))} | "
                  f"goal {goals} | |")
            sys.stdout.flush()
    finally:
        screen.close()


main()
