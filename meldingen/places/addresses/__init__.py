"""Addresses: what people type as the addresses that were meant, and from a point back to the nearest one."""
