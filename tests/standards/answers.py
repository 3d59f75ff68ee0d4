"""Answers of the API against its own description: the path's schema of the status, by jsonschema."""

from typing import Any

import jsonschema
from starlette.testclient import TestClient


def template(document: dict[str, Any], path: str) -> str:
    """The described path that this one is a case of; empty for none."""
    asked = path.split("?")[0].split("/")
    for one in document["paths"]:
        parts = one.split("/")
        if len(parts) == len(asked) and all(p == a or p[0:1] == "{" for p, a in zip(parts, asked, strict=True)):
            return str(one)
    return ""


def faults(document: dict[str, Any], path: str, status: int, told: Any) -> list[str]:
    """What of an answer its description does not say; empty when it is as described."""
    responses = document["paths"].get(template(document, path), {}).get("get", {}).get("responses", {})
    if str(status) not in responses:
        return [f"{path} answers {status}, which is not described"]
    schema = responses[str(status)]["content"]["application/json"]["schema"]
    whole = closed({**schema, "components": document["components"]})
    validator = jsonschema.Draft202012Validator(whole)
    return [f"{path}: {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(told)]


def closed(schema: Any) -> Any:
    """The schema with nothing allowed in its objects but what it describes: the description may grow, not lag."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: closed(one) for name, one in schema.items()}
    return {"additionalProperties": False, **inner} if schema.get("required") and "properties" in schema else inner


def every(client: TestClient, languages: tuple[str, ...]) -> list[str]:
    """Paths that meet each described one: all stories of these languages, their claims, and what is refused."""
    asked = ["/languages", "/feeds", "/search?q=", "/search?q=a&language=tlh", "/stories?language=tlh"]
    asked += ["/stories/none", "/stories/none/claims", "/kite/tlh"]
    for language in languages:
        asked += [f"/kite/{language}", f"/search?q=a&language={language}&limit=3"]
        cursor: str | None = ""
        while cursor is not None:
            asked.append(f"/stories?language={language}&limit=7" + (f"&cursor={cursor}" if cursor else ""))
            page = client.get("/api/v1" + asked[-1]).json()
            cursor = page["next"]
            for story in page["stories"]:
                asked += [f"/stories/{story['id']}", f"/stories/{story['id']}/claims?language={language}"]
    return ["/api/v1" + one for one in dict.fromkeys(asked)]
