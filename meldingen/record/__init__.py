"""The melding itself: what is stored of it, the only writer of its state, and its history."""
