"""Requests over kept-alive connections to a server on this machine: how many a second, and how long each takes."""

import asyncio
import time
from urllib.parse import urlsplit


async def _reader(host: str, port: int, request: bytes, until: float, took: list[float], sizes: list[int]) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(h.split(b":")[1]) for h in head.lower().split(b"\r\n") if h.startswith(b"content-length:")
        )
        await reader.readexactly(length)
        took.append(time.perf_counter() - began)
        sizes.append(length)
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"not answered: {head[:80]!r}")
    writer.close()


async def _run(url: str, seconds: float, readers: int) -> tuple[list[float], list[int]]:
    parts = urlsplit(url)
    asked = parts.path + (f"?{parts.query}" if parts.query else "")
    request = f"GET {asked} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    took: list[float] = []
    sizes: list[int] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(
        *(_reader(parts.hostname or "", parts.port or 80, request, until, took, sizes) for _ in range(readers))
    )
    return took, sizes


def load(url: str, *, seconds: float = 3.0, readers: int = 8) -> dict[str, float]:
    """Ask for this address as fast as it is answered. Requests a second, milliseconds at half and 95%, bytes."""
    began = time.perf_counter()
    took, sizes = asyncio.run(_run(url, seconds, readers))
    took.sort()
    return {
        "per_second": round(len(took) / (time.perf_counter() - began)),
        "p50_ms": round(1000 * took[len(took) // 2], 2),
        "p95_ms": round(1000 * took[int(len(took) * 0.95)], 2),
        "bytes": sizes[0],
        "requests": len(took),
    }
