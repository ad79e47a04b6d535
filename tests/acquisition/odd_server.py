"""A small web server on the loopback, for tests of fetching: each path is one kind of answer."""

import gzip
import http.server
import socket
import threading
import time
import zlib
from contextlib import contextmanager

PAGE = b"<html><body><p>Removed 1,234 videos.</p></body></html>"
SLOW = 0.05  # seconds between two dripping bytes
DRIPS = 60


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, dict[str, str]]]

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.seen.append((self.path, dict(self.headers)))
        name = self.path.strip("/").split("/")[0].split("?")[0] or "page"
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

    def get_brotli(self):
        self.send(b"\x0b\x02\x80abc\x03", Content_Encoding="br")

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
        self.send(b"<p>no", int(self.path.split("/")[2]))

    def get_pdf(self):
        self.send(b"%PDF-1.7\n", Content_Type="text/html")


@contextmanager
def serving():
    """Yield the server's address and the list of requests that it has seen."""
    seen = []
    handler = type("Bound", (Handler,), {"seen": seen})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def unused_port():
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
