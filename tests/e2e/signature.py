"""Checks the SigV4 signature of a received request with botocore.

botocore signs; it has no verifier. Signing the received request once more, over
exactly the headers the client says it signed, and comparing the two signatures is one.
This file shares no code with the library under test.
"""

import hashlib
import hmac
import re
from datetime import datetime, timedelta, timezone

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials

SERVICE = "ivs"
ALLOWED_SKEW = timedelta(minutes=5)
AUTHORIZATION = re.compile(
    r"^AWS4-HMAC-SHA256 Credential=([^/,\s]+)/(\d{8})/([^/,\s]+)/([^/,\s]+)/aws4_request,"
    r"\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$"
)


class Refused(Exception):
    """The request is not to be served; holds the AWS error code and its text."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class _SignAgain(SigV4Auth):
    """Signs exactly the named headers instead of botocore's own choice of them."""

    def __init__(self, credentials, region, names):
        super().__init__(credentials, SERVICE, region)
        self.names = names

    def headers_to_sign(self, request):
        headers = HTTPHeaders()
        for name in self.names:
            headers[name] = request.headers.get(name, "")
        return headers


def verify(method, host, target, headers, body, account):
    """Returns the names of the signed headers, or raises Refused.

    `target` is the request target as received, undecoded; `headers` has lower-case names;
    `account` has accessKeyId, secretAccessKey and the one sessionToken that is accepted.
    """
    if "authorization" not in headers:
        raise Refused("MissingAuthenticationTokenException", "Missing Authentication Token")
    match = AUTHORIZATION.match(headers["authorization"])
    if not match:
        raise Refused("IncompleteSignatureException", "The Authorization header is not a SigV4 header.")
    key_id, day, region, service, signed, signature = match.groups()
    names = signed.split(";")

    token = headers.get("x-amz-security-token")
    if key_id != account["accessKeyId"] or token not in (None, account["sessionToken"]):
        raise Refused("UnrecognizedClientException", "The security token included in the request is invalid.")
    _check_scope(day, service, headers.get("x-amz-date", ""))
    _check_names(names, headers)
    # botocore trusts the x-amz-content-sha256 header, so it has to be compared with the body here.
    claimed = headers.get("x-amz-content-sha256")
    if claimed is not None and claimed != hashlib.sha256(body).hexdigest():
        raise Refused("InvalidSignatureException", "x-amz-content-sha256 is not the hash of the body.")

    request = AWSRequest(method=method, url=f"http://{host}{target}", headers=headers, data=body)
    request.context["timestamp"] = headers["x-amz-date"]
    request.context["payload_signing_enabled"] = True
    signer = _SignAgain(Credentials(account["accessKeyId"], account["secretAccessKey"]), region, names)
    canonical = signer.canonical_request(request)
    expected = signer.signature(signer.string_to_sign(request, canonical), request)
    if not hmac.compare_digest(expected, signature):
        raise Refused(
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided. "
            "Check your AWS Secret Access Key and signing method.",
        )
    return names


def _check_scope(day, service, stamp):
    if service != SERVICE:
        raise Refused("InvalidSignatureException", f"Credential should be scoped to correct service: '{SERVICE}'.")
    try:
        sent = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    except ValueError:
        raise Refused("IncompleteSignatureException", "x-amz-date is missing or malformed.") from None
    if day != stamp[:8]:
        raise Refused("InvalidSignatureException", "Date in Credential scope does not match x-amz-date.")
    now = datetime.now(timezone.utc)
    if abs(now - sent) > ALLOWED_SKEW:
        raise Refused(
            "InvalidSignatureException",
            f"Signature {'expired' if sent < now else 'not yet current'}: {stamp} against {now:%Y%m%dT%H%M%SZ}",
        )


def _check_names(names, headers):
    """What AWS wants signed: host and every x-amz-* header that was sent, listed in order."""
    wanted = {"host"} | {name for name in headers if name.startswith("x-amz-")}
    unsigned = sorted(wanted - set(names))
    if unsigned:
        raise Refused("InvalidSignatureException", f"not signed: {', '.join(unsigned)}")
    if names != sorted(set(names)):
        raise Refused("InvalidSignatureException", "SignedHeaders is not in order.")
    absent = sorted(name for name in names if name not in headers)
    if absent:
        raise Refused("InvalidSignatureException", f"signed but not sent: {', '.join(absent)}")
