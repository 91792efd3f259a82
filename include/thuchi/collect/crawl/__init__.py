"""The crawl of one portal, as a process of its own: Scrapy fetches, what it brings goes into the portal's memory."""
