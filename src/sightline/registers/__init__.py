"""Lists kept true, with dates from and to."""
