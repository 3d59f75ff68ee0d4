"""Print docs/settings.md from the one table of settings: `python docs/make_settings.py > docs/settings.md`."""

from iroyin.settings import rows

HEAD = """# Settings

Every setting lives in one table, `src/iroyin/settings.py`; `docs/make_settings.py` prints this page from it.
In `iroyin.toml` a setting `fetch.deadline` is `deadline` under `[fetch]`; in the environment it is
`IROYIN_FETCH_DEADLINE`, which wins over the file. Lists are separated by commas in the environment.

| Setting | Type | Default | What it decides |
|---|---|---|---|"""


def page() -> str:
    """The whole page as Markdown."""
    lines = [HEAD]
    for name, kind, default, sentence in rows():
        shown = ", ".join(default) if isinstance(default, tuple) else default
        printed = "empty" if shown in ("", None) else f"`{shown}`"
        lines.append(f"| `{name}` | {kind} | {printed} | {sentence} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
