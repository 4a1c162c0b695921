"""Alerts: new stories that channels watch for, and changes of stories that they follow."""
