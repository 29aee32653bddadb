"""Areas from the files of the CBS, PDOK or a municipality. Every load may be run again."""
