"""The child's entry: ``python -m spiders.crawl JOB.json``. Exit code 0 says only that the child ended by itself."""

from __future__ import annotations

import logging
import os
import resource
import sys
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings.default_settings import (
    DOWNLOADER,
    DOWNLOADER_MIDDLEWARES_BASE,
    DUPEFILTER_CLASS,
    EXTENSIONS_BASE,
    SCHEDULER,
    SPIDER_MIDDLEWARES_BASE,
    STATS_CLASS,
)
from scrapy.utils.misc import load_object

from spiders.crawl.job import Job
from spiders.crawl.spider import PageSpider

MEMORY_BYTES = 3 * 1024**3  # address space; a crawl of 5,000 pages stays far below


def scrapy_settings(job: Job) -> dict[str, object]:
    """The job's limits in Scrapy's words."""
    polite = job.politeness
    delay = job.source.delay_s if polite.delay_s is None else polite.delay_s
    concurrent = 1 if delay else 8
    return {
        "CHASQUI_JOB": job,
        "USER_AGENT": polite.user_agent,
        "ROBOTSTXT_OBEY": True,
        "DOWNLOAD_DELAY": delay,
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "spiders.crawl.turns.InTurn"),
        "DOWNLOAD_DELAY_JITTER": 0,  # Scrapy's own default takes up to half of the pause off again
        "CONCURRENT_REQUESTS": concurrent,  # none waits in a queue where a pause asked for meanwhile would not hold it
        "CONCURRENT_REQUESTS_PER_DOMAIN": concurrent,
        "CONCURRENT_ITEMS": 1,  # the spider yields requests only; Scrapy 2.19 makes so many tasks for every answer
        "AUTOTHROTTLE_ENABLED": delay > 0,
        "AUTOTHROTTLE_START_DELAY": delay,
        "AUTOTHROTTLE_MAX_DELAY": 60,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,  # Scrapy's own default is to believe any certificate
        "DOWNLOAD_TIMEOUT": polite.timeout_s,
        "DOWNLOAD_MAXSIZE": polite.maximum_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "CLOSESPIDER_TIMEOUT": polite.job_timeout_s,
        "RETRY_TIMES": polite.retry_times,
        "REDIRECT_MAX_TIMES": 6,
        "METAREFRESH_ENABLED": False,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
        "TWISTED_DNS_RESOLVER": "spiders.crawl.guards.PublicResolver",
        "REFERER_ENABLED": False,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,  # parses the spider's own source at each start
        "LOG_LEVEL": "WARNING",
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "spiders.crawl.guards.RegisteredHosts": 50,
            "spiders.crawl.guards.Robots": 100,
            "spiders.crawl.guards.RetryAfter": 560,
        },
    }


def load_parts() -> None:
    """Load what Scrapy itself loads only when a crawl begins: half a second for each child that has to."""
    for named in (EXTENSIONS_BASE, DOWNLOADER_MIDDLEWARES_BASE, SPIDER_MIDDLEWARES_BASE):
        for path in named:
            load_object(path)
    for path in ("spiders.crawl.turns.InTurn", SCHEDULER, DOWNLOADER, DUPEFILTER_CLASS, STATS_CLASS):
        load_object(path)


def main(path: str) -> int:
    """Run one job."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, resource.RLIM_INFINITY))
    logging.captureWarnings(capture=True)
    os.umask(0o077)
    job = Job.model_validate_json(Path(path).read_text(encoding="utf-8"))
    process = AsyncCrawlerProcess(scrapy_settings(job))
    process.crawl(PageSpider, job=job)
    process.start()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
