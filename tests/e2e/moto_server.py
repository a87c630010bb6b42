"""moto's IVS behind the two things it lacks: CORS preflights and a check of the signature.

    python moto_server.py --port 0

The first line on stdout is {"port": N}; then one JSON line for each request served:
method, target, status, verdict, and the names of the headers that were signed.
A line on stdin is answered by {"mark": line}: by then the lines of all requests answered before are out.
The server ends when its stdin does, so it cannot outlive the program that started it.
"""

import argparse
import io
import json
import logging
import os
import sys
import threading

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

from signature import Refused, verify

# The credentials of AWS's own documentation: worth nothing anywhere but here.
ACCOUNT = {
    "accessKeyId": "AKIDEXAMPLE",
    "secretAccessKey": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    "sessionToken": "EXAMPLE/SESSION+TOKEN==",
}

# What the preflight of IVS allows. A browser that asks for more is refused.
ALLOWED_HEADERS = [
    "Content-Type",
    "X-Amz-Date",
    "Authorization",
    "X-Api-Key",
    "X-Amz-Security-Token",
    "X-Amz-Content-Sha256",
    "X-Amz-User-Agent",
    "amz-sdk-invocation-id",
    "amz-sdk-request",
]
ALLOWED_LOWER = {name.lower() for name in ALLOWED_HEADERS}


def headers_of(environ):
    """The request's headers with lower-case names, from the WSGI variables."""
    headers = {key[5:].replace("_", "-").lower(): value for key, value in environ.items() if key.startswith("HTTP_")}
    for key in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if environ.get(key):
            headers[key.replace("_", "-").lower()] = environ[key]
    return headers


class Gate:
    """WSGI: preflights are answered here, requests with a good signature go on to moto."""

    def __init__(self, inner, report):
        self.inner = inner
        self.report = report

    def __call__(self, environ, start_response):
        line = {"method": environ["REQUEST_METHOD"], "target": environ["RAW_URI"], "status": 0, "verdict": "preflight"}
        headers = headers_of(environ)

        def start(status, response_headers, exc_info=None):
            line["status"] = int(status.split()[0])
            return start_response(status, response_headers, exc_info)

        def start_with_origin(status, response_headers, exc_info=None):
            # moto's own CORS headers are dropped: one rule for every answer, and nothing exposed.
            kept = [(name, value) for name, value in response_headers if not name.lower().startswith("access-control-")]
            return start(status, [*kept, ("Access-Control-Allow-Origin", "*")], exc_info)

        try:
            if environ["REQUEST_METHOD"] == "OPTIONS":
                return preflight(headers, start)
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = io.BytesIO(body)
            try:
                names = verify(environ["REQUEST_METHOD"], headers["host"], environ["RAW_URI"], headers, body, ACCOUNT)
            except Refused as refusal:
                line.update(verdict=refusal.code)
                return refuse(refusal, start_with_origin)
            line.update(verdict="signed", signedHeaders=names)
            return list(self.inner(environ, start_with_origin))
        finally:
            self.report(line)


def preflight(headers, start):
    """204 with the allow-list, or 403 when the browser wants to send anything else."""
    wanted = [name.strip().lower() for name in headers.get("access-control-request-headers", "").split(",")]
    if any(name and name not in ALLOWED_LOWER for name in wanted):
        start("403 Forbidden", [("Content-Length", "0")])
        return [b""]
    allowed = [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Methods", "GET, POST, DELETE"),
        ("Access-Control-Allow-Headers", ",".join(ALLOWED_HEADERS)),
    ]
    start("204 No Content", allowed)
    return [b""]


def refuse(refusal, start):
    """403 in the form AWS gives it: the code in a header, the text in the body."""
    body = json.dumps({"message": str(refusal)}).encode()
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("x-amzn-ErrorType", refusal.code),
    ]
    start("403 Forbidden", headers)
    return [body]


class Quiet(WSGIRequestHandler):
    """No access log on stderr: the JSON lines are the log."""

    def log_request(self, code="-", size="-"):
        pass


def follow_stdin(report):
    for line in sys.stdin:
        report({"mark": line.strip()})
    os._exit(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    port = parser.parse_args().port
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    lock = threading.Lock()

    def report(line):
        with lock:
            print(json.dumps(line), flush=True)

    gate = Gate(DomainDispatcherApplication(create_backend_app), report)
    server = make_server("127.0.0.1", port, gate, threaded=True, request_handler=Quiet)
    threading.Thread(target=follow_stdin, args=(report,), daemon=True).start()
    report({"port": server.port})
    server.serve_forever()


if __name__ == "__main__":
    main()
