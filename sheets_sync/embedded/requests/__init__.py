"""The kinds of request that `spreadsheets.batchUpdate` takes, a file a family."""
