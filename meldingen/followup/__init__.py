"""What a reporter does after sending: adds words, takes it back, says whether it is solved, asks for the link again."""
