"""A strict reading of our own HTML: every tag closed in order, every id once, and text by language."""

from html.parser import HTMLParser

VOID = {"meta", "link", "img", "br", "hr", "input", "path", "rect", "circle", "use"}


class Reading(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.faults: list[str] = []
        self.texts: list[tuple[str, str, str]] = []
        self.sources: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{name}> is never closed" for name, _ in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> repeats an attribute")
        given = dict(attrs)
        self.elements.append((tag, given))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a":
            self.links.append(str(given.get("href")))
        if tag in {"img", "script", "link", "iframe", "source"}:
            self.sources.append(str(given.get("src") or given.get("href") or ""))
        self.faults += [f"<{tag}> has {n}" for n in names if n.startswith("on") or n == "style"]
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1][0] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1][0] if self.open else 'nothing'}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            language = next((str(a["lang"]) for _, a in reversed(self.open) if a.get("lang")), "")
            inside = " ".join(name for name, _ in self.open)
            self.texts.append((language, inside, " ".join(data.split())))

    def said(self, language: str, *, without: tuple[str, ...] = ("script", "bdi", "code", "time", "title")) -> str:
        """All text in one language that is not inside these elements."""
        return "\n".join(
            text
            for lang, inside, text in self.texts
            if lang == language and not set(inside.split()) & set(without)
        )


def read(body: bytes) -> Reading:
    return Reading(body.decode())
