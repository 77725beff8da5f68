"""`python -m scrutiny` is the same as the `scrutiny` command."""

from scrutiny.cli import main

main()
