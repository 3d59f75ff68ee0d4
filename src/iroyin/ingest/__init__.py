"""Outside bytes to articles: feeds, pages, dates, addresses and the polling schedule. Pure; nothing here waits."""
