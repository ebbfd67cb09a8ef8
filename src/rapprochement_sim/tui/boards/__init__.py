"""What boards show: functions from a briefing and a width to lines. No Textual in here."""
