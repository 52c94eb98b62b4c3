"""What leaves: generated texts pushed through the application and read back, canaries, misuse in any order."""
