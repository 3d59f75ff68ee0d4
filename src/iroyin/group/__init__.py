"""Articles to stories: where an article belongs, who copied whom, what is related, what leads the front page."""
