"""What must be so before residents use a site."""

import stat

from scrutiny.commands import signing_keys
from scrutiny.commands.running import ready
from scrutiny.concerns.evidence.scanning import answers
from scrutiny.kit import pdf
from scrutiny.kit.errors import NotNow
from scrutiny.kit.seal import read_keys
from scrutiny.kit.settings import LOOPBACK, BadSetting, Settings, settings


def faults(found: Settings) -> list[str]:
    """What is wrong with the settings for real use, in sentences."""
    wrong = []
    if not found.secure:
        wrong.append("SCRUTINY_BASE_URL must begin with https://.")
    if found.host in LOOPBACK:
        wrong.append("SCRUTINY_BASE_URL must be the address that residents use.")
    if found.demo:
        wrong.append("SCRUTINY_DEMO must be off: it lets anybody sign in as anybody.")
    if not found.smtp_url:
        wrong.append("SCRUTINY_SMTP_URL must be set, or nobody gets a letter or can sign in.")
    if not found.clamd:
        wrong.append("SCRUTINY_CLAMD must be set, or files that residents send are not scanned.")
    return wrong + _secret_faults(found) + signing_keys.faults()


def _secret_faults(found: Settings) -> list[str]:
    path = found.secret_file
    if not path.exists():
        return [f"The secret file {path} does not exist yet; `scrutiny migrate` makes it."]
    wrong = []
    if path.resolve().is_relative_to(found.data_dir):
        wrong.append("SCRUTINY_SECRET_FILE must be outside the data folder and its back-ups.")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        wrong.append(f"{path} must be readable by its owner alone (chmod 400).")
    try:
        read_keys(path)
    except BadSetting as fault:
        wrong.append(str(fault))
    return wrong


async def working_faults() -> list[str]:
    """What does not work on this machine: the database, the printing of PDFs."""
    wrong = []
    try:
        await ready()
    except NotNow as fault:
        wrong.append(str(fault))
    if settings().clamd and not answers(settings().clamd):
        wrong.append(f"No clamd answers at {settings().clamd}: files would all be held back.")
    try:
        await pdf.ready()
    except pdf.PdfFailed as fault:
        wrong.append(f"PDFs cannot be made: {fault}")
    finally:
        await pdf.close()
    return wrong
