"""Files of figures that partners and publishers send: declared, checked, loaded by revision.

`published.py`, `reading.py`, `checking.py` and `faults.py` need neither Django nor a database.
"""
