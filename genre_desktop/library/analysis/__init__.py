"""Analysis of many results: statistics, agreement with tags, consistency of albums."""
