"""Somebody is on the telephone: one page for the colleague who takes it down, and the letter of receipt."""
