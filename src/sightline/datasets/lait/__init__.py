"""The department's Local Authority Interactive Tool: its store of figures (Parquet) and its dictionary of measures."""
