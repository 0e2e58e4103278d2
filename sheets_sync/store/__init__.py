"""What the service remembers, in one database.

Every function takes a Connection and belongs to its caller's transaction, which `database.writing(engine)` or
`database.reading(engine)` opens; nothing here commits by itself. Time is always an argument, an aware datetime;
what comes back is in UTC.
"""
