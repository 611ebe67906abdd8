"""A company's objections, techniques, words, drills and quizzes in a table: read, checked by row, joined, compared."""
