"""Rules of residents' inquiries: each answered, and topics that return."""
