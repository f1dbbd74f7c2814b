"""Statements signed off by the three partners and published."""
