"""Is this person already known? Candidates and how each field agrees, in words. People decide; nothing is merged."""

from sightline.people.index.agreement import Agreement, Word
from sightline.people.index.described import Candidate, Candidates, Described, Flag, Matcher
from sightline.people.index.plain import PlainMatcher

__all__ = ["Agreement", "Candidate", "Candidates", "Described", "Flag", "Matcher", "PlainMatcher", "Word"]
