"""Who may see what, and why: the application's wall. PostgreSQL's own wall is written apart, in `migrations`."""
