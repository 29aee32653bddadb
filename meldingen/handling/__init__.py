"""What colleagues do with a melding: the use cases, and the desk on which they are done."""
