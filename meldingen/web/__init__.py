"""The frame's own answers and what every request passes: errors, health, home, language, limits."""
