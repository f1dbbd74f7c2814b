"""Which authorities are most like this one? The department's statistical neighbours, a dated set at a time."""
