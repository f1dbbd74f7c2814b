from django.http import HttpRequest, HttpResponse


def tasks(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
