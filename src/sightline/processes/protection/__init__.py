"""Child protection: strategy discussions, and what follows from them."""
