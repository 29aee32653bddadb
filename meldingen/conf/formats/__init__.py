"""How each language writes moments on every page, where that differs from what Django thinks."""
