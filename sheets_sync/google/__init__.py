"""The one way to spreadsheets: gspread over HTTPS, to Google or to the embedded Google."""
