"""The one staff site: sign-in, and pages that show the rows of one municipality only."""
