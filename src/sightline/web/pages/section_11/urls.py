"""Addresses of Section 11: opaque ids and numbers of questions, never the name of an agency."""

from django.urls import path

from . import cycle, downloads, heat_map_page, moderating, one_return, question, signing

urlpatterns = [
    path("section-11/", cycle.cycles_page, name="section-11"),
    path("section-11/<uuid:case_id>/", cycle.cycle_page, name="section-11-cycle"),
    path("section-11/<uuid:case_id>/heat-map/", heat_map_page.heat_map_page, name="section-11-heat-map"),
    path("section-11/<uuid:case_id>/heat-map/take/", downloads.heat_map_file, name="section-11-heat-map-file"),
    path("section-11/<uuid:case_id>/answers/take/", downloads.cycle_file, name="section-11-cycle-file"),
    path("section-11/returns/<uuid:case_id>/", one_return.one_return, name="section-11-return"),
    path("section-11/returns/<uuid:case_id>/shared/", one_return.use_shared, name="section-11-shared"),
    path("section-11/returns/<uuid:case_id>/read/", signing.read, name="section-11-read"),
    path("section-11/returns/<uuid:case_id>/sign/", signing.sign, name="section-11-sign"),
    path("section-11/returns/<uuid:case_id>/answers/take/", downloads.return_file, name="section-11-return-file"),
    path("section-11/returns/<uuid:case_id>/questions/<str:item>/", question.question, name="section-11-question"),
    path("section-11/returns/<uuid:case_id>/questions/<str:item>/draft", question.autosave, name="section-11-autosave"),
    path("section-11/returns/<uuid:case_id>/moderate/<str:standard>/", moderating.moderate, name="section-11-moderate"),
]
