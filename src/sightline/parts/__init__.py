"""Shared parts of a step's answers: lists of rows that more than one process asks for in the same way.

Meeting, Action, evidence, circulation, people as told, and every other child. A part is a row form and what its rows
become; the engine knows only that (`engine/part.py`). A new one needs three processes that ask for it. `declared.py`
names them all.
"""
