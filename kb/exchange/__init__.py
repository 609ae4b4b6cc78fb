"""Taking records in from files and giving them out, for any kind of record."""
