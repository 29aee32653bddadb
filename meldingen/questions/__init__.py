"""What a category asks besides words and place, and what reporters answered to it."""
