"""Addresses: the public's form and receipt under /report/, professionals' form under /tell/, what they sent /sent/."""

from django.urls import path

from . import professional, public, receipt, sent

urlpatterns = [
    path("report/", public.start, name="report"),
    path("report/before-you-start", public.before_you_start, name="report-before-you-start"),
    path("report/to/<slug:area>/", public.start, name="report-to"),
    path("report/to/<slug:area>/before-you-start", public.before_you_start, name="report-to-before-you-start"),
    path("report/question/<slug:at>", public.answer, name="report-answer"),
    path("report/status", receipt.status, name="report-status"),
    path("tell/", professional.tasks, name="professional-concern"),
    path("tell/section/<int:number>", professional.section, name="professional-section"),
    path("tell/section/<int:number>/draft", professional.autosave, name="professional-section-draft"),
    path("tell/check", professional.check, name="professional-check"),
    path("tell/send", professional.send, name="professional-send"),
    path("tell/delete", professional.delete, name="professional-delete"),
    path("sent/", sent.listed, name="sent"),
    path("sent/<uuid:case_id>/", sent.one, name="sent-concern"),
    path("sent/<uuid:case_id>/now", sent.now, name="sent-now"),
]
