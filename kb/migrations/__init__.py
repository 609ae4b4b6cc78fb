"""The versions of the tables, oldest first, and the way from one to the next."""
