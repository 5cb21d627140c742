"""The identity of a page: one canonical URL for all the forms in which sites, feeds and people write it.

Belongs here: folding of hosts, AMP twins, tracking parameters, fragments, slashes; document ids; the test whether a host
is registered or an address private. Does not belong here: which hosts exist (``registry``), fetching (``crawl``).
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

# Parameters that tell where the reader came from, never which page it is.
TRACKING_PARAMETER = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|ref|ref_src|ref_url|rel|share|ns_\w+|"
    r"ito|cmpid|outputType|amp|spm|_ga|_gl)$",
    re.IGNORECASE,
)
AMP_SEGMENT = re.compile(r"(?:^|(?<=/))amp/|/amp/?$", re.IGNORECASE)
AMP_SUFFIX = re.compile(r"\.amp(?=\.html?$)|\.amp$", re.IGNORECASE)
HOST_PREFIX = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
DEFAULT_PORT = {"http": 80, "https": 443}


def fold_host(host: str, mirrors: Mapping[str, str] | None = None) -> str:
    """The public host (with port, if any) a host name stands for: ``www``, ``m`` and ``amp`` off, mirrors mapped."""
    host = host.lower().rstrip(".")
    host = (mirrors or {}).get(host, host)
    return HOST_PREFIX.sub("", host)


def canonical_url(url: str, mirrors: Mapping[str, str] | None = None) -> str:
    """The one form of ``url`` by which its page is known.

    Scheme is ``https`` except on loopback (tests), the host folded (`fold_host`), AMP marks, tracking parameters, fragment
    and trailing slash removed, parameters sorted, percent-encoding made regular. Never used to fetch.

    Raises:
        ValueError: not an absolute http(s) URL.
    """
    parts = urlsplit(url.strip())
    if parts.scheme.lower() not in DEFAULT_PORT or not parts.hostname:
        raise ValueError(f"not an absolute http(s) URL: {url!r}")
    port = parts.port
    netloc = parts.hostname + (f":{port}" if port and port != DEFAULT_PORT[parts.scheme.lower()] else "")
    netloc = fold_host(netloc, mirrors)
    scheme = "http" if is_private_host(netloc.partition(":")[0]) else "https"
    path = quote(unquote(parts.path, _escapes_of(parts.path)), safe="/:@!$&'()*+,;=~-._")
    path = AMP_SUFFIX.sub("", AMP_SEGMENT.sub("", path))
    path = re.sub(r"/{2,}", "/", path).rstrip("/") or "/"
    query = parse_qsl(parts.query, keep_blank_values=True, encoding=_escapes_of(parts.query))
    kept = sorted((k, v) for k, v in query if not TRACKING_PARAMETER.match(k))
    return urlunsplit((scheme, netloc, path, urlencode(kept), ""))


def _escapes_of(text: str) -> str:
    """The charset of a text's percent escapes: two addresses must not become one by what cannot be read of them."""
    try:
        unquote(text, errors="strict")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def document_id(canonical: str, part: int | None = None) -> str:
    """Stable id of the document at a canonical URL; ``part`` numbers the sections of a long report from 1."""
    digest = hashlib.sha256(canonical.encode()).digest()[:10]
    name = "d" + base64.b32encode(digest).decode().lower()
    return name if part is None else f"{name}-{part:03d}"


def host_of(url: str) -> str:
    """Host and port of a URL in lower case; empty when there is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").lower()
    return f"{host}:{port}" if host and port and port != DEFAULT_PORT.get(parts.scheme.lower()) else host


def is_private_host(host: str) -> bool:
    """Whether a host name or literal address means this machine or a private network, judged by its text alone."""
    name = host.lower().rstrip(".")
    if name in {"localhost", "localhost.localdomain"} or name.endswith((".localhost", ".internal", ".local")):
        return True
    return is_private_address(name.strip("[]"))


def is_private_address(address: str) -> bool:
    """Whether an address literal is loopback, private, link-local, reserved or multicast; False for a name."""
    ip = _address(address)
    return ip is not None and (not ip.is_global or ip.is_multicast)


def is_loopback(host: str) -> bool:
    """Whether a host name or literal address means this very machine: 127.0.0.0/8, ::1 or a name of theirs."""
    name = host.lower().rstrip(".")
    if name in {"localhost", "localhost.localdomain"} or name.endswith(".localhost"):
        return True
    ip = _address(name.strip("[]"))
    return ip is not None and ip.is_loopback


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address a literal stands for, an IPv4 address written as IPv6 unwrapped; None for a name."""
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return None
    return ip.ipv4_mapped or ip if isinstance(ip, ipaddress.IPv6Address) else ip
