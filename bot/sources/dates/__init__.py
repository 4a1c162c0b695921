"""Dates as sources write them, in any language, zone and order."""
