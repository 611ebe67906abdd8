"""The customers of a drill and how they react: `scenarios.yml` files, `rules.yml`, and a pure engine over both."""
