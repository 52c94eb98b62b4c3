"""Declarations in our own words that the tests of import and review work on."""

DECLARATION = """Joint declaration of the river meeting

The participants met for two days in a third country.

The participants urged both governments to ease visas for students and to open a second crossing for traders.

They welcomed the release of forty fishermen by Oskland.

1. The media should avoid hostile language.
2. Hold a meeting of traders every year.
3. The dialogue agreed to share this declaration with both foreign ministries.
"""

LATER = """Joint declaration of the lake meeting

The participants urged both governments to ease visas for students.

They called on both governments to set up a hotline between the coast guards.
"""

WITH_PEOPLE = """Joint declaration of the hill meeting

The participants urged both governments to ease visas for students.

List of participants

1. Anwar Example, former ambassador of Varenia
2. Zarmina Example, member of parliament of Oskland
3. Gul Example, trader
"""

URDU = """مشترکہ اعلامیہ

شرکاء نے دونوں حکومتوں پر زور دیا کہ طلبہ کے لیے ویزے آسان کیے جائیں۔
"""
