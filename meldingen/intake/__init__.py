"""Takes a melding in: from the form, another program, a colleague on the phone or a former system."""
