"""The names that the domain, the responses and the rules share."""

from __future__ import annotations

LISTEN = "action_listen"
RESTART = "action_restart"
DEACTIVATE_LOOP = "action_deactivate_loop"

CHECK_FORM = "symptom_check_form"
WRITE_NOTE = "action_write_appointment_note"
TELL_PROVIDER = "utter_tell_healthcare_provider"
TROUBLE = "utter_trouble"
EMERGENCY = "utter_emergency"

SYMPTOM = "symptom_description"
DURATION = "symptom_duration"
TREND = "symptom_trend"
IN_TREATMENT = "in_treatment"
CHECK_QUESTIONS = (SYMPTOM, DURATION, TREND, IN_TREATMENT)
REQUESTED_SLOT = "requested_slot"
COUNTRY = "country"

FOCUS_SLOTS = ("cancer_type", "body_site", "test", "treatment", "risk_factor", "pair")
WORDING_SLOTS = ("cancer_type_name", "body_site_name", "site_list")

READING = "reading"
"""The key in a message's parse data: what it was read as (`Reading.to_dict`)."""
SAFETY = "safety"
"""The key in a message's parse data: the guard's verdict (`Assessment.to_dict`)."""
