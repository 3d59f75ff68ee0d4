"""`verify_claim`: a free claim against source texts."""

import pytest

from iroyin.verify import verify_claim

SOURCE = (
    "A passenger ferry carrying 140 people capsized off Port Selwyn on 10 March 2026, killing at least 9 people. "
    "Transport Minister Lena Marsh ordered an inquiry. The coast guard did not close the harbour. "
    '"The wave hit us from the side," said Daniel Oduya.'
)
CLAIMS = [
    ("verbatim", "Transport Minister Lena Marsh ordered an inquiry.", True, ""),
    ("paraphrase", "A ferry with 140 people capsized off Port Selwyn.", True, ""),
    ("number", "A ferry with 240 people capsized off Port Selwyn.", False, "number"),
    ("name", "Transport Minister Karen Holt ordered an inquiry.", False, "name"),
    ("date", "A ferry capsized off Port Selwyn on 12 March 2026.", False, "date"),
    ("negation", "The coast guard did close the harbour.", False, "negation"),
    ("quote", '"The captain was asleep," said Daniel Oduya.', False, "quote"),
    ("nothing in common", "Inflation fell in Tavoria last quarter.", False, "name"),
    ("empty", "", False, "unsupported"),
]


@pytest.mark.parametrize(("name", "claim", "supported", "code"), CLAIMS, ids=[row[0] for row in CLAIMS])
def test_verdicts(name: str, claim: str, supported: bool, code: str) -> None:
    verdict = verify_claim(claim, [SOURCE], "en")

    assert supported is verdict.supported
    assert 0.0 <= verdict.score <= 1.0
    assert not code or code in {finding.code for finding in verdict.findings}


def test_no_source_supports_nothing() -> None:
    assert verify_claim("The ferry sank.", [], "en").supported is False


def test_the_nearest_sentence_is_shown() -> None:
    verdict = verify_claim("Lena Marsh ordered an inquiry.", ["Rain fell.", SOURCE])

    assert "Transport Minister Lena Marsh ordered an inquiry." == verdict.evidence[0]
