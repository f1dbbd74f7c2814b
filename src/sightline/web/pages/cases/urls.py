"""Addresses of a case: opaque ids and names of steps, never a name of a person."""

from django.urls import path

from . import calendar_entry, case, check, correcting, family_copy, files, minutes, overriding, places, starting, step

urlpatterns = [
    path("start/<slug:process_key>/", starting.start, name="case-start"),
    path("cases/<uuid:case_id>/", case.case, name="case"),
    path("cases/<uuid:case_id>/timeline", case.timeline, name="case-timeline"),
    path("cases/<uuid:case_id>/who", case.who, name="case-who"),
    path("cases/<uuid:case_id>/do/<slug:step_key>/", step.step, name="case-step"),
    path("cases/<uuid:case_id>/do/<slug:step_key>/check/", check.check, name="case-step-check"),
    path("cases/<uuid:case_id>/do/<slug:step_key>/draft", step.autosave, name="case-step-draft"),
    path("cases/<uuid:case_id>/do/<slug:step_key>/override/", overriding.overriding, name="case-override"),
    path("cases/<uuid:case_id>/timeline/<int:number>/correct/", correcting.correcting, name="case-correct"),
    path("cases/<uuid:case_id>/protected-places/add/", places.keeping, name="case-place-kept"),
    path("cases/<uuid:case_id>/protected-places/<uuid:place_id>/end/", places.ending, name="case-place-ended"),
    path("cases/<uuid:case_id>/files/add", files.add, name="case-file-add"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>", files.download, name="case-file"),
    path("cases/<uuid:case_id>/meetings/<int:number>/minutes", minutes.minutes, name="case-minutes"),
    path("cases/<uuid:case_id>/calendar-entry", calendar_entry.calendar_entry, name="case-calendar-entry"),
    path("cases/<uuid:case_id>/family-copy/", family_copy.copies, name="case-family-copy"),
    path("cases/<uuid:case_id>/family-copy/<uuid:person>/<slug:key>", family_copy.copy, name="case-family-copy-file"),
    path("cases/<uuid:case_id>/meetings/<int:number>/circulation", minutes.circulation, name="case-circulation"),
]
