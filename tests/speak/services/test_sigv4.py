"""Signatures: AWS's published examples, and botocore's for whatever is sent."""

from datetime import UTC, datetime

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as TheirCredentials
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.speak.services.sigv4 import Credentials, signed

WHO = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
AT = datetime(2015, 8, 30, 12, 36, tzinfo=UTC).timestamp()
FORM = {"content-type": "application/x-www-form-urlencoded"}

# Of AWS's "Signature Version 4 test suite": name, method, headers, body, signed headers, signature.
PUBLISHED = [
    ("get-vanilla", "GET", {}, b"", "host;x-amz-date",
     "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    ("post-vanilla", "POST", {}, b"", "host;x-amz-date",
     "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
    ("post-x-www-form-urlencoded", "POST", FORM, b"Param1=value1", "content-type;host;x-amz-date",
     "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"),
    ("post-header-key-case", "POST", {"My-Header1": "value1"}, b"", "host;my-header1;x-amz-date",
     "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"),
    ("get-header-value-trim", "GET", {"My-Header1": " value1", "My-Header2": ' "a   b   c"'}, b"",
     "host;my-header1;my-header2;x-amz-date", "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "method", "headers", "body", "names", "signature"), PUBLISHED)
def test_published_examples(name, method, headers, body, names, signature):
    url = "https://example.amazonaws.com/"
    sent = signed(method, url, body, headers=headers, who=WHO, region="us-east-1", service="service", at=AT)
    assert sent["authorization"] == (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        f"SignedHeaders={names}, Signature={signature}"
    ), name


@given(
    body=st.binary(max_size=200),
    token=st.sampled_from(["", "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22w="]),
    at=st.integers(0, 4_000_000_000),
    path=st.sampled_from(["/v1/speech", "/", "", "/a/b-c_d.e~f"]),
    value=st.text("abc  XYZ-,;=/", max_size=20),
)
def test_as_botocore_signs(body, token, at, path, value):
    who = Credentials("AKIDEXAMPLE", "secret/+key", token)
    url = f"https://polly.eu-central-1.amazonaws.com:8443{path}"
    sent = signed(
        "POST", url, body, headers={"content-type": value}, who=who, region="eu-central-1", service="polly", at=at
    )
    theirs = AWSRequest("POST", url, data=body)
    for name in set(sent) - {"authorization"}:
        theirs.headers[name] = sent[name]
    theirs.context["timestamp"] = sent["x-amz-date"]
    signer = SigV4Auth(TheirCredentials("AKIDEXAMPLE", "secret/+key", token or None), "polly", "eu-central-1")
    told = signer.string_to_sign(theirs, signer.canonical_request(theirs))
    assert sent["authorization"].endswith(f"Signature={signer.signature(told, theirs)}")


def test_keys_do_not_show():
    assert "wJalr" not in repr(WHO)
    assert "token" not in repr(Credentials("a", "b", "token"))
