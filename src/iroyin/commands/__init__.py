"""What each command does. The command line itself is `iroyin.cli`."""
