"""Addresses of groups' meetings."""

from django.urls import path

from . import groups, minutes_read, pack, registers

urlpatterns = [
    path("meetings/", groups.meetings, name="meetings"),
    path("meetings/decisions/", registers.decisions, name="meetings-decisions"),
    path("meetings/actions/", registers.actions, name="meetings-actions"),
    path("meetings/groups/<uuid:group_id>/", groups.group, name="meetings-group"),
    path("meetings/<uuid:case_id>/pack/", pack.pack, name="meeting-pack"),
    path("meetings/<uuid:case_id>/items/<int:number>/", pack.item, name="meeting-item"),
    path("meetings/<uuid:case_id>/minutes/", minutes_read.minutes, name="meeting-minutes"),
    path("meetings/<uuid:case_id>/minutes/public/", minutes_read.public_minutes, name="meeting-public-minutes"),
]
