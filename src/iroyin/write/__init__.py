"""Writing from sources: the dossier of a story, and a draft made of the sources' own sentences."""

from iroyin.write.dossier import build
from iroyin.write.extractive import ExtractiveWriter

__all__ = ["ExtractiveWriter", "build"]
