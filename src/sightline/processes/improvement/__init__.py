"""Recommendations from inspections, reviews, audits and figures, walked to their impact."""
