"""The output gate: whatever leaves a secure page is made of typed fragments and passes here, or stays."""
