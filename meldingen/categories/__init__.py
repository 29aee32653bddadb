"""What a melding can be about, in two levels."""
