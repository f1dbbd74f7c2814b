"""The front door: a contact about a child, and what each agency says it knows."""
