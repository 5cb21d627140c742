"""Polite crawling: one Scrapy child process a source, a job file in, a log of exchanges and archived pages out."""
