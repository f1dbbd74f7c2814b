"""Versioned sets of questions that many people answer."""
