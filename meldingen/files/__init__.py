"""Files that people deliver, read so that what is broken is named by place."""
