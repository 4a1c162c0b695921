"""What people type, read forgivingly and never guessed at: a word is understood or a UsageError.

Everything here is pure; `now` and the channel's zone and topics are arguments.
"""
