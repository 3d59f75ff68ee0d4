"""`python -m iroyin` is the command line."""

from iroyin.cli import main

main()
