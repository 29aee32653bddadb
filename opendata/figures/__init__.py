"""Questions to what was released: sums and differences of any selection, each with the noise that is in it."""
