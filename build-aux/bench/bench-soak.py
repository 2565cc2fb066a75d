#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Half an hour, or as many minutes as are named, of changes on 2000 machines of four hosts that break down and come back.

Fails when a list is not what `virsh list --all` says, a call does not end, the program grows, or anything is critical.
"""

import argparse
import os
import subprocess
import sys


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minutes", type=int, nargs="?", default=30)
    parser.add_argument("--seed", type=int, default=0, help="of a run that is to be repeated")
    args = parser.parse_args()

    program = os.path.join(os.environ["DEV_RELEASE"], "tests", "soak", "lodge-soak")
    command = [program, "--hosts", "4", "--domains", "2000", "--rest", "1000", "--minutes", str(args.minutes)]
    if args.seed:
        command += ["--seed", str(args.seed)]
    sys.exit(subprocess.run(command, env=dict(os.environ, G_DEBUG="fatal-criticals")).returncode)


if __name__ == "__main__":
    main()
