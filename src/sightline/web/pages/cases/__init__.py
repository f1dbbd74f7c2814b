"""Pages of one case: what it is made of, each step of it, its timeline, its minutes and who has opened them."""
