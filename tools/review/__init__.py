"""The table that a clinician reviews and signs: every safety rule with the text it leads to."""
