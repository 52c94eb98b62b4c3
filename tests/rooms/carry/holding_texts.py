"""Texts for the tests of confidentiality: one that tells on somebody, and the same told neutrally."""

TELLING = (
    "Summary of the session\n\n"
    "A former foreign secretary argued that visas must be eased for traders.\n\n"
    "The participants urged both governments to ease visas for traders."
)
NEUTRAL = TELLING.replace("A former foreign secretary argued that", "It was argued that")
