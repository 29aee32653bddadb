"""The public pages of the open data. They read releases and what was fixed for them, and nothing else."""
