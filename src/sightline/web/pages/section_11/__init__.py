"""Section 11 on screen: the agency's return, whoever signs it, whoever moderates it, and the hub's view of a cycle."""
