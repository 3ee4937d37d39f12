"""Stands where the intake should be and misbehaves, so that the post is seen to lose nothing."""
import http.server
import threading

ANSWERS = {
    # mode: status, content type, body
    "error500": (500, "application/json", b'{"error": "out of order"}'),
    "nonsense": (200, "application/octet-stream", bytes(range(256)) * 4),
    "captive_portal": (200, "text/html", "<html><body>请登录无线网络 Please log in</body></html>".encode()),
}


class HostileIntake:
    def __init__(self, port: int, mode: str):
        status, kind, body = ANSWERS[mode]
        self.requests = 0

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(handler) -> None:  # noqa: N805 (self is the server of this mode)
                self.requests += 1
                handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
                handler.send_response(status)
                handler.send_header("Content-Type", kind)
                handler.send_header("Content-Length", str(len(body)))
                handler.end_headers()
                handler.wfile.write(body)

            do_GET = do_POST = do_PUT = do_HEAD = answer

            def log_message(self, *_) -> None:
                pass

        class Server(http.server.ThreadingHTTPServer):
            allow_reuse_port = True  # as the intake, which takes the port over again
            daemon_threads = True

        self._server = Server(("127.0.0.1", port), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
