"""Makes declarations happen: perform a step, run clocks, say who may see what, worklist, timeline."""
