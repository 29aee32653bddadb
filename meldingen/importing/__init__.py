"""What a municipality brings with it: areas, teams, categories, rules and the meldingen of its former system.

Every import may be run again: what is there already stays as it is or is brought up to date, and nothing is doubled.
"""
