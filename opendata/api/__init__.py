"""The interface of the figures under /data/api/v1/. It reads what was released, and nothing else."""
