"""Sending files as a browser does, part after part, and what then lies in the data folder."""

from pathlib import Path

from conftest import run
from databases import bytes_of

from scrutiny.concerns.evidence import shelf
from scrutiny.concerns.evidence.tables import Evidence
from scrutiny.kit.settings import settings
from scrutiny.kit.tokens import receipt_code

NEW = "/lambeth/concerns/new/evidence"
BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
MULTIPART = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}


def called(content: bytes | None) -> str:
    """A name that promises no more than there is in it."""
    is_text = content is not None and content.isascii() and b"\0" not in content
    return "note.txt" if is_text else "IMG_0412.JPG"


def form(content: bytes | None, fields: dict[str, str], name: str = "") -> bytes:
    """A form with its fields in their order, and the file at its end."""
    made, name = b"", name or called(content)
    for key, value in fields.items():
        made += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n'.encode()
        made += value.encode() + b"\r\n"
    if content is not None:
        made += (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        made += content + b"\r\n"
    return made + f"--{BOUNDARY}--\r\n".encode()


def new_code() -> str:
    return receipt_code()


def send(browser, content, code="", path=NEW, police="no", name="", **how):
    """The answer to one file. The token comes first for whoever is signed in, as on our pages."""
    token = {"_csrf": browser.token()} if browser.token() else {}
    fields = token | {"code": code or new_code(), "police": police}
    body = form(content, {name: one for name, one in fields.items() if one}, name)
    headers = MULTIPART | how.pop("headers", {})
    return browser._ask("POST", path, content=body, headers=headers, **how)


def lying() -> list[Path]:
    """Every file in the evidence folder, whole or not."""
    return sorted(path for path in shelf.folder().rglob("*") if path.is_file())


def kept() -> list[Evidence]:
    return run(Evidence.objects().order_by(Evidence.number).run())


def everywhere(*words: bytes) -> list[tuple[Path, bytes]]:
    """Where in the data folder, or in the databases, one of these can be read in clear."""
    found = []
    folders = {settings().data_dir, Path(settings().database_url.removeprefix("sqlite:///")).parent}
    for folder in folders:
        for path in folder.rglob("*") if folder.is_dir() else ():
            if path.is_file():
                content = bytes_of(path)
                found += [(path, word) for word in words if word in content]
    return found
