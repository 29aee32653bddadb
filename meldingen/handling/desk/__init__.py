"""The pages of colleagues at the staff site: they translate between people and the use cases, and decide nothing."""
