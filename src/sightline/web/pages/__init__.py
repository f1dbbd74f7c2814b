"""One module a page or a few that belong together, each with its own `urlpatterns`."""
