"""Matters that move through stages against clocks, declared; one area of work does not import another."""
