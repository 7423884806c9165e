"""Templates turned into documents."""
