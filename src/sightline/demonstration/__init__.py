"""The wholly invented partnership of Ardenvale, for demonstrations and tests."""
