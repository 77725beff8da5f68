"""Real servers on free ports, asked in turns, so that a busy hour is the same for all of them."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

CLIENTS = 16
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
TICK = os.sysconf("SC_CLK_TCK")
HELLO = """
from litestar import Litestar, get

@get("/")
async def hello() -> str:
    return "hello"

app = Litestar([hello], openapi_config=None)
"""
"""The bare page that every figure is a share of: H."""


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@dataclass
class Server:
    """One process that answers HTTP, and the processes it starts."""

    command: Sequence[str]
    folder: str
    env: Mapping[str, str] | None = None
    port: int = field(default_factory=free_port)
    seconds: float = 0.0
    """From the start to the first answer."""

    def __enter__(self) -> "Server":
        began = time.perf_counter()
        command = [part.replace("PORT", str(self.port)) for part in self.command]
        self.process = subprocess.Popen(command, cwd=self.folder, env=self.env)
        while not self._answers():
            if self.process.poll() is not None or time.perf_counter() - began > 60:
                self.process.kill()
                raise SystemExit(f"{' '.join(command)} did not start.")
            time.sleep(0.005)
        self.seconds = time.perf_counter() - began
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(30)

    def _answers(self) -> bool:
        try:
            self.get("/healthz")
        except OSError:
            return False
        return True

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict, bytes]:
        """(status, headers in small letters, body)."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            asked.request("GET", path, headers=dict(headers or {}))
            answer = asked.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            asked.close()

    def processor(self) -> float:
        """Seconds of processor it has used: they say more than the clock on a busy machine."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK


def hello(folder: str) -> Server:
    Path(folder, "bare.py").write_text(HELLO)
    command = [sys.executable, "-m", "uvicorn", "bare:app", "--port", "PORT"]
    return Server([*command, "--no-access-log", "--log-level", "warning"], folder)


def site(folder: str) -> Server:
    """`scrutiny serve`, as anybody would run it."""
    command = [sys.executable, "-m", "scrutiny", "serve", "--port", "PORT"]
    return Server(command, folder, environment(folder))


def environment(folder: str) -> dict[str, str]:
    """Settings for one database in one folder, whatever else is set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SCRUTINY_")}
    return {**kept, "SCRUTINY_DATA_DIR": folder}


@dataclass
class Asked:
    """One address that wrk asks for, again and again, and what came of each round."""

    server: Server
    path: str = "/"
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    a_second: list[float] = field(default_factory=list)
    processor_ms: list[float] = field(default_factory=list)

    def warm(self) -> None:
        for _ in range(20):
            found = self.server.get(self.path, self.headers)[0]
            if found != self.status:
                raise SystemExit(f"{self.path} answers {found}, not {self.status}.")

    def round(self) -> None:
        before = self.server.processor()
        count, took = wrk(f"http://127.0.0.1:{self.server.port}{self.path}", self.headers)
        self.a_second.append(count / took)
        self.processor_ms.append((self.server.processor() - before) / count * 1000)

    @property
    def rate(self) -> float:
        return median(self.a_second)

    @property
    def ms(self) -> float:
        return median(self.processor_ms)


def wrk(url: str, headers: Mapping[str, str]) -> tuple[int, float]:
    """(answers, seconds); an answer that is no success ends the run."""
    more = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{SECONDS:.0f}s", *more, url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    count, took, unit = re.search(r"(\d+) requests in ([\d.]+)(m?s)", said).groups()
    return int(count), float(took) / (1000 if unit == "ms" else 1)


def in_turns(*asked: Asked) -> None:
    """Warm each, then ask all of them in turns, round after round."""
    for one in asked:
        one.warm()
    for _ in range(ROUNDS):
        for one in asked:
            one.round()
