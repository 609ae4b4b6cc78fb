"""How messages leave the house: as mail, into a folder, or onto the terminal."""
