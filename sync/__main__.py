"""`python -m sync` is `analyst-sync`."""

from sync.cli import main

main()
