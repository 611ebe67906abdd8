"""Sums and scores by the material's rules: forecast, grades of customers, questionnaires; money in Decimal yuan."""
