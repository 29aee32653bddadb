"""How somebody becomes a colleague and comes in: invitations, new passwords, sessions, codes beside passwords."""
