"""Iroyin: a newsroom on a small machine, whose every published sentence can be traced to its source."""

__version__ = "0.1.0"
