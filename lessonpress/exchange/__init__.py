"""What comes from spreadsheets, and goes to them."""
