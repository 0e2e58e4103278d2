"""From Google's answers to what stands in the spreadsheets."""
