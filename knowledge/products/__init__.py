"""Product cards: what a company says of its products, checked when it is written, and what it fills in; pure."""
