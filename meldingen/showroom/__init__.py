"""The door of the demonstration: look as somebody else, and read the mails that nobody gets. Only with DEMO=on."""
