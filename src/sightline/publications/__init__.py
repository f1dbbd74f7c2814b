"""Documents put together from records and figures, signed off in versions."""
