# SPDX-License-Identifier: GPL-3.0-or-later
"""A mock host for the benchmarks: a private libvirtd with the test driver on loopback TCP,
and a relay in front of it that counts the RPC calls of a client."""

import os
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time

DOMAIN = """<domain type='test'>
  <name>{name}</name>
  <uuid>{uuid}</uuid>
  <memory unit='KiB'>2097152</memory>
  <vcpu>2</vcpu>
  <os><type arch='i686'>hvm</type><boot dev='hd'/></os>
  <devices>
    <disk type='file' device='disk'>
      <source file='/images/{name}.img'/><target dev='vda' bus='virtio'/>
    </disk>
    <interface type='network'>
      <mac address='52:54:00:{a:02x}:{b:02x}:{c:02x}'/>
      <source network='default'/><model type='virtio'/>
    </interface>
    <graphics type='vnc' port='-1'/>
  </devices>
  <test:runstate xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>{state}</test:runstate>
</domain>
"""

NETWORK = """  <network>
    <name>default</name><bridge name='virbr0'/><forward/>
    <ip address='192.168.122.1' netmask='255.255.255.0'/>
  </network>
"""


def write_host_file(path, n_domains):
    """A node file with n_domains machines, every second one running."""
    with open(path, "w", encoding="utf-8") as out:
        out.write("<node>\n" + NETWORK)
        for i in range(n_domains):
            out.write(DOMAIN.format(
                name=f"machine-{i:05}", a=(i >> 16) & 255, b=(i >> 8) & 255, c=i & 255,
                uuid=f"8f3c1c3e-0000-4000-8000-{i:012x}", state=1 if i % 2 == 0 else 5))
        out.write("</node>\n")


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Daemon:
    """libvirtd, listening on 127.0.0.1 only, with all of its folders private."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="lodge-bench-")
        os.chmod(self.folder, 0o755)
        self.port = free_port()
        config = os.path.join(self.folder, "libvirtd.conf")
        with open(config, "w", encoding="utf-8") as out:
            out.write(f'listen_tls = 0\nlisten_tcp = 1\ntcp_port = "{self.port}"\n'
                      'listen_addr = "127.0.0.1"\nauth_tcp = "none"\nauth_unix_rw = "none"\n'
                      f'unix_sock_dir = "{self.folder}"\nlog_level = 4\n'
                      'max_clients = 100\nmax_client_requests = 5\n')
        env = dict(os.environ, HOME=self.folder, XDG_RUNTIME_DIR=self.folder,
                   XDG_CONFIG_HOME=self.folder, XDG_CACHE_HOME=self.folder,
                   XDG_DATA_HOME=self.folder)
        self.process = subprocess.Popen(
            ["libvirtd", "--config", config, "--listen",
             "--pid-file", os.path.join(self.folder, "libvirtd.pid")],
            env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("libvirtd does not listen")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class FullHost:
    """The shared host of a daemon with machines, every second one running, for as long as this is open. A host of a file
    is read by the daemon for each client that opens it, which with many machines takes longer than all that follows."""

    def __init__(self, daemon, n_machines):
        self.uri = f"test+tcp://127.0.0.1:{daemon.port}/default"
        # (With -q an answer does not end its line)
        self.virsh = subprocess.Popen(["virsh", "-c", self.uri], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, text=True, env=dict(os.environ, TERM="dumb"))
        commands = []
        # It has one machine of its own
        for i in range(1, n_machines):
            name = f"machine-{i:05}"
            path = os.path.join(daemon.folder, f"{name}.xml")
            with open(path, "w", encoding="utf-8") as out:
                out.write(DOMAIN.format(name=name, a=(i >> 16) & 255, b=(i >> 8) & 255, c=i & 255,
                                        uuid=f"8f3c1c3e-0000-4000-8000-{i:012x}", state=5))
            commands.append(f"define {path}")
            if i % 2 == 0:
                commands.append(f"start {name}")
        commands.append("echo all-defined\n")
        threading.Thread(target=self._write, args=("\n".join(commands),), daemon=True).start()
        for line in self.virsh.stdout:
            if line.startswith("error:"):
                raise RuntimeError(line)
            if line.strip() == "all-defined":
                return
        raise RuntimeError("virsh has ended")

    def _write(self, text):
        # The answers are read meanwhile, so that neither side waits for a full pipe
        self.virsh.stdin.write(text)
        self.virsh.stdin.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.virsh.stdin.close()
        self.virsh.wait()


class CountingRelay:
    """Forwards one port to another and counts the calls (type 0 messages) of the clients."""

    def __init__(self, port):
        self.target = port
        self.calls = 0
        self.by_procedure = {}
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(16)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            threading.Thread(target=self._pump, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, False), daemon=True).start()

    def _pump(self, source, sink, count):
        data = b""
        while True:
            try:
                chunk = source.recv(65536)
            except OSError:
                chunk = b""
            if not chunk:
                for sock in (source, sink):
                    try:
                        sock.shutdown(socket.SHUT_RDWR)
                    except OSError:
                        pass
                return
            sink.sendall(chunk)
            if not count:
                continue
            data += chunk
            while len(data) >= 28:
                length, program, _, procedure, kind = struct.unpack(">IIIiI", data[:20])
                if len(data) < length:
                    break
                if kind == 0 and program == 0x20008086:
                    self.calls += 1
                    self.by_procedure[procedure] = self.by_procedure.get(procedure, 0) + 1
                data = data[length:]

    def close(self):
        # Closing alone does not wake the thread that accepts, and so the port would stay taken
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
