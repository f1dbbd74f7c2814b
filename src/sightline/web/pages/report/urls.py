"""Addresses: the public's form and receipt under /report/, professionals' form under /tell/, what they sent /sent/."""

from django.urls import path

from . import professional, public, receipt

urlpatterns = [
    path("report/", public.start, name="report"),
    path("report/before-you-start", public.before_you_start, name="report-before-you-start"),
    path("report/to/<slug:area>/", public.start, name="report-to"),
    path("report/to/<slug:area>/before-you-start", public.before_you_start, name="report-to-before-you-start"),
    path("report/question/<slug:at>", public.answer, name="report-answer"),
    path("report/status", receipt.status, name="report-status"),
    path("tell/", professional.tasks, name="professional-concern"),
]
