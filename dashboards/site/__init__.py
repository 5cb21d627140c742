"""The static edition: pages, data and charts that any web host serves. Public tier: see ``dashboards.public``."""
