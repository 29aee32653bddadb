"""What everything that programs ask has in common: problems, headers, pages of a list, the description in OpenAPI."""
