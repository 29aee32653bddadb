"""A worklist as a file for a spreadsheet: asked for in the inbox, made by a worker, gone after a day."""
