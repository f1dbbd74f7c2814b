"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.platform.settings.django")
application = get_wsgi_application()

# The pages are loaded now and not with a worker's first request: gunicorn does this once, before its workers part.
get_resolver().url_patterns  # noqa: B018 - a property that loads when it is read
