"""The passphrases of the demo's custodians: shown to everybody who tries it out."""

from scrutiny.policy import Act, who_may

WORDS = ("quiet herons cross the bridge", "seven kettles sing at dawn")
OF_ROLES = {role.value: words for role, words in zip(who_may(Act.VAULT_KEEP), WORDS, strict=True)}
"""Role -> what opens the vault for whoever holds it, on every panel of the demo."""
