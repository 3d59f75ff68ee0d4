"""The promise in code: a sentence is published only when checks have found it in the source text it cites."""

from iroyin.verify.checks import CHECKS, Check
from iroyin.verify.claims import Verdict, verify_claim
from iroyin.verify.gate import gate, objections, proofread

__all__ = ["CHECKS", "Check", "Verdict", "gate", "objections", "proofread", "verify_claim"]
