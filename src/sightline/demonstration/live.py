"""Today's work."""
def live_stories(standing, until):
    return []
