"""What must be so before residents use a site."""

import stat

from scrutiny.kit.settings import LOOPBACK, Settings


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
    return wrong + _secret_faults(found)


def _secret_faults(found: Settings) -> list[str]:
    path = found.secret_file
    if not path.exists():
        return [f"The secret file {path} does not exist yet; `scrutiny serve` makes it."]
    wrong = []
    if path.resolve().is_relative_to(found.data_dir):
        wrong.append("SCRUTINY_SECRET_FILE must be outside the data folder and its back-ups.")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        wrong.append(f"{path} must be readable by its owner alone (chmod 400).")
    return wrong
