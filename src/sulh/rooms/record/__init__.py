"""Sessions and their records, under the confidentiality level of the session."""
