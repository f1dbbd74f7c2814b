from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    name = "sightline.processes.front_door"
    label = "front_door"
    verbose_name = "Front door"

    def ready(self) -> None:
        from django.db.models import Q

        from sightline.outgoing.fragments import Sort
        from sightline.outgoing.marked import marked_in
        from sightline.outgoing.protected import third_parties_in
        from sightline.platform.jobs import duty

        from .agency_enquiry import AgencyEnquiryRecord, Sensitivity
        from .codes import PRIVATE_SOURCES
        from .contact_record import ContactRecord
        from .intake import take_in_spool

        duty("take-in-public-concerns", take_in_spool)
        private = Q(source__in=PRIVATE_SOURCES) | Q(source="") | Q(stay_anonymous="yes")
        third_parties_in(ContactRecord, name="referrer_name", contact="referrer_contact", when=private)
        sexual_health = Q(sensitivity=Sensitivity.SEXUAL_HEALTH)
        marked_in(Sort.SEXUAL_HEALTH, AgencyEnquiryRecord, columns=("information", "opinion"), when=sexual_health)
