"""A small web server on the loopback, for tests of fetching: each path is one kind of answer.

``/status/503/1/7`` answers with that status, the first time only, and asks to wait for 7 seconds.
"""

import gzip
import http.server
import socket
import ssl
import threading
import time
import zlib
from collections import Counter
from contextlib import contextmanager

import brotli
import zstandard

PAGE = b"<html><body><p>Removed 1,234 videos.</p></body></html>"
HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
REDIRECT = b"HTTP/1.1 302 Found\r\nContent-Length: %d\r\nLocation: %s\r\n\r\n"
MUCH = b"x" * 60_000


def with_length(*lengths: bytes) -> tuple[tuple[bytes, ...], bool]:
    """Return an answer with those lengths in its head."""
    told = b"".join(b"Content-Length: %s\r\n" % length for length in lengths)
    return (HEAD + told + b"\r\n" + PAGE,), True


def to(place: bytes) -> tuple[tuple[bytes, ...], bool]:
    """Return an answer that redirects there."""
    return (REDIRECT % (0, place),), True


RAW = {  # answers that the server of the standard library would not send
    "negative": with_length(b"-5"),
    "superscript": with_length(b"\xb2"),
    "5000digits": with_length(b"9" * 5_000),
    "plus": with_length(b"+54"),
    "underscore": with_length(b"5_4"),
    "hexadecimal": with_length(b"0x36"),
    "twolengths": with_length(b"10", b"54"),
    "listed": with_length(b"10, 54"),
    "samelengths": with_length(b"54", b"54"),
    "gzipway": ((HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",), True),
    "oddway": ((HEAD + b"Transfer-Encoding: xchunked\r\n\r\n" + PAGE,), True),
    "chunkminus5": ((CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n",), True),
    "chunkminus1": ((CHUNKED + b"-1\r\n", MUCH), False),
    "chunkhuge": ((CHUNKED + b"F" * 4_000 + b"\r\nx\r\n",), True),
    "trailers": ((CHUNKED + b"1\r\nx\r\n0\r\n", b"X: y\r\n" * 1_000), False),
    "continue": ((b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000), False),
    "onecontinue": ((b"HTTP/1.1 100 Continue\r\n\r\n" + with_length(b"54")[0][0],), True),
    "hints": ((b"HTTP/1.1 103 Early Hints\r\n\r\n" + with_length(b"54")[0][0],), True),
    "http09": ((PAGE,), True),
    "http9": ((b"HTTP/9.9 200 OK\r\n\r\n" + PAGE,), True),
    "status1000": ((b"HTTP/1.1 1000 Odd\r\n\r\n" + PAGE,), True),
    "endlesshead": ((HEAD, MUCH), False),
    "cookies": ((HEAD + (b"Set-Cookie: " + MUCH + b"\r\n") * 90 + b"\r\n" + PAGE,), True),
    "ranges": ((b"HTTP/1.1 206 Partial\r\nContent-Length: 54\r\n\r\n" + PAGE,), True),
    "redirectbody": ((REDIRECT % (99_999_999_999, b"/page"), MUCH), False),
    "errorbody": ((b"HTTP/1.1 404 Not Found\r\n\r\n", MUCH), False),
    "nul": to(b"/a\0b"),
    "twoplaces": to(b"/page\r\nLocation: http://169.254.169.254/"),
    "folded": to(b"/a\r\n X: y"),
    "sameway": to(b"//169.254.169.254/"),
    "zone": to(b"http://[::1%lo]/"),
    "port": to(b"http://example.org:99999/"),
    "wide": to("http://\uff11\uff12\uff17.0.0.1/".encode()),
}
SLOW = 0.05  # seconds between two dripping bytes
DRIPS = 200


class Seen(list):
    """The requests that a server has seen."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, dict[str, str]]]
    counts: Counter
    rules: dict[str, object]  # how robots.txt answers: status, body, and whether it hangs

    def log_message(self, *args):
        pass

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def do_GET(self):
        self.seen.append((self.path, dict(self.headers)))
        self.counts[self.path] += 1
        self.times.append(time.monotonic())
        name = self.path.strip("/").split("/")[0].split("?")[0] or "page"
        if self.path == "/robots.txt":
            return self.get_rules()
        try:
            getattr(self, f"get_{name}")()
        except (BrokenPipeError, ConnectionError):
            self.close_connection = True

    def send(self, body=PAGE, status=200, length=None, **headers):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def get_page(self):
        self.send(Content_Type="text/html; charset=utf-8", Set_Cookie="a=b")

    def get_gzip(self):
        self.send(gzip.compress(PAGE), Content_Encoding="gzip")

    def get_deflate(self):
        self.send(zlib.compress(PAGE), Content_Encoding="deflate")

    def get_rawdeflate(self):
        packer = zlib.compressobj(wbits=-15)
        self.send(packer.compress(PAGE) + packer.flush(), Content_Encoding="deflate")

    def get_twice(self):
        self.send(gzip.compress(gzip.compress(PAGE)), Content_Encoding="gzip, gzip")

    def get_bomb(self):
        self.send(gzip.compress(bytes(30_000_000)), Content_Encoding="gzip")

    def get_rules(self):
        if self.rules.get("hang"):
            time.sleep(self.rules["hang"])
        if self.rules.get("to"):
            return self.send(b"", 301, Location=self.rules["to"])
        return self.send(self.rules.get("body", b""), self.rules.get("status", 404))

    def get_br(self):
        self.send(brotli.compress(PAGE), Content_Encoding="br")

    def get_zstd(self):
        self.send(zstandard.compress(PAGE), Content_Encoding="zstd")

    def get_mixed(self):
        self.send(brotli.compress(gzip.compress(PAGE)), Content_Encoding="gzip, br")

    def get_six(self):
        body = PAGE
        for _ in range(6):
            body = gzip.compress(body)
        self.send(body, Content_Encoding=", ".join(["gzip"] * 6))

    def get_badbr(self):
        self.send(b"\xff" * 40, Content_Encoding="br")

    def get_badzstd(self):
        self.send(b"\x28\xb5\x2f\xfd no zstd at all", Content_Encoding="zstd")

    def get_cutbr(self):
        self.send(brotli.compress(PAGE * 50)[:-8], Content_Encoding="br")

    def get_cutzstd(self):
        self.send(zstandard.compress(PAGE)[:-6], Content_Encoding="zstd")

    def get_bombbr(self):
        self.send(brotli.compress(bytes(30_000_000)), Content_Encoding="br")

    def get_bombzstd(self):
        self.send(zstandard.compress(bytes(30_000_000)), Content_Encoding="zstd")

    def get_bombtwice(self):
        self.send(gzip.compress(gzip.compress(bytes(300_000_000))), Content_Encoding="gzip, gzip")

    def get_bombdeflate(self):
        self.send(zlib.compress(bytes(30_000_000)), Content_Encoding="deflate")

    def get_odd(self):
        self.send(PAGE, Content_Encoding="x-odd")

    def get_declared(self):
        self.send(b"<p>", length=10_000_000_000)

    def get_endless(self):
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        for _ in range(500):
            self.wfile.write(b"x" * 65_536)
        self.close_connection = True

    def get_empty(self):
        self.send(b"")

    def get_program(self):
        self.send(b"MZ\x90\x00" + bytes(200), Content_Type="text/html")

    def get_wall(self):
        body = b"<html><head><title>Just a moment...</title></head><body>Checking</body></html>"
        self.send(body, 403, Server="cloudflare")

    def get_okwall(self):
        self.send(b"<html><body><p>Please verify you are human</p></body></html>")

    def get_quote(self):
        words = b"They met a page that said: verify you are human. " + b"It was long. " * 200
        self.send(b"<html><body><p>" + words + b"</p></body></html>")

    def get_nothttp(self):
        self.wfile.write(b"220 mail.example ESMTP ready\r\n")
        self.close_connection = True

    def get_headers(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % i for i in range(200)))
        self.wfile.write(b"\r\n")
        self.close_connection = True

    def get_longline(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n")
        self.close_connection = True

    def get_shut(self):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def get_badchunk(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"zz\r\nodd\r\n0\r\n\r\n")
        self.close_connection = True

    def get_feed(self):
        here = f"http://{self.headers['Host']}"
        pages = "".join(
            f"<url><loc>{here}/page/{n}-{w}</loc></url>" for n, w in enumerate(("isis", "cake"))
        )
        self.send(f"<urlset>{pages}</urlset>".encode())

    def get_index(self):
        here = f"http://{self.headers['Host']}"
        self.send(
            f"<sitemapindex><sitemap><loc>{here}/feed</loc></sitemap></sitemapindex>".encode()
        )

    def get_available(self):
        closest = '{"available": true, "status": "200", "timestamp": "20200822120000"}'
        self.send(f'{{"archived_snapshots": {{"closest": {closest}}}}}'.encode())

    def get_web(self):
        self.send()

    def get_report(self):
        self.send(b"<a href='/page/a.csv'>data</a><a href='/page/b.html'>b</a>")

    def get_etag(self):
        if self.headers.get("If-None-Match") == '"v1"':
            self.send_response(304)
            self.end_headers()
        else:
            self.send(ETag='"v1"')

    def get_changing(self):
        self.send(b"<p>Removed %d million.</p>" % self.counts[self.path])

    def get_back(self):
        self.send(b"", 302, Location="/loop2")

    def get_loop2(self):
        self.send(b"", 302, Location="/back")

    def get_ftp(self):
        self.send(b"", 302, Location="ftp://example.org/x")

    def get_secret(self):
        self.send(b"", 302, Location="http://user:pass@127.0.0.1/")

    def get_cutgzip(self):
        self.send(gzip.compress(PAGE)[:-12], Content_Encoding="gzip")

    def get_badgzip(self):
        self.send(b"\x1f\x8bnot gzip at all", Content_Encoding="gzip")

    def get_cut(self):
        self.send(PAGE, length=len(PAGE) + 100)
        self.close_connection = True

    def get_cutchunk(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"40\r\nonly a part")
        self.close_connection = True

    def get_large(self):
        self.send(b"<p>" + b"x" * 200_000)

    def get_drip(self):
        self.send_response(200)
        self.send_header("Content-Length", str(DRIPS))
        self.end_headers()
        for _ in range(DRIPS):
            self.wfile.write(b"x")
            time.sleep(SLOW)

    def get_drain(self):
        """Drip without a length: a shut connection must not pass for a whole page."""
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        for _ in range(DRIPS):
            self.wfile.write(b"x")
            time.sleep(SLOW)
        self.close_connection = True

    def get_drophead(self):
        for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"y" * DRIPS:
            self.wfile.write(bytes([byte]))
            time.sleep(SLOW)

    def get_hop(self):
        left = int(self.path.split("/")[2])
        self.send(b"", 302, Location=f"/hop/{left - 1}" if left else "/page")

    def get_loop(self):
        self.send(b"", 301, Location="/loop")

    def get_file(self):
        self.send(b"", 302, Location="file:///etc/hostname")

    def get_metadata(self):
        self.send(b"", 302, Location="http://169.254.169.254/latest/")

    def get_nowhere(self):
        self.send(b"", 302)

    def get_umlaut(self):
        self.send_response(302)
        self.send_header("Location", "/page/\u00fc".encode().decode("latin-1"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def get_status(self):
        _, _, status, *rest = self.path.split("/")
        if rest and self.counts[self.path] > int(rest[0]):
            return self.send()
        asked = {"Retry_After": rest[1].replace("_", " ")} if rest[1:] else {}
        return self.send(b"<p>no", int(status), **asked)

    def get_raw(self):
        """Answer with bytes of `RAW`, the last of them again and again where they have no end."""
        parts, ends = RAW[self.path.rpartition("/")[2]]
        self.close_connection = True
        self.wfile.write(parts[0])
        while not ends:
            self.wfile.write(parts[1])

    def get_pdf(self):
        self.send(b"%PDF-1.7\n", Content_Type="text/html")


@contextmanager
def serving(address="127.0.0.1", certificate=None, **rules):
    """Yield the server's address and what it has seen; `rules` say how robots.txt answers.

    What it has seen is a list of path and headers; its ``handler`` has the counts and the times.
    """
    seen = Seen()
    bound = {"seen": seen, "counts": Counter(), "times": [], "rules": rules}
    handler = seen.handler = type("Bound", (Handler,), bound)
    server = http.server.ThreadingHTTPServer((address, 0), handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        scheme = "https" if certificate else "http"
        yield f"{scheme}://{address}:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def unused_port():
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
