"""Language models behind an OpenAI-compatible address: the wire, its limits and budgets, and the writer that asks."""

from iroyin.adapters.models.calls import CallsInMemory
from iroyin.adapters.models.chat import ModelChat

__all__ = ["CallsInMemory", "ModelChat"]
