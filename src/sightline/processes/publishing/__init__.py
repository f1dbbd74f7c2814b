"""Statements put together from records, signed by the three safeguarding partners, and published."""
