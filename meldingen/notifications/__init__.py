"""Mails to reporters."""
