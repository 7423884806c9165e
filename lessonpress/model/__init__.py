"""What a unit is made of: frozen values, checked when they are read."""
