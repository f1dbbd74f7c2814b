"""Registers on screen: what each says on a day, the history of an entry, and the form by which one is changed."""
