"""Areas and their borders, and where a point lies."""
