#!/usr/bin/env python3
"""Makes the WARC fixtures beside this file with wget, from pages of our own served on loopback.

usage: python3 make.py    (needs wget)

Served are: a page in chunks and compressed, its second version, the first version again (for a revisit), a page in
windows-1256, a page that is gone, a redirection, an image.
"""
import gzip, http.server, os, pathlib, subprocess, threading

HERE = pathlib.Path(__file__).parent
STORY = """<html lang="en"><head><title>Ferry runs aground</title></head><body><nav><a href="/">Home</a></nav><article>
<h1>Ferry runs aground</h1>
<p>The minister, Anna Berg, said that %s passengers were hurt when the ferry ran aground on Monday morning.</p>
<p>The harbour master, Paul Lund, said that the ferry was an hour late and that the fog had been thick since dawn.</p>
<p>The union said that the crew was tired after three double shifts, and that it had warned the company in writing.</p>
</article></body></html>"""
ARABIC = """<html lang="ar"><head><meta charset="windows-1256"><title>إغلاق الجسر</title></head><body><article>
<h1>إغلاق الجسر</h1>
<p>قال وزير النقل سامر حداد إن الجسر سيغلق أمام الشاحنات حتى نهاية الشهر المقبل بسبب أعمال الصيانة.</p>
<p>وأضاف الوزير أن الأعمال ستكلف نحو أربعة ملايين، وأن الطريق البديل سيبقى مفتوحا طوال الوقت أمام السكان.</p>
</article></body></html>"""


class Pages(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path == "/ferry":
            body = gzip.compress((STORY % (52 if query == "v=2" else 40)).encode(), mtime=0)
            self.send(200, "text/html; charset=utf-8", body, [("Content-Encoding", "gzip")], chunked=True)
        elif path == "/bridge":
            self.send(200, "text/html", ARABIC.encode("windows-1256"), [])
        elif path == "/moved":
            self.send(301, "text/html", b"moved", [("Location", "/ferry")])
        elif path == "/picture.png":
            self.send(200, "image/png", b"\x89PNG\r\n\x1a\n", [])
        else:
            self.send(410, "text/html", b"<p>This page is gone.</p>", [])

    def send(self, status, kind, body, headers, chunked=False):
        self.send_response(status)
        for name, value in [("Content-Type", kind), *headers]:
            self.send_header(name, value)
        self.send_header(*(("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(len(body)))))
        self.end_headers()
        if not chunked:
            self.wfile.write(body)
            return
        for start in range(0, len(body), 100):
            part = body[start:start + 100]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")


def wget(base, out, paths, *options):
    urls = [f"{base}{path}" for path in paths]
    command = ["wget", "-q", "--no-config", "-O", os.devnull, f"--warc-file={out}", *options, *urls]
    subprocess.run(command, cwd=HERE, check=False)  # 410 is an error for wget


server = http.server.ThreadingHTTPServer(("127.0.0.1", 18080), Pages)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = "http://127.0.0.1:18080"
for old in [*HERE.glob("*.warc*"), *HERE.glob("*.cdx")]:
    old.unlink()
wget(base, "site", ["/ferry", "/moved", "/picture.png", "/bridge", "/gone"], "--warc-cdx")
wget(base, "plain", ["/ferry", "/bridge"], "--no-warc-compression")
wget(base, "again", ["/ferry", "/bridge"], "--warc-dedup=site.cdx")
server.shutdown()
