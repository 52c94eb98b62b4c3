"""What leaves: generated texts pushed through the application and read by an adversary, canaries, misuse in any order."""
