"""Agencies' own returns on how they keep children safe."""
