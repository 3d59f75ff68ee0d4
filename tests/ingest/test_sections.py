"""Feeds and addresses name sections in many languages."""

import pytest

from iroyin.ingest.sections import section_of


@pytest.mark.parametrize(
    ("categories", "url", "expected"),
    [
        (["Economía"], "https://a.example/x", "business"),
        (["Lagos", "스포츠"], "https://a.example/x", "sport"),
        ([], "https://a.example/health/2026/fever.html", "health"),
        (["Culture"], "https://a.example/sport/x.html", "culture"),
        ([], "https://a.example/%D0%BA%D1%83%D0%BB%D1%8C%D1%82%D1%83%D1%80%D0%B0/x", "culture"),
        ([], "https://a.example/sport", "world"),
        ([], "", "world"),
    ],
)
def test_the_section_is_found_by_category_then_by_folder(categories: list[str], url: str, expected: str) -> None:
    assert expected == section_of(categories, url, otherwise="world")
